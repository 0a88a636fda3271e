import SchemaCompiler

extension SwiftType {
    /// Whether the type is Foundation's, or made of one that is.
    var isOfFoundation: Bool {
        switch self {
        case .uuid, .url: true
        case .array(let inner), .dictionary(let inner), .optional(let inner), .nullable(let inner),
            .sensitive(let inner):
            inner.isOfFoundation
        case .string, .integer, .unsignedInteger, .double, .exactNumber, .bool, .null, .timestamp, .date, .value,
            .object, .structure, .enumeration, .composite:
            false
        }
    }

    /// Whether the type is the runtime's, or made of one that is.
    fileprivate var isOfRuntime: Bool {
        switch self {
        case .exactNumber, .null, .timestamp, .date, .value, .object, .nullable, .sensitive: true
        case .array(let inner), .dictionary(let inner), .optional(let inner): inner.isOfRuntime
        case .string, .integer, .unsignedInteger, .double, .bool, .uuid, .url, .structure, .enumeration, .composite:
            false
        }
    }

    /// The expression for the text of a value that is neither a string nor an enum's case, or `nil` where the value
    /// describes itself.
    private func describedText(_ expression: String) -> String? {
        switch self {
        case .uuid, .url: "JSONWriter.text(of: \(expression))"
        default: nil
        }
    }

    /// Whether a value's text needs no interpolation.
    var hasPlainText: Bool { [.string, .uuid, .url].contains(self) }

    /// The expression for a value's text.
    func text(_ expression: String) -> String {
        switch self {
        case .string: expression
        case .enumeration: expression + ".rawValue"
        default: describedText(expression) ?? "String(\(expression))"
        }
    }

    /// The expression to interpolate for a value's text.
    func interpolated(_ expression: String) -> String {
        if case .enumeration = self { return expression + ".rawValue" }
        return describedText(expression) ?? expression
    }
}

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
