import JSONTape
import SchemaPlan

extension SchemaModel {
    /// Turns `unevaluatedProperties` and `unevaluatedItems` into a division of members or items, where no condition
    /// decides what the other keywords evaluate.
    ///
    /// Must follow the merging of conjunctions: what a schema evaluates by parts is not looked for.
    mutating func decideUnevaluated() {
        guard nodes.contains(where: { $0.assertions.contains { $0.kind.isUnevaluated } }) else { return }
        let location = nodes[0].location
        let accepting = add(
            Node(
                location: location, file: nodes[0].file, pointer: nodes[0].pointer, uri: nodes[0].uri,
                resourcePointer: nodes[0].resourcePointer))
        for id in ids where self[id].assertions.contains(where: { $0.kind.isUnevaluated }) {
            let assertions = self[id].assertions
            let isStatic = !assertions.contains { !$0.kind.inPlaceChildren.isEmpty && !$0.kind.isNegation }
            guard isStatic else { continue }
            self[id].assertions = assertions.compactMap { assertion in
                var decided = assertion
                switch assertion.kind {
                case .unevaluatedProperties(let node):
                    guard let members = Self.members(apartFrom: assertions, node, accepting) else { return nil }
                    decided.kind = .members(members)
                case .unevaluatedItems(let node):
                    if assertions.contains(where: { $0.kind.marksItemsByContent }) { return assertion }
                    guard let items = Self.items(apartFrom: assertions, node, accepting) else { return nil }
                    decided.kind = .items(items)
                default: break
                }
                return decided
            }
        }
    }

    /// Returns the division of members in which a node is for those that no other keyword evaluates; `nil` where others evaluate
    /// all.
    private static func members(
        apartFrom assertions: [Assertion], _ node: NodeID, _ accepting: NodeID
    ) -> Assertion.Members? {
        var members = Assertion.Members(properties: [], patterns: [], additional: node)
        for case .members(let other) in assertions.map(\.kind) {
            guard other.additional == nil else { return nil }
            members.properties += other.properties.map { Assertion.Property(name: $0.name, node: accepting) }
            members.patterns += other.patterns.map { Assertion.PatternProperty(pattern: $0.pattern, node: accepting) }
        }
        return members
    }

    private static func items(
        apartFrom assertions: [Assertion], _ node: NodeID, _ accepting: NodeID
    ) -> Assertion.Items? {
        var count = 0
        for case .items(let other) in assertions.map(\.kind) {
            guard other.rest == nil else { return nil }
            count = max(count, other.prefix.count)
        }
        return Assertion.Items(prefix: Array(repeating: accepting, count: count), rest: node)
    }
}

extension Assertion.Kind {
    /// A negation evaluates nothing.
    fileprivate var isNegation: Bool {
        if case .not = self { true } else { false }
    }

    fileprivate var marksItemsByContent: Bool {
        if case .contains(let contains) = self { contains.marksEvaluated } else { false }
    }
}
