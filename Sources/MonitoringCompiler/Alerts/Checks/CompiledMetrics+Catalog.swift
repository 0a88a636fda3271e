import ContractModel
package import MetricsCompiler
package import PromQL
import SchemaCompiler

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
            return MetricFamily(
                family.name, kind, labels: labels, values: family.range, moment: family.moment,
                isWhole: family.countsWhole, combinations: combinations(of: family))
        }
        let recorded = recordings.map { rule in
            MetricFamily(
                rule.name, .recorded, labels: rule.labels.map { .init($0, .open) },
                values: rule.isRatio ? ValueRange(0, 1) : .notNegative)
        }
        return MetricCatalog(
            families: exported + recorded, scrapeInterval: scrapeInterval, targetLabels: targetLabels)
    }
}

extension CompiledMetrics {
    /// Returns the combinations of topic, event and message that the contract can make, and of properties that events fix.
    private func combinations(of family: CompiledFamily) -> [[String: Set<String>]] {
        if let groups = family.initialGroups {
            return groups.map { group in
                zip(family.labels, group.values).reduce(into: [:]) { combination, label in
                    if let values = label.1 { combination[label.0.name] = Set(values) }
                }
            }
        }
        guard case .producer? = family.source else { return [] }
        func label(_ dimension: MetricDimension) -> String? {
            family.labels.first { label in
                if case .dimension(dimension)? = label.origin { true } else { false }
            }?.name
        }
        let (topic, event, message) = (label(.topic), label(.event), label(.message))
        guard [topic, event, message].compactMap(\.self).count > 1 else { return [] }
        return routes.map { route in
            var combination: [String: Set<String>] = [:]
            // Messages to topics that the contract does not know are counted as `other`.
            if let topic { combination[topic] = [route.topic, LabelType.otherText] }
            if let event { combination[event] = Set(route.events) }
            if let message { combination[message] = [route.message] }
            return combination
        }
    }
}

extension CompiledFamily {
    /// The range of the values of a gauge; `nil` if it is unknown.
    fileprivate var range: ValueRange? {
        guard kind == .gauge else { return nil }
        switch source {
        case .producer(.connection): return ValueRange(0, 1)
        case .producer: return .notNegative
        case .message:
            // Before the first message, the value is 0.
            guard let property = value?.properties.last else { return nil }
            return ValueRange(min(0, property.least ?? -.infinity), max(0, property.most ?? .infinity))
        case nil: return nil
        }
    }

    /// Whether all values are counts or states.
    fileprivate var countsWhole: Bool {
        switch source {
        case .producer(.latency), .producer(.lastSuccess), nil: false
        case .producer: true
        case .message: kind == .counter && value == nil
        }
    }

    /// The name of a gauge of moments ends in `_timestamp_seconds`, by the conventions of Prometheus.
    fileprivate var moment: MetricFamily.Moment? {
        if case .producer(.lastSuccess)? = source { return .past }
        return kind == .gauge && name.hasSuffix("_timestamp_seconds") ? .any : nil
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
