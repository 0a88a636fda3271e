import ContractModel

/// What is said of metrics that there are not.
extension QueryAnalysis {
    mutating func reportUnknown(_ name: Query.Name, _ selector: Query.Selector) {
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

    func hint(forUnknown name: String) -> String {
        if let hint = percentileHint(name) { return hint }
        if catalog.series[name + "_total"] != nil { return "did you mean '\(name)_total'?" }
        return Suggestion.hint(for: name, among: catalog.names)
    }

    /// For `x_p95` and `x_p95_seconds`, what `x_seconds` can be asked for: a histogram exports no quantiles.
    private func percentileHint(_ name: String) -> String? {
        guard let percentile = Percentile(name) else { return nil }
        // The nearest are those that it begins; others may count in another unit.
        let stem = percentile.stem
        func isNear(_ name: String) -> Bool { name == stem || name.hasPrefix(stem + "_") }
        let candidates = catalog.histograms.keys.filter {
            isNear($0) || Percentile.unitless($0) == Percentile.unitless(stem)
        }
        let nearest = candidates.min { (isNear($0) ? 0 : 1, $0.count, $0) < (isNear($1) ? 0 : 1, $1.count, $1) }
        guard let histogram = nearest.flatMap({ catalog.histograms[$0] }) else { return nil }
        return "a histogram exports no quantiles; " + quantileHint(histogram, percentile.quantile)
    }

    /// The range that hints suggest: five minutes, or more where scrapes are far apart.
    var suggestedWindow: Int64 { max(300_000, catalog.comfortableWindow) }

    private func quantileHint(_ histogram: MetricFamily, _ quantile: String) -> String {
        let labels = (["le"] + histogram.labels.map(\.name)).joined(separator: ", ")
        let window = PrometheusDuration.text(ofMilliseconds: suggestedWindow)
        return "write histogram_quantile(\(quantile), sum by (\(labels)) (rate(\(histogram.name)_bucket[\(window)])))"
    }
}
