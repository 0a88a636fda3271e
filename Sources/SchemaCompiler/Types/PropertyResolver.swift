import ContractModel
package import JSONTape

/// The types of a contract by their paths.
struct DeclaredTypes: Sendable {
    fileprivate let structs: [[String]: StructType]
    /// The properties that all cases of a union have, as those of a `struct`.
    fileprivate let unions: [[String]: StructType]
    fileprivate let unionTypes: [[String]: UnionType]
    /// The position of each property in its `struct`, by its name in JSON.
    fileprivate let places: [[String]: [JSONName: Int]]
    fileprivate let enums: [[String]: EnumType]
    fileprivate let enumCases: [[String]: [JSONName: EnumType.Case]]

    init(_ types: some Sequence<TypeDeclaration>) {
        var structs: [[String]: StructType] = [:]
        var unions: [[String]: StructType] = [:]
        var unionTypes: [[String]: UnionType] = [:]
        var enums: [[String]: EnumType] = [:]
        func collect(_ type: TypeDeclaration) {
            switch type {
            case .structure(let structure): structs[structure.path] = structure
            case .enumeration(let made): enums[made.path] = made
            case .union(let union):
                var structure = StructType(path: union.path)
                structure.properties = union.common
                unions[union.path] = structure
                unionTypes[union.path] = union
            case .constants, .tuple: break
            }
            type.nested.forEach(collect)
        }
        types.forEach(collect)
        self.structs = structs
        self.unions = unions
        self.unionTypes = unionTypes
        self.enums = enums
        enumCases = enums.mapValues(\.casesByValue)
        places = structs.merging(unions) { first, _ in first }.mapValues { structure in
            guard !structure.isWrapper else { return [:] }
            return Dictionary(
                structure.properties.enumerated().map { (JSONName($1.jsonName), $0) },
                uniquingKeysWith: { first, _ in first })
        }
    }
}

