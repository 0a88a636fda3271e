extension SwiftType {
    /// Whether a value is one text, number or truth.
    var isScalar: Bool {
        switch self {
        case .string, .integer, .unsignedInteger, .double, .exactNumber, .bool, .timestamp, .uuid, .date, .url,
            .enumeration:
            true
        case .sensitive(let inner): inner.isScalar
        case .null, .value, .object, .array, .dictionary, .optional, .nullable, .structure, .composite: false
        }
    }

    /// The type in words, for a diagnostic.
    var summary: String {
        switch self {
        case .string: "a string"
        case .integer, .unsignedInteger: "a whole number"
        case .double, .exactNumber: "a number"
        case .null: "null"
        case .optional(let inner), .nullable(let inner): inner.summary + " or null"
        case .sensitive(let inner): inner.summary
        case .composite: "one of several types"
        case .bool: "a boolean"
        case .timestamp: "a timestamp"
        case .uuid: "a UUID"
        case .date: "a calendar date"
        case .url: "a URL"
        case .value: "any value"
        case .object, .dictionary, .structure: "an object"
        case .array: "an array"
        case .enumeration: "an enum"
        }
    }
}
