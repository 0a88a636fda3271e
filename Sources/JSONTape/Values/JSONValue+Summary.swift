extension JSONValue {
    /// The value as a failure's message names it.
    package var shortDescription: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let value): value.description
        case .string(let value): "'\(value)'"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
