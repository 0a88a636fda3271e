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

    /// The value as one line of JSON.
    var line: String { String(decoding: bytes, as: UTF8.self) }

    /// The value as JSON. A value from a parser, or of this module, nests no deeper than the writer allows.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return (try? writer.finish()) ?? []
    }
}
