import ContractModel

/// Range vectors: the samples of selectors and subqueries.
extension Evaluator {
    /// The samples of a series in a range.
    struct Range {
        var labels: [String: String]
        var points: [SampledSeries.Point]
        /// The bounds of the range.
        var start: Int
        var end: Int
    }

    /// Returns the ranges that have at least one sample.
    mutating func ranges(of expression: Expression, _ time: Int) throws(EvaluationError) -> [Range] {
        switch expression.unparenthesized.node {
        case .matrixSelector(let matrix):
            let selector = matrix.vectorSelector
            var selected: [SampledSeries] = []
            for one in series where try matches(selector, one.labels) { selected.append(one) }
            let end = try shifted(time, by: selector.time)
            return try ranges(of: selected, endingAt: end, length: Int(matrix.range.milliseconds))
        case .subquery(let subquery):
            let end = try shifted(time, by: subquery.time)
            let length = Int(subquery.range.milliseconds)
            return try ranges(
                of: try series(of: subquery, endingAt: end, length: length), endingAt: end, length: length)
        case .number, .string, .vectorSelector, .parenthesized, .unary, .binary, .aggregation, .call:
            throw .unsupported("\(expression.type.described) here")
        }
    }

    private mutating func ranges(
        of series: [SampledSeries], endingAt end: Int, length: Int
    ) throws(EvaluationError) -> [Range] {
        var ranges: [Range] = []
        for one in series {
            let last = one.index(after: end)
            let first = edition == .prometheus2 ? one.index(after: end - length - 1) : one.index(after: end - length)
            guard first < last else { continue }
            try spend(last - first)
            let points = one.points[first..<last].filter { !$0.isStale }
            if !points.isEmpty {
                ranges.append(Range(labels: one.labels, points: points, start: end - length, end: end))
            }
        }
        return ranges
    }

    /// Evaluates the expression of a subquery at each multiple of its step.
    private mutating func series(
        of subquery: Expression.Subquery, endingAt end: Int, length: Int
    ) throws(EvaluationError) -> [SampledSeries] {
        let step = subquery.step.map { Int($0.milliseconds) } ?? defaultStep
        guard step > 0 else { throw .unsupported("a subquery without a step") }
        let earliest = end - length
        var time = earliest / step * step
        if time < earliest { time += step }
        var found: [[String: String]: [SampledSeries.Point]] = [:]
        var order: [[String: String]] = []
        while time <= end {
            // An evaluation costs about as much as to read ten samples.
            try spend(10)
            for sample in try vector(of: subquery.expression, time) {
                if found[sample.labels] == nil { order.append(sample.labels) }
                found[sample.labels, default: []].append(.init(time: time, value: sample.value))
            }
            time += step
        }
        return order.map { SampledSeries(labels: $0, points: found[$0] ?? []) }
    }
}
