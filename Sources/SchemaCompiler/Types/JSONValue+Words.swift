import JSONTape

extension JSONValue {
    /// A string's text, and the JSON of another value.
    var words: String {
        if case .string(let text) = self { text } else { jsonText }
    }

    var isString: Bool { if case .string = self { true } else { false } }
}
