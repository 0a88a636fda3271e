import ContractModel

/// What functions and aggregations make of their operands.
extension QueryAnalysis {
    /// Functions that one value tells something: whether there is one.
    private static let existence: Set<String> = [
        "absent_over_time", "count_over_time", "last_over_time", "present_over_time",
    ]
    private static let rates: Set<String> = ["rate", "irate", "increase", "resets"]
    private static let deltas: Set<String> = ["delta", "idelta", "deriv", "predict_linear", "holt_winters"]
    /// Functions that leave a total a total.
    private static let keepingRole: Set<String> = [
        "abs", "avg_over_time", "ceil", "clamp", "clamp_max", "clamp_min", "floor", "last_over_time", "max_over_time",
        "min_over_time", "round", "sort", "sort_desc",
    ]

    mutating func shape(of call: Query.Call, at range: Range<Int>) -> Shape {
        let name = call.function.name
        let shapes = call.arguments.map { shape(of: $0) }
        let index = call.function.parameters.firstIndex { $0 == .vector || $0 == .matrix }
        if name == "histogram_quantile" || name == "quantile_over_time", let first = call.arguments.first {
            checkQuantile(first)
        }
        guard let index, index < shapes.count, call.function.result == .vector else { return Shape() }
        let operand = call.arguments[index]
        var result = shapes[index]
        let role = result.role
        if operand.type == .matrix { checkWindow(of: operand, function: name) }
        switch role {
        case .gauge where Self.rates.contains(name):
            let subject = result.metric.map { "'\($0)' is a gauge" } ?? "this is a gauge"
            report(
                .rateOfGauge, call.name.range, "'\(name)' is taken of counters, \(subject)",
                hint: "for the change of a gauge there are delta and deriv")
        case .counter where Self.deltas.contains(name), .buckets where Self.deltas.contains(name):
            let subject = result.metric.map { "'\($0)' is a counter" } ?? "this is a counter"
            report(
                .deltaOfCounter, call.name.range, "'\(name)' is taken of gauges, \(subject)",
                hint: "for the growth of a counter there are rate and increase")
        case .counter, .gauge, .buckets, .bucketRates, .mixedBuckets, .other, .unknown: break
        }
        if !Self.keepingRole.contains(name), role != .unknown, role != .mixedBuckets {
            result.role = role == .buckets && Self.rates.contains(name) && name != "resets" ? .bucketRates : .other
        }
        switch name {
        case "absent", "absent_over_time": result.labels = Self.labelsOfAbsent(operand)
        case "histogram_quantile":
            checkBuckets(shapes[index], call, operand)
            result.role = .other
            result.labels.remove("le")
        case "label_replace", "label_join": relabel(&result, by: call)
        default: break
        }
        return result
    }

    // MARK: Ranges

    /// Two scrapes lie in a range for sure when it is longer than two intervals.
    private mutating func checkWindow(of operand: Query, function: String) {
        let window: Int64
        let interval: Int64
        switch operand.unparenthesized.node {
        case .selector(let selector):
            guard let range = selector.window else { return }
            (window, interval) = (range, catalog.scrapeInterval)
        case .subquery(let subquery):
            guard let step = subquery.step else { return }
            (window, interval) = (subquery.window, step)
        case .number, .string, .parenthesized, .unary, .binary, .aggregation, .call: return
        }
        let needed = Self.existence.contains(function) ? 1 : 2
        guard window / Int64(needed) < interval else { return }
        let text = QueryLiteral.text(ofMilliseconds:)
        let scrapes = needed == 2 ? "two values" : "one value"
        report(
            .rangeTooShort, operand.range,
            "a range of \(text(window)) may hold fewer than the \(scrapes) that '\(function)' needs: there is one every \(text(interval))",
            hint: "four times the interval leaves room for a scrape that fails: [\(text(min(interval, .max / 4) * 4))]")
    }

    // MARK: Buckets

