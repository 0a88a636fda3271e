import ContractModel
import JSONSchema
import JSONTape

/// The places of sensitive values in the values of a schema.
///
/// A node represents a set of schemas that apply to the same value. Alternatives and conditions are not decided: a value is
/// sensitive where any schema that may apply to it is.
package struct SensitivityGraph: Sendable {
    /// As in the runtime's `SensitiveFields`.
    package struct Node: Hashable, Sendable {
        package var category: Int?
        package var members: [Member] = [] {
            didSet { positions = Self.positions(of: members) }
        }
        /// The positions of the nodes of members, by their names.
        private(set) var positions: [JSONName: Int] = [:]
        package var otherMembers: Int?
        package var elements: [Int?] = []
        package var otherElements: Int?

        package struct Member: Hashable, Sendable {
            package var name: String
            /// A position among ``SensitivityGraph/nodes``; -1 where nothing in the member is sensitive, other than in members
            /// that are not named.
            package var node: Int
        }

        private static func positions(of members: [Member]) -> [JSONName: Int] {
            Dictionary(members.map { (JSONName($0.name), $0.node) }) { first, _ in first }
        }

        /// The positions of the nodes of members and elements.
        var next: [Int] {
            members.map(\.node).filter { $0 >= 0 } + elements.compactMap(\.self)
                + [otherMembers, otherElements].compactMap(\.self)
        }
    }

    /// The names of the categories that values have.
    package internal(set) var categories: [String] = []
    /// The place where each category was declared first.
    var locations: [SourceLocation] = []
    /// The first is that of the whole value.
    package internal(set) var nodes: [Node] = []
    /// The members that the schemas may apply to.
    let memberSchemas: MemberSchemas
}

// MARK: - Building

extension SensitivityGraph {
    /// Finds the sensitive values of a schema; `nil` where it has none.
    ///
    /// - Parameters:
    ///   - encrypted: The categories with keys. Within their values, nothing else is of interest.
    ///   - memberSchemas: Those of the model.
    static func build(
        _ model: SchemaModel, root: SchemaModel.NodeID, marks: SensitivityMarks, encrypted: Set<String>,
        memberSchemas: MemberSchemas, diagnostics: inout Diagnostics
    ) -> SensitivityGraph? {
        var builder = Builder(model: model, marks: marks, encrypted: encrypted, memberSchemas: memberSchemas)
        builder.run(from: root)
        builder.checkCategories(diagnostics: &diagnostics)
        return builder.graph.pruned?.shared
    }

    private struct Builder {
        typealias NodeID = SchemaModel.NodeID

        let model: SchemaModel
        let marks: SensitivityMarks
        let encrypted: Set<String>
        var graph: SensitivityGraph
        private var positions: [[NodeID]: Int] = [:]
        private var states: [[NodeID]] = []
        private var conflicts: [(SensitivityMarks.Mark, SensitivityMarks.Mark)] = []

        init(model: SchemaModel, marks: SensitivityMarks, encrypted: Set<String>, memberSchemas: MemberSchemas) {
            self.model = model
            self.marks = marks
            self.encrypted = encrypted
            graph = SensitivityGraph(memberSchemas: memberSchemas)
        }

        mutating func run(from root: NodeID) {
            _ = position(of: [root])
            var next = 0
            while next < states.count {
                graph.nodes[next] = node(states[next])
                next += 1
            }
        }

        /// Returns the position of the node for schemas that apply to the same value; `nil` for none.
        private mutating func position(of schemas: [NodeID]) -> Int? {
            guard !schemas.isEmpty else { return nil }
            var all: Set<NodeID> = []
            var waiting = schemas
            while let id = waiting.popLast() {
                guard all.insert(id).inserted else { continue }
                for assertion in model[id].assertions {
                    if case .not = assertion.kind { continue }
                    waiting += assertion.kind.inPlaceChildren
                }
            }
            let state = all.sorted { $0.index < $1.index }
            if let known = positions[state] { return known }
            positions[state] = states.count
            states.append(state)
            graph.nodes.append(Node())
            return states.count - 1
        }

        private mutating func node(_ state: [NodeID]) -> Node {
            var node = Node()
            let found = state.compactMap { marks[$0] }
            if let mark = found.first {
                node.category = category(mark)
                if let other = found.first(where: { $0.category != mark.category }) { conflicts.append((mark, other)) }
                if encrypted.contains(mark.category) { return node }
            }
            let kinds = state.flatMap { model[$0].assertions.map(\.kind) }
            addMembers(kinds, to: &node)
            addElements(kinds, to: &node)
            return node
        }

        private mutating func category(_ mark: SensitivityMarks.Mark) -> Int {
            if let known = graph.categories.firstIndex(of: mark.category) { return known }
            graph.categories.append(mark.category)
            graph.locations.append(mark.location)
            return graph.categories.count - 1
        }

