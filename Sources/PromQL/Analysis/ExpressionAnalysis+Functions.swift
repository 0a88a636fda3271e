import ContractModel

/// The results of functions.
extension ExpressionAnalysis {
    private static let rates: Set<String> = ["rate", "irate", "increase", "resets"]
    private static let deltas: Set<String> = ["delta", "idelta", "deriv", "predict_linear", "holt_winters"]
    /// Functions that need at least two values.
    private static let ofSeveral = rates.union(deltas).union(["changes", "stddev_over_time", "stdvar_over_time"])
    /// Functions whose result has the role of their operand.
    private static let keepingRole: Set<String> = [
        "abs", "avg_over_time", "ceil", "clamp", "clamp_max", "clamp_min", "exp", "floor", "label_join",
        "label_replace", "last_over_time", "ln", "log10", "log2", "max_over_time", "min_over_time",
        "quantile_over_time", "round", "scalar", "sort", "sort_desc", "sqrt", "sum_over_time", "vector",
    ]
    private static let keepingName: Set<String> = [
        "label_join", "label_replace", "last_over_time", "sort", "sort_desc",
    ]
    /// Functions of native histograms, which no family exports.
    private static let ofNativeHistograms: Set<String> = ["histogram_count", "histogram_fraction", "histogram_sum"]

    mutating func shape(of call: Expression.Call, _ shapes: [Shape]) -> Shape {
        let name = call.function.name
        if name == "histogram_quantile" || name == "quantile_over_time", let first = call.arguments.first {
            checkQuantile(first, shapes.first ?? Shape())
        }
        // The argument with series, if there is one.
        let index = call.function.parameters.firstIndex { $0 == .vector || $0 == .matrix } ?? 0
        guard index < shapes.count else { return Shape(role: name == "time" ? .gauge : .other) }
        let operand = call.arguments[index]
        var result = shapes[index]
        if result.type == .matrix { checkRange(of: operand, function: name) }
        checkRole(result, of: call)
        result.role = role(of: call, result)
        if result.role == .gauge, shapes[index].role != .gauge { result.metric = nil }
        if !Self.keepingName.contains(name) { result.labels.remove(LabelSet.metricName) }
        if call.function.result == .scalar { result.labels = LabelSet() }
        switch name {
        case "absent", "absent_over_time": result = Shape(labels: Self.labelsOfAbsent(operand))
        case "histogram_quantile":
            checkBuckets(shapes[index], operand)
            result.labels.remove("le")
        case "label_replace", "label_join": relabel(&result, by: call)
        default: break
        }
        return result
    }

    // MARK: Roles

    private mutating func checkRole(_ shape: Shape, of call: Expression.Call) {
        let name = call.function.name
        if shape.role.goesUpAndDown, Self.rates.contains(name) {
            var subject = shape.metric.map { "'\($0)' is a gauge" } ?? "this is a gauge"
            if shape.role == .rate { subject = "this is already a rate" }
            if shape.role == .ratioOfTotals { subject = "this is a ratio" }
            report(
                .rateOfGauge, call.name.range, "'\(name)' needs a counter, but \(subject)",
                hint: "use delta or deriv for the change of a gauge")
        } else if shape.mixesProcesses, shape.role == .counter || shape.role == .buckets, Self.rates.contains(name) {
            report(
                .rateOfGauge, call.name.range,
                "'\(name)' needs the counter of one process, but this aggregates several: it falls when one of them restarts",
                hint: "use \(name) inside the aggregation, such as sum(\(name)(…))")
        } else if shape.role == .counter || shape.role == .buckets, Self.deltas.contains(name) {
            let subject = shape.metric.map { "'\($0)' is a counter" } ?? "this is a counter"
            report(
                .deltaOfCounter, call.name.range, "'\(name)' needs a gauge, but \(subject)",
                hint: "use rate or increase for the growth of a counter")
        } else if shape.metric != nil, Self.ofNativeHistograms.contains(name) {
            report(
                .neverMatches, call.name.range,
                "'\(name)' never has a result: it needs a native histogram, and no family is exported as one",
                hint: "use the _bucket series with le, _sum and _count")
        }
    }

    private func role(of call: Expression.Call, _ operand: Shape) -> Shape.Role {
        let name = call.function.name
        switch operand.role {
        case .unknown, .mixedBuckets: return operand.role
        case .constant, .counter, .gauge, .rate, .ratioOfTotals, .buckets, .bucketRates, .other: break
        }
        if Self.keepingRole.contains(name) { return operand.role }
        switch name {
        case "rate", "irate", "increase":
            if operand.role == .counter { return .rate }
            return operand.role == .buckets ? .bucketRates : .other
        case "histogram_quantile": return .gauge
        case _ where Self.deltas.contains(name): return operand.role.goesUpAndDown ? .gauge : .other
        default: return .other
        }
    }

