/// The labels that the series of a query's result carry; the metric's name is one of them.
package struct LabelSet: Equatable, Sendable {
    /// What is known of one label.
    package struct Presence: Equatable, Sendable {
        /// Whether every series has it; otherwise some may.
        package var isCertain: Bool
        /// The values that it can have; `nil` where they are open.
        package var values: Set<String>?

        package init(isCertain: Bool, values: Set<String>? = nil) {
            self.isCertain = isCertain
            self.values = values
        }
    }

    package var labels: [String: Presence]
    /// Whether series may carry labels that are not listed.
    package var isOpen: Bool
    /// Labels that an open set certainly lacks.
    package var removed: Set<String> = []

    package init(_ labels: [String: Presence] = [:], isOpen: Bool = false) {
        self.labels = labels
        self.isOpen = isOpen
    }

    /// The label that holds the metric's name, until a function or an operator makes something else of the value.
    static let metricName = "__name__"

    /// Nothing is known of them.
    package static let unknown = LabelSet(isOpen: true)

    /// Whether some series may carry the label.
    package func mayHave(_ label: String) -> Bool {
        labels[label] != nil || (isOpen && !removed.contains(label))
    }

    package func certainlyHas(_ label: String) -> Bool { labels[label]?.isCertain == true }

    /// The names that a message lists and suggestions are taken from: all but that of the metric's name.
    package var names: [String] { labels.keys.filter { $0 != Self.metricName }.sorted() }

    mutating func set(_ label: String, _ presence: Presence) {
        labels[label] = presence
        removed.remove(label)
    }

    mutating func remove(_ label: String) {
        labels[label] = nil
        if isOpen { removed.insert(label) }
    }

    /// What is left of the labels when only some are kept.
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

    /// The labels of series that come from either of two vectors.
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
        }
        return result
    }
}
