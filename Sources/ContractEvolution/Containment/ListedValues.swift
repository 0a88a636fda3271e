import JSONTape

/// The values of an `enum` or `const`, with their positions in the list.
struct ListedValues {
    let values: [JSONValue]
    let kinds: Set<ValueKind>
    private let positions: [JSONValue: Int]

    init(_ values: [JSONValue]) {
        self.values = values
        kinds = Set(values.map { ValueKind($0) })
        positions = Dictionary(zip(values, values.indices)) { first, _ in first }
    }

    func contains(_ value: JSONValue) -> Bool { positions[value] != nil }

    /// Returns those values of the shortest of some lists that all lists have, in the order of the first list.
    static func common(to lists: [ListedValues]) -> [JSONValue] {
        guard let first = lists.first,
            let shortest = lists.indices.min(by: { lists[$0].values.count < lists[$1].values.count })
        else { return [] }
        guard lists.count > 1 else { return first.values }
        return lists[shortest].values
            .filter { value in lists.allSatisfy { $0.contains(value) } }
            .sorted { first.positions[$0, default: 0] < first.positions[$1, default: 0] }
    }
}
