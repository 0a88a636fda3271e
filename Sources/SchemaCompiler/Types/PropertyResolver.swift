package import JSONTape

/// Follows pointers through a message's generated types.
package struct PropertyResolver: Sendable {
    private let root: StructType
    private let structs: [[String]: StructType]
    /// Where in its `struct` each property stands, by its name in JSON.
    private let places: [[String]: [String: Int]]

    package init(root: StructType) {
        self.root = root
        var structs: [[String]: StructType] = [:]
        func collect(_ structure: StructType) {
            structs[structure.path] = structure
            structure.structs.forEach(collect)
        }
        collect(root)
        self.structs = structs
        places = structs.mapValues { structure in
            Dictionary(
                structure.properties.enumerated().map { ($1.jsonName, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    package subscript(path: [String]) -> StructType? { structs[path] }

    /// The properties that lead to a pointer's value; `nil` where the types have no such property.
    package func resolve(_ pointer: JSONPointer) -> PropertyPath? {
        var properties: [StructProperty] = []
        var structure: StructType? = root
        for token in pointer.tokens {
            guard let found = structure, let place = places[found.path]?[token] else { return nil }
            let property = found.properties[place]
            // Names that Swift's own comparison takes for one are two in JSON.
            guard property.jsonName.utf8.elementsEqual(token.utf8) else { return nil }
            properties.append(property)
            if case .structure(let path) = property.type { structure = structs[path] } else { structure = nil }
        }
        return properties.isEmpty ? nil : PropertyPath(pointer: pointer, properties: properties)
    }

    /// Every pointer that ``resolve(_:)`` knows, in the schema's order.
    package var pointers: [JSONPointer] {
        func pointers(of structure: StructType, at prefix: JSONPointer) -> [JSONPointer] {
            structure.properties.flatMap { property -> [JSONPointer] in
                let pointer = prefix.appending(property.jsonName)
                guard case .structure(let path) = property.type, let inner = structs[path] else { return [pointer] }
                return [pointer] + pointers(of: inner, at: pointer)
            }
        }
        return pointers(of: root, at: JSONPointer())
    }

    /// The properties that have a text, as placeholders name them: `payload.job_id`.
    var scalarPaths: [String] {
        pointers.filter { resolve($0)?.type.isScalar == true }.map { $0.tokens.joined(separator: ".") }
    }

    /// The declaration of an enum, wherever it is nested.
    package func enumeration(_ path: [String]) -> EnumType? {
        structs[Array(path.dropLast())]?.enums.first { $0.path == path }
    }
}
