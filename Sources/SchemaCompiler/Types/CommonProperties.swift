import JSONTape

/// A finder of the properties that all cases of a union have. They are known when all types are declared.
struct CommonProperties {
    private let structs: [[String]: StructType]
    private let unions: Set<[String]>

    /// Declarations whose unions have their common properties.
    static func marked(_ types: [TypeDeclaration]) -> [TypeDeclaration] {
        let finder = CommonProperties(types)
        return types.map { type in
            guard case .union(var union) = type else { return type }
            union.common = finder.common(of: union)
            return .union(union)
        }
    }

    private init(_ types: [TypeDeclaration]) {
        var structs: [[String]: StructType] = [:]
        for case .structure(let structure) in types { structs[structure.path] = structure }
        self.structs = structs
        unions = Set(types.compactMap { if case .union(let union) = $0 { union.path } else { nil } })
    }

    /// The most cases of a union that has its common properties: each of them lists all cases.
    private static let mostCases = 256

    private func common(of union: UnionType) -> [StructProperty] {
        guard union.cases.count <= Self.mostCases else { return [] }
        let cases = union.cases.compactMap { alternative -> StructType? in
            guard case .structure(let path) = alternative.type else { return nil }
            return structs[path]
        }
        guard cases.count == union.cases.count, let first = cases.first, !cases.contains(where: \.isWrapper) else {
            return []
        }
        let taken = Set(union.cases.map(\.name)).union(union.path.count == 1 ? TypeBuilder.messageMembers : [])
        let others = cases.dropFirst().map { structure in
            Dictionary(
                structure.properties.map { (JSONName($0.jsonName), $0) }, uniquingKeysWith: { first, _ in first })
        }
        return first.properties.filter { property in
            !taken.contains(property.name) && !property.isDeprecated
                && others.allSatisfy { $0[JSONName(property.jsonName)].map { $0.isLike(property) } == true }
        }
    }
}

extension StructProperty {
    /// Returns whether a property of another type is read in the same way.
    fileprivate func isLike(_ other: StructProperty) -> Bool {
        name == other.name && type == other.type && isOptional == other.isOptional && isRequired == other.isRequired
            && !isDeprecated && !isSensitive && !other.isSensitive
    }
}
