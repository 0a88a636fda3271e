import ContractModel

/// What a selector selects.
extension QueryAnalysis {
    mutating func shape(of selector: Query.Selector, at range: Range<Int>) -> Shape {
        var shape = Shape(role: .unknown, labels: .unknown)
        let nameMatchers = selector.matchers.filter { $0.label.text == "__name__" }
        let exact = nameMatchers.first { $0.operation == .equal }
        if let name = selector.name ?? exact?.value {
            if let series = catalog.series[name.text] {
                shape = Shape(series)
            } else {
                reportUnknown(name, selector)
            }
        } else if let first = nameMatchers.first {
            let selected = catalog.series.keys.contains { name in
                nameMatchers.allSatisfy { $0.matches(name) ?? true }
            }
            if !selected { report(.unknownMetric, first.value.range, "no metric has a name that is matched") }
        }
        let declared = shape.labels
        for matcher in selector.matchers where matcher.label.text != "__name__" {
            apply(matcher, of: declared, to: &shape)
        }
        // One bucket alone counts the observations up to its bound.
        if shape.role == .buckets, shape.labels.labels["le"]?.values?.count == 1 { shape.role = .counter }
        return shape
    }

    // MARK: Matchers

    /// Checks a matcher against the labels that the metric has, and narrows them to what it takes.
    private mutating func apply(_ matcher: Query.Matcher, of declared: LabelSet, to shape: inout Shape) {
        let label = matcher.label.text
        guard declared.mayHave(label) else {
            let of = shape.metric.map { "'\($0)' has" } ?? "what is selected has"
            report(
                .unknownMetricLabel, matcher.label.range, "\(of) no label '\(label)'",
                hint: Suggestion.hint(for: label, among: declared.names))
            return
        }
        if matcher.operation == .equal, matcher.value.text.isEmpty {
            if declared.certainlyHas(label) {
                report(.impossibleLabelValue, matcher.value.range, "the label '\(label)' is never empty")
            }
            shape.labels.remove(label)
            return
        }
        var presence = shape.labels.labels[label] ?? .init(isCertain: false)
        if let values = declared.labels[label]?.values, let message = impossible(matcher, among: values) {
            report(
                .impossibleLabelValue, matcher.value.range, message.text,
                hint: Suggestion.hint(for: message.value, among: values))
            // What follows is judged as if the value could be.
            presence.values = nil
        } else if let values = presence.values {
            let taken = values.filter { matcher.matches($0) ?? true }
            if taken.isEmpty, presence.isCertain {
                report(
                    .impossibleLabelValue, matcher.value.range,
                    "no value of the label '\(label)' satisfies this matcher and those before it")
            }
            presence.values = taken
        } else if matcher.operation == .equal {
            presence.values = [matcher.value.text]
        } else if matcher.operation == .matches, let listed = LabelPattern(matcher.value.text)?.listedValues {
            presence.values = Set(listed)
        }
        if matcher.matches("") == false { presence.isCertain = true }
        shape.labels.set(label, presence)
    }

    /// What a matcher asks for that its label can't have: a value that it names, or all that its pattern matches.
    private func impossible(_ matcher: Query.Matcher, among values: Set<String>) -> (text: String, value: String)? {
        let label = matcher.label.text
        let pattern = matcher.value.text
        var named: [String]? = [pattern]
        if matcher.operation == .matches || matcher.operation == .doesNotMatch {
            named = LabelPattern(pattern)?.listedValues
        }
        if let named {
            let value = named.first { !$0.isEmpty && !values.contains($0) }
            return value.map { ("the label '\(label)' never has the value '\($0)'", $0) }
        }
        // What a pattern matches is asked of its positive form.
        var positive = matcher
        positive.operation = .matches
        guard positive.matches("") == false, values.allSatisfy({ positive.matches($0) == false }) else { return nil }
        return ("no value of the label '\(label)' is matched by '\(pattern)'", pattern)
    }

    // MARK: Unknown metrics

    private mutating func reportUnknown(_ name: Query.Name, _ selector: Query.Selector) {
        let quantile = selector.matchers.first { $0.label.text == "quantile" && $0.operation == .equal }
        if let histogram = catalog.histograms[name.text] {
            let hint =
                quantile.map { quantileHint(histogram, $0.value.text) }
                ?? "it is exported as \(name.text)_bucket, \(name.text)_sum and \(name.text)_count"
            report(.unknownMetric, name.range, "a histogram has no series of its own name '\(name.text)'", hint: hint)
            return
        }
        report(.unknownMetric, name.range, "there is no metric '\(name.text)'", hint: hint(forUnknown: name.text))
    }

    private func hint(forUnknown name: String) -> String {
        if let hint = percentileHint(name) { return hint }
        if catalog.series[name + "_total"] != nil { return "did you mean '\(name)_total'?" }
        return Suggestion.hint(for: name, among: catalog.series.keys)
    }

    /// For `x_p95` and `x_p95_seconds`, what `x_seconds` can be asked for: a histogram exports no quantiles.
    private func percentileHint(_ name: String) -> String? {
        var parts = name.split(separator: "_", omittingEmptySubsequences: false)
        func isPercentile(_ part: Substring) -> Bool {
            part.first == "p" && part.count > 1 && part.dropFirst().utf8.allSatisfy(\.isDigit)
        }
        guard let index = parts.lastIndex(where: isPercentile) else { return nil }
        let digits = parts.remove(at: index).dropFirst()
        let stem = parts.joined(separator: "_")
        let candidates = catalog.histograms.values.filter { $0.name == stem || $0.name.hasPrefix(stem + "_") }
        guard let histogram = candidates.min(by: { ($0.name.count, $0.name) < ($1.name.count, $1.name) }) else {
            return nil
        }
        var fraction = digits.count == 1 ? "0\(digits)" : String(digits)
        while fraction.count > 1, fraction.hasSuffix("0") { fraction.removeLast() }
        return "a histogram exports no quantiles; " + quantileHint(histogram, digits == "100" ? "1" : "0.\(fraction)")
    }

    private func quantileHint(_ histogram: MetricFamily, _ quantile: String) -> String {
        let labels = (["le"] + histogram.labels.map(\.name)).joined(separator: ", ")
        let window = QueryLiteral.text(ofMilliseconds: max(300_000, catalog.comfortableWindow))
        return "write histogram_quantile(\(quantile), sum by (\(labels)) (rate(\(histogram.name)_bucket[\(window)])))"
    }
}

extension QueryAnalysis.Shape {
    init(_ series: MetricCatalog.Series) {
        switch series.role {
        case .counter: role = .counter
        case .gauge: role = .gauge
        case .buckets: role = .buckets
        case .other: role = .other
        }
        labels = series.labels
        metric = series.metric
    }
}
