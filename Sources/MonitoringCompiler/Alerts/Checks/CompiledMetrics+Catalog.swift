import ContractModel
package import MetricsCompiler
package import PromQL

extension CompiledMetrics {
    /// Returns the catalog for expressions on the families and the recorded series.
    package func catalog(recordings: [RecordingRule], targetLabels: [String]) -> MetricCatalog {
        let exported = families.map { family in
            let kind: MetricFamily.Kind =
                switch family.kind {
                case .counter: .counter
                case .gauge: .gauge
                case .histogram: .histogram(buckets: family.buckets)
                }
            let labels = family.labels.map { label in
                MetricFamily.Label(
                    label.name, labelType(label).map { .closed($0.values.map(\.text)) } ?? .open,
                    isIndependent: !label.dependsOnOthers)
            }
            return MetricFamily(family.name, kind, labels: labels)
        }
        let recorded = recordings.map { rule in
            MetricFamily(rule.name, .recorded, labels: rule.labels.map { .init($0, .open) })
        }
        return MetricCatalog(
            families: exported + recorded, scrapeInterval: scrapeInterval, targetLabels: targetLabels)
    }
}

extension CompiledLabel {
    /// Whether its values occur only in combination with certain values of other labels.
    fileprivate var dependsOnOthers: Bool {
        switch origin {
        case .dimension(.topic), .dimension(.event), .dimension(.message): true
        case .dimension(.status), .dimension(.reason), .dimension(.rule), .dimension(.component), .property, nil: false
        }
    }
}
