import JSONTape

extension JSONValue {
    /// Parses a text; `nil` where it is not JSON.
    init?(bytes: [UInt8]) {
        guard let tape = try? JSONTape(parsing: bytes), let value = try? tape.value(at: .root) else { return nil }
        self = value
    }

    subscript(name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A whole number, which some servers write as a text.
    var integer: Int? {
        switch self {
        case .number(let number): number.int64Value.flatMap(Int.init(exactly:))
        case .string(let text): Int(text)
        default: nil
        }
    }

    var boolean: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }
}
