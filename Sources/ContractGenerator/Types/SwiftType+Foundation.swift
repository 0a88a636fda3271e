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
    var isOfRuntime: Bool {
        switch self {
        case .exactNumber, .null, .timestamp, .date, .value, .object, .nullable, .sensitive: true
        case .array(let inner), .dictionary(let inner), .optional(let inner): inner.isOfRuntime
        case .string, .integer, .unsignedInteger, .double, .bool, .uuid, .url, .structure, .enumeration, .composite:
            false
        }
    }

    /// Returns the expression for the text of a value that is neither a string nor an enum's case, or `nil` where the
    /// value describes itself.
    private func describedText(_ expression: String) -> String? {
        switch self {
        case .uuid, .url: "JSONWriter.text(of: \(expression))"
        default: nil
        }
    }

    /// Whether a value's text needs no interpolation.
    var hasPlainText: Bool { [.string, .uuid, .url].contains(self) }

    /// Returns the expression for a value's text.
    func text(_ expression: String) -> String {
        switch self {
        case .string: expression
        case .enumeration: expression + ".rawValue"
        default: describedText(expression) ?? "String(\(expression))"
        }
    }

    /// Returns the expression to interpolate for a value's text.
    func interpolated(_ expression: String) -> String {
        if case .enumeration = self { return expression + ".rawValue" }
        return describedText(expression) ?? expression
    }
}