/// A resolver of pointers through a message's generated types.
package struct PropertyResolver: Sendable {
    /// The name of the message's type.
    package let messageName: String
    private var root: StructType
    private let types: DeclaredTypes
    /// The types of the cases that are chosen of unions, by the unions' paths.
    private var chosen: [[String]: [String]] = [:]

    /// - Parameters:
    ///   - message: The message's type.
    ///   - types: All types of the contract.
    init(message: TypeDeclaration, types: DeclaredTypes) {
        root = types.structs[message.path] ?? types.unions[message.path] ?? StructType(path: message.path)
        self.types = types
        messageName = message.path.first ?? ""
    }

    package subscript(path: [String]) -> StructType? { types.structs[path] }

    /// Returns the properties that lead to a pointer's value; `nil` where the types have no such property.
    package func resolve(_ pointer: JSONPointer) -> PropertyPath? {
        let (properties, rest) = follow(pointer)
        guard rest.isEmpty, !properties.isEmpty else { return nil }
        let isInUnion =
            types.unions[root.path] != nil
            || properties.dropLast().contains {
                if case .composite(let path) = $0.type.content { chosen[path] == nil } else { false }
            }
        return PropertyPath(pointer: pointer, properties: properties, isInUnion: isInUnion)
    }

    /// Returns whether a pointer leads into a union whose cases do not all have the property.
    func leavesUnion(_ pointer: JSONPointer) -> Bool {
        let (properties, rest) = follow(pointer)
        guard !rest.isEmpty else { return false }
        guard case .composite(let path)? = properties.last?.type.content else {
            return properties.isEmpty && types.unions[root.path] != nil
        }
        return types.unions[path] != nil
    }

    /// Returns whether the types at a pointer are complete. If an error of their schemas has been reported, nothing further is
    /// reported about the pointer.
    package func isComplete(at pointer: JSONPointer) -> Bool {
        let (properties, rest) = follow(pointer)
        guard properties.allSatisfy(\.isComplete) else { return false }
        guard !rest.isEmpty else { return true }
        guard case .structure(let path)? = properties.last?.type.content else {
            return properties.isEmpty ? root.isComplete : true
        }
        return types.structs[path]?.isComplete ?? true
    }

    /// Returns the properties on the path of a pointer, and its tokens without properties.
    private func follow(_ pointer: JSONPointer) -> (properties: [StructProperty], rest: ArraySlice<String>) {
        var properties: [StructProperty] = []
        var structure: StructType? = root
        var rest = pointer.tokens[...]
        while let token = rest.first, let found = structure, let place = types.places[found.path]?[JSONName(token)] {
            let property = found.properties[place]
            properties.append(property)
            rest = rest.dropFirst()
            structure = members(of: property.type)
        }
        return (properties, rest)
    }

    /// Returns the type whose properties a pointer can lead on to: a `struct`, or what the cases of a union have in common.
    private func members(of type: SwiftType) -> StructType? {
        switch type.content {
        case .structure(let path): types.structs[path]
        case .composite(let path): chosen[path].flatMap { types.structs[$0] } ?? types.unions[path]
        default: nil
        }
    }

    // MARK: Cases of unions

    /// Returns the first union that a pointer leads into, and the properties that lead to it; `nil` where it leads into none.
    func union(on pointer: JSONPointer) -> (properties: [StructProperty], type: UnionType)? {
        if let union = types.unionTypes[root.path] { return ([], union) }
        let (properties, _) = follow(pointer)
        for (index, property) in properties.enumerated() where index < pointer.tokens.count - 1 {
            guard case .composite(let path) = property.type.content, let union = types.unionTypes[path] else {
                continue
            }
            return (Array(properties.prefix(index + 1)), union)
        }
        return nil
    }

    /// Returns a resolver for messages in which a union has the type of one of its cases.
    func choosing(_ structure: StructType, of union: UnionType) -> PropertyResolver {
        var resolver = self
        if root.path == union.path { resolver.root = structure }
        resolver.chosen[union.path] = structure.path
        return resolver
    }

    /// Returns whether a type is that of the message, or of the chosen case of the union that the message is.
    func isRoot(_ structure: StructType) -> Bool { root.path == structure.path }

    /// Returns the `struct` that values of a type are: its own, or that of a chosen case.
    package func structure(of type: SwiftType) -> StructType? {
        switch type {
        case .structure(let path): types.structs[path]
        case .composite(let path): chosen[path].flatMap { types.structs[$0] }
        default: nil
        }
    }

    /// As many pointers as a hint is looked for among: types that share others can have more than there are atoms.
    private static let mostPointers = Suggestion.mostCandidates

    /// Pointers that ``resolve(_:)`` knows, in the schema's order: down to the depth at which they become too many.
    package var pointers: [JSONPointer] {
        func pointers(of structure: StructType, at prefix: JSONPointer, depth: Int) -> [JSONPointer] {
            guard depth > 0, !structure.isWrapper else { return [] }
            return structure.properties.prefix(Self.mostPointers).flatMap { property -> [JSONPointer] in
                let pointer = prefix.appending(property.jsonName)
                guard let inner = members(of: property.type) else { return [pointer] }
                return [pointer] + pointers(of: inner, at: pointer, depth: depth - 1)
            }
        }
        return pointers(of: root, at: JSONPointer(), depth: max(1, countableDepth))
    }

    /// The depth down to which there are at most ``mostPointers``.
    private var countableDepth: Int {
        var depth = 0
        var count = 0
        var level = [root]
        while !level.isEmpty {
            count += level.reduce(0) { $0 + $1.properties.count }
            guard count <= Self.mostPointers else { return depth }
            depth += 1
            level = level.flatMap(\.properties).compactMap { members(of: $0.type) }
        }
        return depth
    }

    /// The properties that have a string, as placeholders name them: `payload.job_id`.
    var scalarPaths: [String] {
        pointers.filter { resolve($0)?.type.isScalar == true }.map { $0.tokens.joined(separator: ".") }
    }

    /// Returns the declaration of an enum, wherever it is nested.
    package func enumeration(_ path: [String]) -> EnumType? { types.enums[path] }

    func enumCase(_ path: [String], _ value: String) -> EnumType.Case? { types.enumCases[path]?[JSONName(value)] }
}
