import ContractModel

/// What a selector selects.
extension QueryAnalysis {
    mutating func shape(of selector: Query.Selector, at range: Range<Int>) -> Shape {
        var shape = selected(by: selector)
        let declared = shape.labels
        for matcher in selector.matchers where matcher.label.text != LabelSet.metricName {
            apply(matcher, of: declared, to: &shape)
        }
        // One bucket alone counts the observations up to its bound.
        if shape.role == .buckets, shape.labels.labels["le"]?.values?.count == 1 { shape.role = .counter }
        return shape
    }

    /// The series that have a name that is asked for, before other matchers.
    private mutating func selected(by selector: Query.Selector) -> Shape {
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
            report(.unknownMetric, first.value.range, "no metric has a name that is matched")
            return unknown
        }
        for matcher in nameMatchers where matcher.operation == .matches { checkNames(matcher) }
        // A pattern without a beginning of its own may match what others export.
        let isOfFamilies = nameMatchers.contains { matcher in
            matcher.operation == .matches && matcher.pattern?.hasOwnBeginning == true
        }
        return isOfFamilies ? union(of: names.sorted(), for: selector) : unknown
    }

    /// What the series of several metrics have in common; those that lack a label that is asked for are left out.
    private func union(of names: [String], for selector: Query.Selector) -> Shape {
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

    /// Each name that a pattern lists is that of a metric.
    private mutating func checkNames(_ matcher: Query.Matcher) {
        for alternative in matcher.pattern?.alternatives ?? []
        where alternative.hasOwnBeginning && catalog.series.keys.allSatisfy({ alternative.matches($0) == false }) {
            let name = alternative.literal
            report(
                .unknownMetric, matcher.value.range,
                name.map { "there is no metric '\($0)'" } ?? "no metric has a name that '\(alternative)' matches",
                hint: name.map(hint(forUnknown:)))
            return
        }
    }
}