    private mutating func checkBuckets(_ shape: Shape, _ call: Query.Call, _ operand: Query) {
        switch shape.role {
        case .buckets, .bucketRates, .mixedBuckets, .unknown: return
        case .counter, .gauge, .other: break
        }
        if shape.role == .other, shape.labels.mayHave("le"), shape.labels.labels["le"]?.values?.count != 1 { return }
        let subject = shape.metric.map { "what stems from '\($0)'" } ?? "this"
        let family = catalog.histograms.keys.first {
            [$0 + "_sum", $0 + "_count", $0 + "_bucket"].contains(shape.metric)
        }
        report(
            .missingBucketBound, operand.range,
            "'histogram_quantile' is taken of buckets with their label le, \(subject) is none",
            hint: family.map { "take it of all buckets: rate(\($0)_bucket[5m])" })
    }

    // MARK: Labels

    /// The labels that a selector's matchers fix: all that is known of series that are not there.
    private static func labelsOfAbsent(_ operand: Query) -> LabelSet {
        guard case .selector(let selector) = operand.unparenthesized.node else { return LabelSet() }
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

    private mutating func relabel(_ shape: inout Shape, by call: Query.Call) {
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
    }

    // MARK: Aggregations

    mutating func shape(of aggregation: Query.Aggregation, at range: Range<Int>) -> Shape {
        let operation = aggregation.operation
        var result = shape(of: aggregation.operand)
        if let parameter = aggregation.parameter {
            _ = shape(of: parameter)
            if operation == .quantile { checkQuantile(parameter) }
        }
        let grouping = aggregation.grouping
        checkLabels(
            grouping?.labels ?? [], in: [("its operand does not have", result.labels)],
            of: grouping?.kind.rawValue ?? "")
        // These pick series, and leave them as they are.
        if operation == .topk || operation == .bottomk { return result }
        let labels = result.labels
        let names = grouping?.labels.map(\.text) ?? []
        result.labels = grouping?.kind == .without ? labels.removing(names) : labels.keeping(names)
        switch operation {
        case .count, .group, .countValues: result.role = result.role == .unknown ? .unknown : .other
        case .avg, .max, .min, .quantile, .stddev, .stdvar, .sum, .topk, .bottomk:
            let isOfBuckets = result.role == .buckets || result.role == .bucketRates
            if isOfBuckets, labels.mayHave("le"), !result.labels.mayHave("le") {
                reportMissingLe(aggregation, at: range)
                result.role = .mixedBuckets
            }
        }
        if operation == .countValues, case .string(let label)? = aggregation.parameter?.node {
            result.labels.set(label, .init(isCertain: true))
        }
        return result
    }

    private mutating func reportMissingLe(_ aggregation: Query.Aggregation, at range: Range<Int>) {
        let name = aggregation.operation.rawValue
        var hint =
            "write \(name) by (\((["le"] + (aggregation.grouping?.labels.map(\.text) ?? [])).joined(separator: ", ")))"
        if aggregation.grouping?.kind == .without { hint = "leave le out of without (…)" }
        report(
            .missingBucketBound, range.lowerBound..<range.lowerBound + name.utf8.count,
            "'\(name)' drops the label le, and so mixes a histogram's buckets, each of which counts those below it again",
            hint: hint)
    }

    /// Reports names that none of the operands' series carry.
    @discardableResult
    mutating func checkLabels(
        _ names: [Query.Name], in operands: [(name: String, labels: LabelSet)], of clause: String
    ) -> Bool {
        var areKnown = true
        for name in names {
            let lacking = operands.filter { !$0.labels.mayHave(name.text) }
            guard let first = lacking.first else { continue }
            areKnown = false
            let isLackedByBoth = lacking.count > 1
            let known = Set(isLackedByBoth ? lacking.flatMap(\.labels.names) : first.labels.names)
            report(
                .unknownGrouping, name.range,
                "'\(clause)' names the label '\(name.text)', which \(isLackedByBoth ? "neither side has" : first.name)",
                hint: known.isEmpty ? "there are no labels" : Suggestion.hint(for: name.text, among: known))
        }
        return areKnown
    }
}
