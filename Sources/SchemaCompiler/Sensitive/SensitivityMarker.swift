import ContractModel
import JSONTape

/// A marker of the properties of generated types whose values are sensitive, or contain sensitive values that no
/// generated type of their own has.
struct SensitivityMarker {
    /// A type at a place of the graph.
    private struct Visit: Hashable {
        var path: [String]
        var node: Int
    }

    struct PropertyKey: Hashable {
        var path: [String]
        /// The member's name; `nil` for the property of the members that the schema does not name.
        var name: String?
    }

    private let types: [[String]: TypeDeclaration]
    private var sensitive: Set<PropertyKey> = []
    /// The types with sensitive values that no property holds, each with the place where such a value is marked.
    private(set) var keepers: [[String]: SourceLocation] = [:]
    private var visited: Set<Visit> = []

    /// - Parameter types: All types of the contract, with those that they nest.
    init(_ types: [TypeDeclaration]) {
        var found: [[String]: TypeDeclaration] = [:]
        func collect(_ type: TypeDeclaration) {
            found[type.path] = type
            type.nested.forEach(collect)
        }
        types.forEach(collect)
        self.types = found
    }

    /// Records the sensitive properties of a message.
    mutating func add(_ message: TypeDeclaration, _ graph: SensitivityGraph) {
        var waiting = [Visit(path: message.path, node: 0)]
        while let visit = waiting.popLast() {
            guard visited.insert(visit).inserted else { continue }
            waiting += note(visit, graph)
        }
        // A node has its number in its own graph alone.
        visited = []
    }

    /// Records the sensitive properties of a type, and returns the types of the others.
    private mutating func note(_ visit: Visit, _ graph: SensitivityGraph) -> [Visit] {
        let node = graph.nodes[visit.node]
        switch types[visit.path] {
        case .structure(let type)?:
            var next: [Visit] = []
            for property in type.properties {
                guard let position = type.isWrapper ? visit.node : node.position(ofMember: property.jsonName) else {
                    continue
                }
                if let found = visits(property.type, position, graph) {
                    next += found
                } else {
                    sensitive.insert(PropertyKey(path: type.path, name: property.jsonName))
                }
            }
            if let additional = type.additional {
                if let found = all(node.others(besides: type).map { visits(additional, $0, graph) }) {
                    next += found
                } else {
                    sensitive.insert(PropertyKey(path: type.path))
                }
            }
            return next
        case .union(let type)?:
            let found = discloses(type, node, graph) ? nil : all(type.cases.map { visits($0.type, visit.node, graph) })
            if found == nil { keepers[type.path] = graph.firstMark(from: visit.node) }
            return found ?? []
        case .tuple(let type)?:
            var parts = type.elements.enumerated().map { index, element -> [Visit]? in
                let position = node.elements.indices.contains(index) ? node.elements[index] : node.otherElements
                return position.map { visits(element.type, $0, graph) } ?? []
            }
            if let rest = type.rest, let position = node.otherElements { parts.append(visits(rest, position, graph)) }
            let found = all(parts)
            if found == nil { keepers[type.path] = graph.firstMark(from: visit.node) }
            return found ?? []
        case .enumeration?, .constants?, nil: return []
        }
    }

    /// Returns the generated types in values of a type that have the sensitive values as properties; `nil` where a
    /// value is sensitive that no such type has, so that the values have to be sensitive as a whole.
    private func visits(_ type: SwiftType, _ position: Int, _ graph: SensitivityGraph) -> [Visit]? {
        let node = graph.nodes[position]
        guard node.category == nil else { return nil }
        switch type {
        case .optional(let inner), .nullable(let inner), .sensitive(let inner): return visits(inner, position, graph)
        case .structure(let path): return [Visit(path: path, node: position)]
        case .array(let element):
            let positions = node.elements + [node.otherElements]
            return all(positions.compactMap(\.self).map { visits(element, $0, graph) })
        case .dictionary(let value):
            let positions = node.members.map(\.node).filter { $0 >= 0 } + [node.otherMembers].compactMap(\.self)
            return all(positions.map { visits(value, $0, graph) })
        case .composite(let path):
            switch types[path] {
            case .union(let union)?:
                // A case that is an object has its properties; in the others, there is nothing else to be sensitive.
                let isPlain = union.cases.allSatisfy { !$0.type.isContainerWithoutType }
                return isPlain && !discloses(union, node, graph)
                    ? all(union.cases.map { $0.type.isStructure ? visits($0.type, position, graph) : [] }) : nil
            case .tuple, .structure, .enumeration, .constants, nil: return nil
            }
        case .string, .integer, .unsignedInteger, .double, .exactNumber, .bool, .null, .timestamp, .uuid, .date, .url,
            .enumeration:
            // The graph leads to parts of objects and arrays, which such a value is not.
            return []
        case .value, .object: return nil
        }
    }