    // MARK: Ranges

    /// Reports a range that may contain too few scrapes. A range of two intervals always contains two scrapes.
    private mutating func checkRange(of operand: Expression, function: String) {
        let isOfSeveral = Self.ofSeveral.contains(function)
        let range: Duration
        let interval: Duration
        switch operand.unparenthesized.node {
        case .matrixSelector(let matrix): (range, interval) = (matrix.range, catalog.scrapeInterval)
        case .subquery(let subquery):
            // A step smaller than the scrape interval does not add values.
            let step = subquery.step ?? catalog.scrapeInterval
            (range, interval) = (subquery.range, isOfSeveral ? max(step, catalog.scrapeInterval) : step)
        case .number, .string, .vectorSelector, .parenthesized, .unary, .binary, .aggregation, .call: return
        }
        let needed = isOfSeveral ? 2 : 1
        guard range < interval * needed else {
            if isOfSeveral, range < interval * 4 { reportShort(range, interval, at: operand.range, function) }
            return
        }
        let text = PrometheusDuration.text(of:)
        let scrapes = isOfSeveral ? "two values" : "one value"
        report(
            .rangeTooShort, operand.range,
            "a range of \(text(range)) may contain fewer than the \(scrapes) that '\(function)' needs: there is one every \(text(interval))",
            hint: "use four times the interval, so that a scrape may fail: [\(text(interval * 4))]")
    }

    /// Reports a range in which a failed scrape leaves too few values.
    private mutating func reportShort(
        _ range: Duration, _ interval: Duration, at place: Range<Int>, _ function: String
    ) {
        let text = PrometheusDuration.text(of:)
        report(
            .shortRange, place,
            "a range of \(text(range)) contains few values, one every \(text(interval)): after a failed scrape, "
                + "'\(function)' may have no result",
            hint: "use four times the interval: [\(text(interval * 4))]")
    }

    // MARK: Buckets

    private mutating func checkBuckets(_ shape: Shape, _ operand: Expression) {
        switch shape.role {
        case .buckets, .bucketRates, .mixedBuckets, .unknown: return
        case .constant, .counter, .gauge, .rate, .ratioOfTotals, .other: break
        }
        if shape.role == .other, shape.labels.mayHave("le"), shape.labels.labels["le"]?.values?.count != 1 { return }
        let subject = shape.metric.map { "a result of '\($0)'" } ?? "this"
        let family = catalog.histograms.keys.first {
            [$0 + "_sum", $0 + "_count", $0 + "_bucket"].contains(shape.metric)
        }
        report(
            .missingBucketBound, operand.range,
            "'histogram_quantile' needs buckets with their label le, but \(subject) has none",
            hint: family.map {
                "use all buckets: rate(\($0)_bucket[\(PrometheusDuration.text(of: suggestedRange))])"
            })
    }

    // MARK: Labels

    /// Returns the labels that the matchers of a selector set: those of the result of `absent`.
    static func labelsOfAbsent(_ operand: Expression) -> LabelSet {
        let selector: Expression.VectorSelector
        switch operand.unparenthesized.node {
        case .vectorSelector(let vector): selector = vector
        case .matrixSelector(let matrix): selector = matrix.vectorSelector
        case .number, .string, .subquery, .parenthesized, .unary, .binary, .aggregation, .call: return LabelSet()
        }
        var labels = LabelSet()
        var seen: Set<String> = []
        for matcher in selector.matchers where matcher.label.text != "__name__" {
            let label = matcher.label.text
            if seen.insert(label).inserted, matcher.operation == .equal, !matcher.value.text.isEmpty {
                labels.set(label, .init(isCertain: true, values: [matcher.value.text]))
            } else {
                labels.remove(label)
            }
        }
        return labels
    }

    private mutating func relabel(_ shape: inout Shape, by call: Expression.Call) {
        func string(_ index: Int) -> String? {
            guard index < call.arguments.count, case .string(let string) = call.arguments[index].node else {
                return nil
            }
            return string
        }
        guard let target = string(1) else { return }
        let sources = call.function.name == "label_join" ? Array(call.arguments.indices.dropFirst(3)) : [3]
        var isCertain = false
        for index in sources {
            guard let source = string(index), !source.isEmpty else { continue }
            if shape.labels.certainlyHas(source) { isCertain = call.function.name == "label_join" }
            guard !shape.labels.mayHave(source) else { continue }
            report(
                .unknownGrouping, call.arguments[index].range, "the operand has no label '\(source)'",
                hint: Suggestion.hint(for: source, among: shape.labels.names))
        }
        shape.labels.set(target, .init(isCertain: isCertain))
        shape.isComplete = false
    }
}
