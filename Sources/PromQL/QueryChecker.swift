import ContractModel

/// Holds an expression against what can be queried, and finds out which labels its result has.
package struct QueryChecker {
    private let catalog: MetricCatalog
    private let text: String
    private var findings: [QueryFinding] = []

    /// Labels of a result; `nil` where they can't be told.
    typealias Labels = Set<String>?

    /// - Returns: What was found, by place, and the labels of the result; `nil` where they can't be told.
    package static func check(
        _ expression: Expression, of text: String, against catalog: MetricCatalog
    ) -> (findings: [QueryFinding], labels: Set<String>?) {
        var checker = QueryChecker(catalog: catalog, text: text)
        let labels = checker.labels(of: expression)
        return (checker.findings.sorted { $0.range.lowerBound < $1.range.lowerBound }, labels)
    }

    private init(catalog: MetricCatalog, text: String) {
        self.catalog = catalog
        self.text = text
    }

    private func text(of range: Range<Int>) -> String {
        String(decoding: Array(text.utf8)[range], as: UTF8.self)
    }

    private mutating func find(_ rule: Rule, _ message: String, hint: String? = nil, at range: Range<Int>) {
        findings.append(QueryFinding(rule: rule, message: message, hint: hint, range: range))
    }

    // MARK: Expressions

    private mutating func labels(of expression: Expression) -> Labels {
        switch expression.kind {
        case .number, .string: return []
        case .selector(let selector): return labels(of: selector, at: expression.range)
        case .parentheses(let inner), .signed(let inner), .shifted(let inner, offset: _, at: _):
            return labels(of: inner)
        case .range(let inner, let length):
            checkRange(length, at: expression.range)
            return labels(of: inner)
        case .subquery(let inner, length: _, step: _): return labels(of: inner)
        case .call(let name, let arguments): return call(name, arguments, at: expression.range)
        case .aggregation(let aggregation): return self.aggregation(aggregation)
        case .binary(let binary): return self.binary(binary, at: expression.range)
        }
    }

    private mutating func checkRange(_ length: Int, at range: Range<Int>) {
        guard length < 2 * catalog.scrapeInterval else { return }
        find(
            .rangeTooShort, "the range is shorter than two scrapes, which are \(catalog.scrapeInterval / 1000) s apart",
            hint: "expected at least [\(2 * catalog.scrapeInterval / 1000)s]", at: range)
    }

    // MARK: Selectors

    private mutating func labels(of selector: VectorSelector, at range: Range<Int>) -> Labels {
        guard let name = selector.metric else { return nil }
        guard let series = catalog.series(name) else {
            if MetricCatalog.isOwn(name) { return nil }
            findUnknown(name, selector, at: selector.nameRange)
            return nil
        }
        for matcher in selector.matchers where matcher.label != "__name__" {
            guard let label = series.labels.first(where: { $0.name == matcher.label }) else {
                find(
                    .unknownMetricLabel, "\(name) has no label '\(matcher.label)'",
                    hint: Suggestion.hint(for: matcher.label, among: series.labels.map(\.name)), at: matcher.labelRange)
                continue
            }
            check(matcher, label, of: name)
        }
        return Set(series.labels.map(\.name))
    }

    private mutating func check(_ matcher: VectorSelector.Matcher, _ label: MetricCatalog.Label, of name: String) {
        guard let values = label.values else { return }
        let isPossible: Bool
        switch matcher.comparison {
        case .equal: isPossible = values.contains(matcher.value) || matcher.value.isEmpty
        case .notEqual: isPossible = values.contains { $0 != matcher.value }
        case .matches: isPossible = values.contains { Pattern.matches($0, matcher.value) ?? true }
        case .doesNotMatch: isPossible = values.contains { !(Pattern.matches($0, matcher.value) ?? false) }
        }
        guard !isPossible else { return }
        find(
            .impossibleLabelValue,
            matcher.comparison == .equal
                ? "the label '\(label.name)' of \(name) is never '\(matcher.value)'"
                : "the label '\(label.name)' of \(name) has no value that is \(matcher.comparison.rawValue) "
                    + "'\(matcher.value)'",
            hint: Suggestion.hint(for: matcher.value, among: values), at: matcher.valueRange)
    }

    private mutating func findUnknown(_ name: String, _ selector: VectorSelector, at range: Range<Int>) {
        find(.unknownMetric, "there is no metric '\(name)'", hint: hint(for: name), at: range)
    }

    /// What was likely meant: a quantile of a histogram, one of its series, or a name that is written otherwise.
    private func hint(for name: String) -> String {
        for family in catalog.families {
            guard case .histogram = family.kind, name.hasPrefix(family.name) else { continue }
            let rest = name.dropFirst(family.name.count)
            if rest.isEmpty {
                return "a histogram has the series \(family.name)_bucket, _sum and _count"
            }
            let digits = rest.dropFirst(2)
            guard rest.hasPrefix("_p"), let percent = Int(digits), percent > 0 else { continue }
            let kept = ["le"] + family.labels.prefix(1).map(\.name)
            return "a histogram exports no quantiles; compute it: histogram_quantile(0.\(digits), "
                + "sum by (\(kept.joined(separator: ", "))) (rate(\(family.name)_bucket[5m])))"
        }
        return Suggestion.hint(for: name, among: catalog.seriesNames)
    }

    // MARK: Functions

    private static let counterFunctions: Set<String> = ["rate", "irate", "increase", "resets"]
    private static let gaugeFunctions: Set<String> = ["delta", "idelta", "deriv", "predict_linear", "holt_winters"]

    private mutating func call(_ name: String, _ arguments: [Expression], at range: Range<Int>) -> Labels {
        switch name {
        case "absent", "absent_over_time": return absent(arguments)
        case "histogram_quantile": return histogramQuantile(arguments)
        case "label_replace", "label_join": return relabelled(arguments)
        case "scalar", "vector", "time", "pi":
            for argument in arguments { _ = labels(of: argument) }
            return []
        case "quantile_over_time":
            checkQuantile(arguments.first)
        default:
            break
        }
        if let series = arguments.first.flatMap(rawSeries) {
            if Self.counterFunctions.contains(name), !series.isCounter, series.family.kind != .recorded {
                find(
                    .rateOfGauge, "'\(name)' is for counters, and \(series.family.name) is a gauge",
                    hint: "use delta or deriv", at: range)
            }
            if Self.gaugeFunctions.contains(name), series.isCounter {
                find(
                    .deltaOfCounter, "'\(name)' is for gauges, and \(series.family.name) is a counter that starts anew",
                    hint: "use rate or increase", at: range)
            }
        }
        var result: Labels = []
        for argument in arguments {
            let found = labels(of: argument)
            if case .number = argument.core.kind { continue }
            if case .string = argument.core.kind { continue }
            result = found
        }
        return result
    }

    /// The series of a range selector, looked at as it is.
    private func rawSeries(_ expression: Expression) -> MetricCatalog.Series? {
        switch expression.core.kind {
        case .range(let inner, length: _): rawSeries(inner)
        case .selector(let selector): selector.metric.flatMap(catalog.series)
        default: nil
        }
    }

    private mutating func absent(_ arguments: [Expression]) -> Labels {
        guard let argument = arguments.first else { return [] }
        _ = labels(of: argument)
        var core = argument.core
        if case .range(let inner, length: _) = core.kind { core = inner }
        guard case .selector(let selector) = core.kind else { return [] }
        return Set(selector.matchers.filter { $0.comparison == .equal && $0.label != "__name__" }.map(\.label))
    }

    private mutating func relabelled(_ arguments: [Expression]) -> Labels {
        guard let vector = arguments.first else { return [] }
        var result = labels(of: vector)
        if arguments.count > 1, case .string(let label) = arguments[1].core.kind { result?.insert(label) }
        return result
    }

    // MARK: Quantiles

    private mutating func histogramQuantile(_ arguments: [Expression]) -> Labels {
        checkQuantile(arguments.first)
        guard arguments.count > 1 else { return [] }
        let before = findings.count
        let vector = arguments[1]
        var result = labels(of: vector)
        let known = result
        result?.remove("le")
        // Whatever is unknown has been told; that it has no 'le' would be told twice.
        guard findings.count == before, let known, !known.contains("le") else { return result }
        let hasBuckets = selectors(in: vector).contains { $0.isBucket }
        find(
            .missingBucketBound,
            hasBuckets
                ? "the label 'le' is lost before 'histogram_quantile' can read it"
                : "'histogram_quantile' reads the series that end in _bucket",
            hint: hasBuckets ? "keep it: sum by (le, ...)" : nil, at: vector.range)
        return result
    }

    private mutating func checkQuantile(_ expression: Expression?) {
        guard let expression, case .number(let value) = expression.core.kind, !(0...1).contains(value) else { return }
        find(
            .quantileRange, "there is no quantile \(text(of: expression.range))",
            hint: "expected a number from 0 to 1, such as 0.95",
            at: expression.range)
    }

    private func selectors(in expression: Expression) -> [MetricCatalog.Series] {
        switch expression.kind {
        case .number, .string: []
        case .selector(let selector): [selector.metric.flatMap(catalog.series)].compactMap(\.self)
        case .parentheses(let inner), .signed(let inner), .shifted(let inner, offset: _, at: _),
            .range(let inner, length: _), .subquery(let inner, length: _, step: _):
            selectors(in: inner)
        case .call(_, let arguments): arguments.flatMap(selectors)
        case .aggregation(let aggregation): selectors(in: aggregation.operand)
        case .binary(let binary): selectors(in: binary.left) + selectors(in: binary.right)
        }
    }

    // MARK: Aggregations

    private mutating func aggregation(_ aggregation: Aggregation) -> Labels {
        if aggregation.name == "quantile" { checkQuantile(aggregation.parameter) }
        let operand = labels(of: aggregation.operand)
        if let operand, let grouping = aggregation.grouping {
            for label in grouping.labels where !operand.contains(label.name) {
                find(
                    .unknownGrouping, "what is aggregated has no label '\(label.name)'",
                    hint: operand.isEmpty
                        ? "it has no labels" : Suggestion.hint(for: label.name, among: operand.sorted()),
                    at: label.range)
            }
        }
        if ["topk", "bottomk"].contains(aggregation.name) { return operand }
        var result: Labels
        switch aggregation.grouping {
        case nil: result = []
        case let grouping? where grouping.keeps: result = Set(grouping.labels.map(\.name))
        case let grouping?: result = operand?.subtracting(grouping.labels.map(\.name))
        }
        if aggregation.name == "count_values", case .string(let label)? = aggregation.parameter?.core.kind {
            result?.insert(label)
        }
        return result
    }

    // MARK: Operators

    private mutating func binary(_ binary: Binary, at range: Range<Int>) -> Labels {
        let left = labels(of: binary.left)
        let right = labels(of: binary.right)
        let types = (TypeChecker.check(binary.left).type, TypeChecker.check(binary.right).type)
        if types.0 == .scalar || types.1 == .scalar {
            if binary.operation.isComparison {
                checkRawCounter(binary.left, at: range)
                checkRawCounter(binary.right, at: range)
            }
            return types.0 == .scalar ? right : left
        }
        checkMatching(binary, left, right, at: range)
        switch binary.operation {
        case .and, .unless: return left
        case .or:
            guard let left, let right else { return nil }
            return left.union(right)
        default: break
        }
        guard let matching = binary.matching else { return left }
        let included = Set(matching.included.map(\.name))
        switch matching.many {
        case .left?: return left?.union(included)
        case .right?: return right?.union(included)
        case nil:
            let labels = Set(matching.labels.map(\.name))
            return matching.isOn ? labels : left?.subtracting(labels)
        }
    }

    private mutating func checkRawCounter(_ expression: Expression, at range: Range<Int>) {
        guard let series = rawCounter(expression) else { return }
        find(
            .rawCounter, "a counter only grows: \(series.family.name) is compared as it is",
            hint: "compare rate(...[5m]) or increase(...[5m])", at: range)
    }

    /// The counter that an expression is, or adds up, as it stands.
    private func rawCounter(_ expression: Expression) -> MetricCatalog.Series? {
        switch expression.core.kind {
        case .selector:
            return rawSeries(expression).flatMap { $0.isCounter ? $0 : nil }
        case .aggregation(let aggregation):
            return ["count", "count_values", "group"].contains(aggregation.name)
                ? nil : rawCounter(aggregation.operand)
        default: return nil
        }
    }

    private mutating func checkMatching(_ binary: Binary, _ left: Labels, _ right: Labels, at range: Range<Int>) {
        guard let left, let right else { return }
        if let matching = binary.matching {
            for label in matching.labels {
                for (side, labels) in [("left", left), ("right", right)] where !labels.contains(label.name) {
                    find(
                        .unknownGrouping, "the \(side) side has no label '\(label.name)'",
                        hint: labels.isEmpty
                            ? "it has no labels" : Suggestion.hint(for: label.name, among: labels.sorted()),
                        at: label.range)
                }
            }
            let one = matching.many == .left ? right : left
            for label in matching.included where matching.many != nil && !one.contains(label.name) {
                find(
                    .unknownGrouping, "the side that it is taken from has no label '\(label.name)'",
                    hint: one.isEmpty ? "it has no labels" : Suggestion.hint(for: label.name, among: one.sorted()),
                    at: label.range)
            }
            if matching.isOn || matching.many != nil { return }
        }
        guard binary.operation != .or else { return }
        let ignored = Set(binary.matching?.labels.map(\.name) ?? [])
        let (own, other) = (left.subtracting(ignored), right.subtracting(ignored))
        guard own != other else { return }
        func shown(_ labels: Set<String>) -> String {
            labels.isEmpty ? "no labels" : labels.sorted().joined(separator: ", ")
        }
        find(
            .neverMatches,
            "no series of one side belongs to one of the other: \(shown(own)) here, \(shown(other)) there",
            hint: "say by 'on' or 'ignoring' which labels belong together", at: range)
    }
}