    /// Returns whether the case that a value has is that of a sensitive value in it: descriptions show cases.
    private func discloses(_ union: UnionType, _ node: SensitivityGraph.Node, _ graph: SensitivityGraph) -> Bool {
        union.cases.contains { part in
            guard case .member(let name, _) = part.choice else { return false }
            return node.position(ofMember: name).map { graph.nodes[$0].category != nil } ?? false
        }
    }

    private func all(_ parts: [[Visit]?]) -> [Visit]? {
        parts.contains { $0 == nil } ? nil : parts.flatMap { $0 ?? [] }
    }

    // MARK: Differences

    /// A type at a place of a message; the node is `nil` where nothing in the value is sensitive.
    private struct Place: Hashable {
        var path: [String]
        var node: Int?
    }

    /// Returns the first property of a message that other places of its type have sensitive values in, and that is not sensitive
    /// in this message: its values would be sent in clear, though their type shows them nowhere.
    func clearProperty(of message: TypeDeclaration, _ graph: SensitivityGraph?) -> PropertyKey? {
        guard !sensitive.isEmpty else { return nil }
        var seen: Set<Place> = []
        var waiting = [Place(path: message.path, node: graph == nil ? nil : 0)]
        while let place = waiting.popLast() {
            guard seen.insert(place).inserted else { continue }
            let node = place.node.flatMap { graph?.nodes[$0] }
            for part in parts(of: place) {
                let positions = node.map(part.positions) ?? []
                guard !positions.isEmpty, let graph else {
                    if let key = part.key, sensitive.contains(key) { return key }
                    waiting += structures(in: part.type).map { Place(path: $0, node: nil) }
                    continue
                }
                let inner = all(positions.map { visits(part.type, $0, graph) })
                if inner != nil, let key = part.key, sensitive.contains(key) { return key }
                waiting += (inner ?? []).map { Place(path: $0.path, node: $0.node) }
            }
        }
        return nil
    }

    /// A part of a type.
    private struct Part {
        /// The property; `nil` for a case of a union.
        var key: PropertyKey?
        var type: SwiftType
        /// Returns the places of the part's values, of the node of the type's value.
        var positions: (SensitivityGraph.Node) -> [Int]
    }

    /// Returns the properties of a type, or the cases of a union, which represent the whole value.
    private func parts(of place: Place) -> [Part] {
        let whole = [place.node].compactMap(\.self)
        switch types[place.path] {
        case .structure(let type)?:
            let named = type.properties.map { property in
                Part(key: PropertyKey(path: type.path, name: property.jsonName), type: property.type) { node in
                    type.isWrapper ? whole : [node.position(ofMember: property.jsonName)].compactMap(\.self)
                }
            }
            let others = type.additional.map { additional in
                Part(key: PropertyKey(path: type.path), type: additional) { $0.others(besides: type) }
            }
            return named + [others].compactMap(\.self)
        case .union(let type)?: return type.cases.map { Part(type: $0.type) { _ in whole } }
        case .tuple, .enumeration, .constants, nil: return []
        }
    }

    /// Returns the paths of the generated types that values of a type contain.
    private func structures(in type: SwiftType) -> [[String]] {
        switch type {
        case .optional(let inner), .nullable(let inner), .sensitive(let inner), .array(let inner),
            .dictionary(let inner):
            structures(in: inner)
        case .structure(let path), .composite(let path): [path]
        case .string, .integer, .unsignedInteger, .double, .exactNumber, .bool, .null, .timestamp, .uuid, .date, .url,
            .enumeration, .value, .object:
            []
        }
    }

    /// Returns a type with its sensitive properties marked, and those of the types that it nests.
    func marked(_ type: TypeDeclaration) -> TypeDeclaration {
        var type = type
        type.nested = type.nested.map(marked)
        guard case .structure(var structure) = type else { return type }
        for index in structure.properties.indices {
            let key = PropertyKey(path: structure.path, name: structure.properties[index].jsonName)
            if sensitive.contains(key) {
                structure.properties[index].type = structure.properties[index].type.asSensitive
            }
        }
        structure.isAdditionalSensitive = sensitive.contains(PropertyKey(path: structure.path))
        return .structure(structure)
    }
}

extension SensitivityGraph.Node {
    /// Returns the places of the members that a type has no property of its own for.
    fileprivate func others(besides type: StructType) -> [Int] {
        let names = Set(type.properties.map { JSONName($0.jsonName) })
        return members.filter { $0.node >= 0 && !names.contains(JSONName($0.name)) }.map(\.node)
            + [otherMembers].compactMap(\.self)
    }
}

extension SwiftType {
    fileprivate var isStructure: Bool { if case .structure = self { true } else { false } }

    /// Whether values have parts that no generated `struct` has as properties.
    fileprivate var isContainerWithoutType: Bool {
        switch self {
        case .value, .object, .array, .dictionary, .composite: true
        case .optional(let inner), .nullable(let inner), .sensitive(let inner): inner.isContainerWithoutType
        case .string, .integer, .unsignedInteger, .double, .exactNumber, .bool, .null, .timestamp, .uuid, .date, .url,
            .structure, .enumeration:
            false
        }
    }
}
