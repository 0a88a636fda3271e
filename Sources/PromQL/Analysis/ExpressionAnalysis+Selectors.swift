import ContractModel

/// The results of selectors.
extension ExpressionAnalysis {
    mutating func shape(of selector: Expression.VectorSelector) -> Shape {
        var shape = selected(by: selector)
        let declared = shape.labels
        for matcher in selector.matchers where matcher.label.text != LabelSet.metricName {
            apply(matcher, of: declared, to: &shape)
        }
        if !checkCombination(selector, of: declared, shape.labels) { narrow(&shape, selector) }
        // A single bucket is a counter of the observations up to its bound.
        if shape.role == .buckets, shape.labels.labels["le"]?.values?.count == 1 { shape.role = .counter }
        return shape
    }

    /// Reports matchers each of which selects values that occur, but never together: an event has one topic.
    ///
    /// - Returns: Whether something has been reported.
    private mutating func checkCombination(
        _ selector: Expression.VectorSelector, of declared: LabelSet, _ selected: LabelSet
    ) -> Bool {
        guard let name = selector.name, let series = catalog.series[name.text], !series.combinations.isEmpty else {
            return false
        }
        // Values that a label never has have been reported. Another label does not depend on these.
        let dependent = Set(series.combinations.flatMap(\.keys))
        let narrowed = selector.matchers.filter { matcher in
            guard dependent.contains(matcher.label.text), let values = selected.labels[matcher.label.text]?.values,
                !values.isEmpty
            else { return false }
            return values != declared.labels[matcher.label.text]?.values
        }
        guard Set(narrowed.map(\.label)).count > 1, let last = narrowed.last,
            !series.combinations.contains(where: { Self.isPossible($0, selected) })
        else { return false }
        report(
            .impossibleLabelValue, last.label.range.lowerBound..<last.value.range.upperBound,
            "'\(name.text)' never has these values together: "
                + narrowed.map { "\($0.label.text)\($0.operation.rawValue)\(PromQLLiteral.quoted($0.value.text))" }
                .joined(separator: ", "),
            hint: "an event belongs to one message with one topic, and may fix other values")
        return true
    }

    private static func isPossible(_ combination: [String: Set<String>], _ selected: LabelSet) -> Bool {
        combination.allSatisfy { label, values in
            selected.labels[label]?.values.map { !$0.isDisjoint(with: values) } ?? true
        }
    }

    /// Narrows labels to the values that occur together with the selected ones: `topic` to that of the selected event.
    private func narrow(_ shape: inout Shape, _ selector: Expression.VectorSelector) {
        guard let metric = shape.metric, let combinations = catalog.series[metric]?.combinations else { return }
        let possible = combinations.filter { Self.isPossible($0, shape.labels) }
        guard let first = possible.first, possible.count < combinations.count else { return }
        for label in first.keys {
            guard var presence = shape.labels.labels[label], let values = presence.values else { continue }
            // A combination without the label can have any of its values.
            let occurring = possible.reduce(into: Set<String>()) { $0.formUnion($1[label] ?? values) }
            guard !values.isSubset(of: occurring), !values.isDisjoint(with: occurring) else { continue }
            presence.values = values.intersection(occurring)
            presence.isImplied = !selector.matchers.contains { $0.label.text == label }
            shape.labels.set(label, presence)
        }
    }

    /// Returns the series that the matchers of the name select, without other matchers.
    private mutating func selected(by selector: Expression.VectorSelector) -> Shape {
        let unknown = Shape(role: .unknown, labels: .unknown)
        let nameMatchers = selector.matchers.filter { $0.label.text == LabelSet.metricName }
        let exact = nameMatchers.first { $0.operation == .equal }
        if let name = selector.name ?? exact?.value {
            if let series = catalog.series[name.text] { return Shape(series) }
            reportUnknown(name, selector)
            return unknown
        }
        guard let first = nameMatchers.first else { return unknown }
        let names = catalog.series.keys.filter { name in nameMatchers.allSatisfy { $0.matches(name) ?? true } }
        guard !names.isEmpty else {
            report(.unknownMetric, first.value.range, "the matchers select no metric")
            return unknown
        }
        for matcher in nameMatchers where matcher.operation == .matches { checkNames(matcher) }
        // A pattern without a literal prefix may match metrics of other exporters.
        let isOfFamilies = nameMatchers.contains { matcher in
            matcher.operation == .matches && matcher.pattern?.hasLiteralPrefix == true
        }
        return isOfFamilies ? union(of: names.sorted(), for: selector) : unknown
    }

    /// Returns the common properties of several metrics. Metrics without a matched label are ignored.
    private func union(of names: [String], for selector: Expression.VectorSelector) -> Shape {
        let series = names.compactMap { catalog.series[$0] }
        let fitting = series.filter { series in
            selector.matchers.allSatisfy { series.labels.mayHave($0.label.text) || $0.matches("") != false }
        }
        let shapes = (fitting.isEmpty ? series : fitting).map(Shape.init)
        guard var union = shapes.first else { return Shape(role: .unknown, labels: .unknown) }
        for shape in shapes.dropFirst() {
            union.labels = union.labels.union(shape.labels)
            if shape.role != union.role { union.role = .unknown }
            (union.metric, union.isComplete) = (nil, false)
        }
        return union
    }

    /// Reports an alternative of a pattern that matches no metric.
    private mutating func checkNames(_ matcher: Expression.Matcher) {
        for alternative in matcher.pattern?.alternatives ?? []
        where alternative.hasLiteralPrefix && catalog.series.keys.allSatisfy({ alternative.matches($0) == false }) {
            let name = alternative.literal
            report(
                .unknownMetric, matcher.value.range,
                name.map { "unknown metric '\($0)'" } ?? "'\(alternative)' matches no metric",
                hint: name.map(hint(forUnknown:)))
            return
        }
    }
}