        /// Adds the members of a node.
        private mutating func addMembers(_ kinds: [Assertion.Kind], to node: inout Node) {
            var groups: [Assertion.Members] = []
            var unevaluated: [NodeID] = []
            for kind in kinds {
                if case .members(let members) = kind { groups.append(members) }
                if case .unevaluatedProperties(let schema) = kind { unevaluated.append(schema) }
            }
            var seen: Set<JSONName> = []
            let names = groups.flatMap { $0.properties.map(\.name.value) }.filter { seen.insert(JSONName($0)).inserted }
            let properties = groups.map { Dictionary(grouping: $0.properties) { JSONName($0.name.value) } }
            // Set in one go, since that indexes them.
            var named: [Node.Member] = []
            for name in names {
                let schemas = zip(groups, properties).flatMap { group, properties in
                    let own = properties[JSONName(name), default: []].map(\.node)
                    return graph.memberSchemas.schemas(of: name, named: own, in: group)
                }
                let rest = unevaluated.filter { graph.memberSchemas.mayApply(unevaluated: $0, to: name) }
                if let next = position(of: schemas + rest) { named.append(Node.Member(name: name, node: next)) }
            }
            node.members = named
            let others = groups.flatMap { $0.patterns.map(\.node) + [$0.additional].compactMap(\.self) } + unevaluated
            node.otherMembers = position(of: others)
        }

        private mutating func addElements(_ kinds: [Assertion.Kind], to node: inout Node) {
            var lists: [Assertion.Items] = []
            var anywhere: [NodeID] = []
            for kind in kinds {
                if case .items(let items) = kind { lists.append(items) }
                if case .contains(let contains) = kind { anywhere.append(contains.node) }
                if case .unevaluatedItems(let schema) = kind { anywhere.append(schema) }
            }
            let count = lists.map(\.prefix.count).max() ?? 0
            for index in 0..<count {
                let own = lists.compactMap { $0.prefix.indices.contains(index) ? $0.prefix[index] : $0.rest }
                node.elements.append(position(of: own + anywhere))
            }
            node.otherElements = position(of: lists.compactMap(\.rest) + anywhere)
        }

        func checkCategories(diagnostics: inout Diagnostics) {
            for (first, second) in conflicts {
                diagnostics.error(
                    .sensitiveField, at: second.location,
                    "a value is sensitive as '\(first.category)' and as '\(second.category)'",
                    hint: "give the value one category")
            }
        }
    }

    /// The graph with one node in place of equal ones.
    private var shared: SensitivityGraph {
        var graph = self
        while true {
            var firsts: [Node: Int] = [:]
            var kept: [Node] = []
            let positions = graph.nodes.map { node in
                if let first = firsts[node] { return first }
                firsts[node] = kept.count
                kept.append(node)
                return kept.count - 1
            }
            guard kept.count < graph.nodes.count else { return graph }
            graph.nodes = kept.map { node in
                var node = node
                node.members = node.members.map { member in
                    Node.Member(name: member.name, node: member.node >= 0 ? positions[member.node] : member.node)
                }
                node.otherMembers = node.otherMembers.map { positions[$0] }
                node.elements = node.elements.map { $0.map { positions[$0] } }
                node.otherElements = node.otherElements.map { positions[$0] }
                return node
            }
        }
    }

    /// Returns the positions of some nodes, and of all from which one of these can be reached.
    func nodes(leadingTo isGoal: (Node) -> Bool) -> Set<Int> {
        var origins: [Int: [Int]] = [:]
        for (index, node) in nodes.enumerated() {
            for target in node.next { origins[target, default: []].append(index) }
        }
        var waiting = nodes.indices.filter { isGoal(nodes[$0]) }
        var found = Set(waiting)
        while let node = waiting.popLast() {
            for origin in origins[node] ?? [] where found.insert(origin).inserted { waiting.append(origin) }
        }
        return found
    }

    /// The graph of the nodes on paths to sensitive values; `nil` if there are none.
    private var pruned: SensitivityGraph? {
        let needed = nodes(leadingTo: { $0.category != nil })
        guard needed.contains(0) else { return nil }
        let order = needed.sorted()
        let positions = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        var graph = self
        graph.nodes = order.map { index in
            var node = nodes[index]
            // A named member that is not sensitive stays apart from the others.
            let others = node.otherMembers.flatMap { positions[$0] }
            node.members = node.members.compactMap { member in
                positions[member.node].map { Node.Member(name: member.name, node: $0) }
                    ?? (others == nil ? nil : Node.Member(name: member.name, node: -1))
            }
            node.otherMembers = others
            node.elements = node.elements.map { $0.flatMap { positions[$0] } }
            node.otherElements = node.otherElements.flatMap { positions[$0] }
            if node.elements.allSatisfy({ $0 == nil }), node.otherElements == nil { node.elements = [] }
            return node
        }
        return graph
    }
}
