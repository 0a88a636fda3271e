import ContractModel

/// The diagnostics of unknown metrics.
extension ExpressionAnalysis {
    mutating func reportUnknown(_ name: Expression.Name, _ selector: Expression.VectorSelector) {
        let quantile = selector.matchers.first { $0.label.text == "quantile" && $0.operation == .equal }
        if let histogram = catalog.histograms[name.text] {
            let hint =
                quantile.map { quantileHint(histogram, $0.value.text) }
                ?? "it is exported as \(name.text)_bucket, \(name.text)_sum and \(name.text)_count"
            report(.unknownMetric, name.range, "the histogram '\(name.text)' has no series of that name", hint: hint)
            return
        }
        report(.unknownMetric, name.range, "unknown metric '\(name.text)'", hint: hint(forUnknown: name.text))
    }

    func hint(forUnknown name: String) -> String {
        if let hint = percentileHint(name) { return hint }
        if catalog.series[name + "_total"] != nil { return "did you mean '\(name)_total'?" }
        return Suggestion.hint(for: name, among: catalog.names)
    }

    /// Returns the quantile of the histogram `x_seconds` that `x_p95` or `x_p95_seconds` refers to.
    private func percentileHint(_ name: String) -> String? {
        guard let percentile = Percentile(name) else { return nil }
        // Prefer histograms with this prefix to those with another unit.
        let stem = percentile.stem
        func isNear(_ name: String) -> Bool { name == stem || name.hasPrefix(stem + "_") }
        let candidates = catalog.histograms.keys.filter {
            isNear($0) || Percentile.unitless($0) == Percentile.unitless(stem)
        }
        let nearest = candidates.min { (isNear($0) ? 0 : 1, $0.count, $0) < (isNear($1) ? 0 : 1, $1.count, $1) }
        guard let histogram = nearest.flatMap({ catalog.histograms[$0] }) else { return nil }
        return "a histogram exports no quantiles; " + quantileHint(histogram, percentile.quantile)
    }

    /// The range in hints: five minutes, or four scrape intervals if that is longer.
    var suggestedRange: Duration { max(.seconds(300), catalog.scrapeInterval * 4) }

    private func quantileHint(_ histogram: MetricFamily, _ quantile: String) -> String {
        let labels = (["le"] + histogram.labels.map(\.name)).joined(separator: ", ")
        let range = PrometheusDuration.text(of: suggestedRange)
        return "write histogram_quantile(\(quantile), sum by (\(labels)) (rate(\(histogram.name)_bucket[\(range)])))"
    }
}
