/// The labels of the series in the result of an expression, including the name of the metric.
package struct LabelSet: Equatable, Sendable {
    /// The known properties of a label.
    package struct Presence: Equatable, Sendable {
        /// Whether every series has the label; otherwise some may have it.
        package var isCertain: Bool
        /// The possible values; `nil` if they are open.
        package var values: Set<String>?
        /// Whether the values follow from those of other labels alone. `other` is then one of them in theory only: it stands
        /// for topics and events that the contract does not know.
        package var isImplied = false

        package init(isCertain: Bool, values: Set<String>? = nil) {
            self.isCertain = isCertain
            self.values = values
        }
    }

    package var labels: [String: Presence]
    /// Whether series may have labels that are not listed.
    package var isOpen: Bool
    /// Labels that no series of an open set has.
    package var removed: Set<String> = []

    package init(_ labels: [String: Presence] = [:], isOpen: Bool = false) {
        self.labels = labels
        self.isOpen = isOpen
    }

    /// The label of the name of the metric. Most functions and operators remove it.
    static let metricName = "__name__"

    /// Labels of which nothing is known.
    package static let unknown = LabelSet(isOpen: true)

    /// Returns whether some series may have a label.
    package func mayHave(_ label: String) -> Bool {
        labels[label] != nil || (isOpen && !removed.contains(label))
    }

    package func certainlyHas(_ label: String) -> Bool { labels[label]?.isCertain == true }

    /// The names for messages and suggestions: all but the name of the metric.
    package var names: [String] { labels.keys.filter { $0 != Self.metricName }.sorted() }

    mutating func set(_ label: String, _ presence: Presence) {
        labels[label] = presence
        removed.remove(label)
    }

    mutating func remove(_ label: String) {
        labels[label] = nil
        if isOpen { removed.insert(label) }
    }

    /// Returns only the labels with the given names.
    func keeping(_ names: some Sequence<String>) -> LabelSet {
        var kept = LabelSet()
        for name in names where mayHave(name) { kept.labels[name] = labels[name] ?? Presence(isCertain: false) }
        return kept
    }

    func removing(_ names: some Sequence<String>) -> LabelSet {
        var result = self
        for name in names { result.remove(name) }
        return result
    }

    /// Returns the labels of series that match others by some labels: both have the same values of these.
    func matching(_ other: LabelSet, by names: some Sequence<String>) -> LabelSet {
        var result = self
        for name in names {
            guard let presence = labels[name], presence.isCertain, let values = presence.values,
                let matched = other.labels[name], matched.isCertain, let others = matched.values,
                !values.isDisjoint(with: others), !values.isSubset(of: others)
            else { continue }
            result.labels[name]?.values = values.intersection(others)
            result.labels[name]?.isImplied = presence.isImplied && matched.isImplied
        }
        return result
    }

    /// Returns the labels of the union of two vectors.
    func union(_ other: LabelSet) -> LabelSet {
        var result = LabelSet(isOpen: isOpen || other.isOpen)
        result.removed = removed.union(other.removed).filter { !mayHave($0) && !other.mayHave($0) }
        for name in Set(labels.keys).union(other.labels.keys) {
            let (left, right) = (labels[name], other.labels[name])
            var values: Set<String>?
            if let left = left?.values, let right = right?.values { values = left.union(right) }
            if left == nil, !isOpen { values = right?.values }
            if right == nil, !other.isOpen { values = left?.values }
            let isCertain = left?.isCertain == true && right?.isCertain == true
            result.labels[name] = Presence(isCertain: isCertain, values: values)
            result.labels[name]?.isImplied = left?.isImplied == true && right?.isImplied == true
        }
        return result
    }
}
