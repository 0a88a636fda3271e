import ContractModel
import SchemaCompiler

/// Series that events of a message make happen: all combinations of these values of the family's labels.
package struct SeriesGroup: Hashable, Sendable {
    /// The values of each label; `nil` where all of the label's values can happen.
    package var values: [[String]?]
}

extension MetricsCompiler {
    /// Returns the series of a family from a message that can happen; `nil` where all combinations of label values can, or where
    /// values are not known before they occur.
    ///
    /// An event belongs to one topic, and may fix, forbid or require the property that a label shows.
    func initialGroups(_ family: CompiledFamily) -> [SeriesGroup]? {
        guard case .message(let message)? = family.source else { return nil }
        let isOpen = family.labels.contains { if case .open = $0.values { true } else { false } }
        guard !isOpen, !family.labels.isEmpty else { return nil }
        let eventLabel = family.labels.firstIndex { $0.isOf(.event) }
        var events: [SeriesGroup: [String]] = [:]
        var groups: [SeriesGroup] = []
        for event in family.events ?? message.events {
            let group = SeriesGroup(values: family.labels.map { values(of: $0, in: event, message) })
            if events[group] == nil { groups.append(group) }
            events[group, default: []].append(event.declaration.name.value)
        }
        if let eventLabel, groups.count > 1 {
            for index in groups.indices { groups[index].values[eventLabel] = events[groups[index]] }
        }
        return groups.contains { $0.values.contains { $0 != nil } } ? groups : nil
    }

    /// Returns the values that a label can have in an event; `nil` where it can have all of them.
    private func values(
        of label: CompiledLabel, in event: CompiledEvent, _ message: CompiledMessage
    ) -> [String]? {
        switch label.origin {
        case .dimension(.topic)?: return [message.topic.declaration.name]
        case .dimension?, nil: return nil
        case .property(let path)?:
            if let fixed = event.fixed.first(where: { $0.property.pointer == path.pointer }) {
                if case .enumCase(_, let text, _) = fixed.value { return [text] }
                return nil
            }
            if event.forbidden.contains(where: { $0.pointer == path.pointer }) { return [LabelType.otherText] }
            guard event.required.contains(where: { $0.pointer == path.pointer }),
                case .enumeration(let enumPath) = path.type.withoutNull, !path.type.mayBeNull,
                let values = message.resolver.enumeration(enumPath), !values.isOpen
            else { return nil }
            let texts = values.cases.map(\.rawValue)
            return texts.count == valueCount(label) ? nil : texts
        }
    }

    /// Returns the number of series in groups, each counted once.
    func seriesCount(_ groups: [SeriesGroup], of family: CompiledFamily) -> Int {
        let counts = groups.map { group in
            zip(group.values, family.labels).reduce(1) { $0.saturatingProduct($1.0?.count ?? valueCount($1.1)) }
        }
        // Events that a label shows tell the groups apart; without that label, one group may contain another's series.
        if family.labels.contains(where: { $0.isOf(.event) }) { return counts.reduce(0) { $0.saturatingSum($1) } }
        let all = family.labels.reduce(1) { $0.saturatingProduct(valueCount($1)) }
        return min(all, counts.reduce(0) { $0.saturatingSum($1) })
    }
}

extension CompiledLabel {
    fileprivate func isOf(_ dimension: MetricDimension) -> Bool {
        if case .dimension(dimension)? = origin { true } else { false }
    }
}
