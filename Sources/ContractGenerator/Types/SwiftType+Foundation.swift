import SchemaCompiler

extension SwiftType {
    /// Whether the type is Foundation's, or made of one that is.
    var isOfFoundation: Bool {
        switch self {
        case .uuid, .url: true
        case .array(let element): element.isOfFoundation
        case .dictionary(let value): value.isOfFoundation
        case .string, .integer, .double, .bool, .timestamp, .date, .value, .object, .structure, .enumeration: false
        }
    }

    /// Whether the type is the runtime's, or made of one that is.
    var isOfRuntime: Bool {
        switch self {
        case .timestamp, .date, .value, .object: true
        case .array(let element): element.isOfRuntime
        case .dictionary(let value): value.isOfRuntime
        case .string, .integer, .double, .bool, .uuid, .url, .structure, .enumeration: false
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

extension StructType {
    /// Whether the type, or one that it nests, has a property of a type that the runtime declares.
    var usesRuntime: Bool {
        properties.contains { $0.type.isOfRuntime } || structs.contains(where: \.usesRuntime)
    }

    /// Whether the type, or one that it nests, has a property of one of Foundation's types.
    var usesFoundation: Bool {
        properties.contains { $0.type.isOfFoundation } || structs.contains(where: \.usesFoundation)
    }
}
