import ContractModel

/// An evaluator of PromQL over series in memory, which agrees with Prometheus.
///
/// It evaluates expressions of alerts over the samples of a test. An expression with a part that it does not evaluate
/// exactly as Prometheus results in ``EvaluationError/unsupported(_:)``, never in a guess.
package struct Evaluator {
    /// A sample of an instant vector.
    package struct Sample: Sendable {
        /// The labels, with the name of the metric under `__name__`.
        package var labels: [String: String]
        package var value: Double
    }

    package enum Value: Sendable {
        case scalar(Double)
        case vector([Sample])

        /// The samples; of a scalar, one without labels.
        package var samples: [Sample] {
            switch self {
            case .scalar(let value): [Sample(labels: [:], value: value)]
            case .vector(let samples): samples
            }
        }
    }

    /// The versions of Prometheus, which differ in whether a range includes its start.
    package enum Edition: CaseIterable, Sendable {
        /// `x[5m]` includes a sample that is five minutes old.
        case prometheus2
        /// It excludes that sample.
        case prometheus3
    }

    /// The deepest expression that is evaluated: the evaluation recurses.
    private static let maximumDepth = 64
    /// The maximum number of samples that all evaluations read.
    private static let maximumWork = 1_000_000
    /// The time after which a sample is stale.
    private static let lookback = Int(Duration.seconds(300).milliseconds)

    let series: [SampledSeries]
    let edition: Edition
    /// The step of a subquery without one: the interval at which rules are evaluated, in milliseconds.
    let defaultStep: Int
    /// The time of `@ start()` and `@ end()`, in milliseconds.
    private var queryTime = 0
    private var depth = 0
    private var work = 0

    package init(_ series: [SampledSeries], evaluationInterval: Duration, edition: Edition = .prometheus2) {
        self.series = series
        self.edition = edition
        defaultStep = Int(evaluationInterval.milliseconds)
    }

    /// Evaluates an expression at a time since the start of the series.
    package mutating func value(of expression: Expression, at time: Duration) throws(EvaluationError) -> Value {
        queryTime = Int(time.milliseconds)
        depth = 0
        return try value(of: expression, queryTime)
    }

    // MARK: Expressions

    /// - Parameter time: In milliseconds, as all times below.
    mutating func value(of expression: Expression, _ time: Int) throws(EvaluationError) -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw .unsupported("a deeply nested expression") }
        switch expression.node {
        case .number(let number): return .scalar(number.value)
        case .string, .matrixSelector, .subquery: throw .unsupported("\(expression.type.described) as a result")
        case .vectorSelector(let selector):
            return .vector(try instant(selector, time).map { Sample(labels: $0.labels, value: $0.point.value) })
        case .parenthesized(let inner), .unary(.plus, let inner): return try value(of: inner, time)
        case .unary(.minus, let inner): return try negated(try value(of: inner, time))
        case .binary(let binary): return try value(of: binary, time)
        case .aggregation(let aggregation): return .vector(try vector(of: aggregation, time))
        case .call(let call): return try value(of: call, time)
        }
    }

    mutating func vector(of expression: Expression, _ time: Int) throws(EvaluationError) -> [Sample] {
        try value(of: expression, time).samples
    }

    mutating func scalar(of expression: Expression, _ time: Int) throws(EvaluationError) -> Double {
        guard case .scalar(let value) = try value(of: expression, time) else { throw .unsupported("a vector here") }
        return value
    }

    private func negated(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .scalar(let number): return .scalar(-number)
        case .vector(let samples):
            return .vector(try unique(samples.map { Sample(labels: $0.labels.withoutName, value: -$0.value) }))
        }
    }

    /// Checks that no two samples have equal labels, which Prometheus refuses.
    func unique(_ samples: [Sample]) throws(EvaluationError) -> [Sample] {
        var seen: Set<[String: String]> = []
        for sample in samples where !seen.insert(sample.labels).inserted {
            throw .failed("vector cannot contain metrics with the same labelset")
        }
        return samples
    }

    // MARK: Selectors

    /// Returns the latest point of each selected series that is not stale.
    mutating func instant(
        _ selector: Expression.VectorSelector, _ time: Int
    ) throws(EvaluationError) -> [(labels: [String: String], point: SampledSeries.Point)] {
        let reference = try shifted(time, by: selector.time)
        var selected: [(labels: [String: String], point: SampledSeries.Point)] = []
        for one in series where try matches(selector, one.labels) {
            try spend(1)
            let index = one.index(after: reference)
            guard index > 0, !one.points[index - 1].isStale else { continue }
            let point = one.points[index - 1]
            if isRecent(point.time, reference, length: Self.lookback) { selected.append((one.labels, point)) }
        }
        return selected
    }

    /// Returns whether a time is in a range that ends at a reference.
    func isRecent(_ time: Int, _ reference: Int, length: Int) -> Bool {
        switch edition {
        case .prometheus2: time >= reference - length
        case .prometheus3: time > reference - length
        }
    }

    /// Applies `@` and `offset`.
    func shifted(_ time: Int, by modifiers: Expression.TimeModifiers) throws(EvaluationError) -> Int {
        var base = time
        switch modifiers.at {
        case .timestamp(let instant): base = Int(instant.milliseconds)
        case .start, .end: base = queryTime
        case nil: break
        }
        let shifted = base - Int((modifiers.offset ?? .zero).milliseconds)
        // It depends on the program whether it has the samples of the future of a test.
        guard shifted <= queryTime else { throw .unsupported("a time in the future") }
        return shifted
    }

    func matches(
        _ selector: Expression.VectorSelector, _ labels: [String: String]
    ) throws(EvaluationError) -> Bool {
        if let name = selector.name, labels[LabelSet.metricName] != name.text { return false }
        for matcher in selector.matchers {
            guard let isMatch = matcher.matches(labels[matcher.label.text] ?? "") else {
                throw .unsupported("a class of characters in a pattern")
            }
            if !isMatch { return false }
        }
        return true
    }

    /// Counts samples that were read.
    mutating func spend(_ count: Int) throws(EvaluationError) {
        work += count
        guard work <= Self.maximumWork else { throw .unsupported("a range of so many samples") }
    }
}

/// The reason for which an expression has no value.
package enum EvaluationError: Error, Hashable, Sendable {
    /// This evaluator does not evaluate a part of the expression.
    case unsupported(String)
    /// Prometheus fails, too, with a message like this.
    case failed(String)
}
