import SchemaCompiler

extension TypeDeclaration {
    /// The types of the declaration's properties, cases or elements.
    private var parts: [SwiftType] {
        switch self {
        case .structure(let type): type.properties.map(\.type) + [type.additional].compactMap(\.self)
        case .union(let type): type.cases.map(\.type)
        case .tuple(let type): type.elements.map(\.type) + [type.rest].compactMap(\.self)
        case .enumeration, .constants: []
        }
    }

    /// Whether the type, or one that it nests, has a property of one of Foundation's types.
    var usesFoundation: Bool {
        parts.contains(where: \.isOfFoundation) || nested.contains(where: \.usesFoundation)
    }

    /// Whether the type, or one that it nests, has a property of one of the runtime's types, or is made of constants of
    /// one. A conformance alone does not count: Swift does not take it for a use of a `package import`.
    var exposesRuntime: Bool {
        if case .constants = self { return usesRuntime }
        return parts.contains(where: \.isOfRuntime) || nested.contains(where: \.exposesRuntime)
    }

    /// Whether the declaration of the type, or of one that it nests, names a type of the runtime.
    var usesRuntime: Bool {
        switch self {
        case .structure, .union, .tuple: true
        case .enumeration: false
        case .constants(let constants): !ConstantsEmitter(constants: constants, access: "").areIntegers
        }
    }
}
