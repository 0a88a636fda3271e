public import JSONTape

/// The places of the sensitive values in the values of a schema: a graph, so that schemas can contain themselves.
///
/// Generated code makes one for each message with sensitive fields.
public struct SensitiveFields: Sendable {
    /// A set of places with the same sensitive values below them.
    public struct Node: Sendable {
        /// The position of the value's category among ``SensitiveFields/categories``; `nil` where the value itself is not
        /// sensitive.
        public let category: Int?
        /// The nodes of an object's members, by name.
        let members: [(name: String, node: Int)]
        /// The node of the members that are not named.
        let otherMembers: Int?
        /// The nodes of an array's first elements.
        let elements: [Int?]
        /// The node of all further elements.
        let otherElements: Int?

        public init(
            category: Int? = nil, members: [(String, Int)] = [], otherMembers: Int? = nil, elements: [Int?] = [],
            otherElements: Int? = nil
        ) {
            self.category = category
            self.members = members.map { (name: $0.0, node: $0.1) }
            self.otherMembers = otherMembers
            self.elements = elements
            self.otherElements = otherElements
        }
    }

    /// The names of the categories: `pii`.
    public let categories: [String]
    /// The first is that of the whole value.
    let nodes: [Node]

    /// Creates a graph.
    ///
    /// - Parameter nodes: The nodes, which refer to each other by position; the first is that of the whole value. A
    ///   position that does not exist represents no sensitive values.
    public init(categories: [String], nodes: [Node]) {
        self.categories = categories
        self.nodes = nodes
    }

    private func node(_ position: Int?) -> Node? {
        guard let position, nodes.indices.contains(position) else { return nil }
        return nodes[position]
    }
}

// MARK: - Values

/// A sensitive value on a tape.
public struct SensitiveValue: Hashable, Sendable {
    public let index: JSONTape.Index
    /// The position of its category among ``SensitiveFields/categories``.
    public let category: Int
    /// The JSON Pointer (RFC 6901) that leads to the value from the value that was searched.
    public let pointer: String
    /// The pointer with the contract's names alone, and with `*` for each other name.
    public let path: String
}

extension SensitiveFields {
    /// Returns the sensitive values of some categories, in the order of the text. Of such a value within another, only the
    /// outer one is returned.
    ///
    /// - Parameter wanted: Whether values of a category are returned, by the category's position.
    public func values(
        of wanted: [Bool], in tape: borrowing JSONTape, at root: JSONTape.Index = .root
    ) -> [SensitiveValue] {
        guard let start = nodes.first else { return [] }
        var search = Search(wanted: wanted)
        collect(start, tape, root, &search)
        return search.found
    }

    private struct Search {
        let wanted: [Bool]
        var pointer = ""
        var path = ""
        var found: [SensitiveValue] = []

        /// Appends a token to the pointer and to the path, and returns the lengths that these had.
        mutating func enter(_ token: String, _ name: String) -> (pointer: Int, path: Int) {
            defer {
                pointer += token
                path += name
            }
            return (pointer.utf8.count, path.utf8.count)
        }

        mutating func leave(to lengths: (pointer: Int, path: Int)) {
            pointer = String(decoding: pointer.utf8.prefix(lengths.pointer), as: UTF8.self)
            path = String(decoding: path.utf8.prefix(lengths.path), as: UTF8.self)
        }
    }

    /// Recurs for each level of the value, of which a tape has at most its maximum depth.
    private func collect(
        _ node: Node, _ tape: borrowing JSONTape, _ index: JSONTape.Index, _ search: inout Search
    ) {
        if let category = node.category, search.wanted.indices.contains(category), search.wanted[category] {
            search.found.append(
                SensitiveValue(index: index, category: category, pointer: search.pointer, path: search.path))
            return
        }
        switch tape.kind(at: index) {
        case .object: collectMembers(node, tape, index, &search)
        case .array: collectElements(node, tape, index, &search)
        case .null, .false, .true, .number, .string: break
        }
    }

    private func collectMembers(
        _ node: Node, _ tape: borrowing JSONTape, _ object: JSONTape.Index, _ search: inout Search
    ) {
        guard !node.members.isEmpty || node.otherMembers != nil else { return }
        var key = tape.first(in: object)
        let end = tape.end(of: object)
        while key != end {
            let value = tape.value(ofKey: key)
            let member = node.members.first { tape.string(at: key, equals: $0.name) }
            if let next = self.node(member?.node ?? node.otherMembers) {
                let token = JSONPointer(tokens: [member?.name ?? tape.string(at: key)]).description
                let lengths = search.enter(token, member == nil ? "/*" : token)
                collect(next, tape, value, &search)
                search.leave(to: lengths)
            }
            key = tape.end(of: value)
        }
    }

    private func collectElements(
        _ node: Node, _ tape: borrowing JSONTape, _ array: JSONTape.Index, _ search: inout Search
    ) {
        guard !node.elements.isEmpty || node.otherElements != nil else { return }
        var element = tape.first(in: array)
        let end = tape.end(of: array)
        var position = 0
        while element != end {
            let next = node.elements.indices.contains(position) ? node.elements[position] : node.otherElements
            if let next = self.node(next) {
                let lengths = search.enter("/\(position)", "/\(position)")
                collect(next, tape, element, &search)
                search.leave(to: lengths)
            }
            element = tape.end(of: element)
            position += 1
        }
    }

    /// The relation of a value to the sensitive ones.
    enum Relation: Hashable {
        /// The value, or one around it, is sensitive. The number of tokens leads to the outermost sensitive value.
        case within(depth: Int)
        /// The value may contain sensitive ones; a string in its place may be the text of such a value.
        case around
    }

    /// Returns the relation of the value that a pointer leads to; `nil` where it has none.
    func relation(at tokens: some Collection<String>) -> Relation? {
        // A token may be a member's name or an element's position: both are followed.
        var states = nodes.prefix(1).map(\.self)
        var depth = 0
        for token in tokens {
            if states.contains(where: { $0.category != nil }) { return .within(depth: depth) }
            states = states.flatMap { state -> [Node] in
                let member = state.members.first { $0.name.hasSameScalars(as: token) }?.node ?? state.otherMembers
                let element = Int(token).flatMap { position in
                    state.elements.indices.contains(position) ? state.elements[position] : state.otherElements
                }
                return [node(member), node(element)].compactMap(\.self)
            }
            depth += 1
        }
        if states.contains(where: { $0.category != nil }) { return .within(depth: depth) }
        return states.isEmpty ? nil : .around
    }
}
