import JSONTape

extension SourceNode {
    func string(_ subject: String, diagnostics: inout Diagnostics) -> Located<String>? {
        if case .string(let text) = content { return Located(text, at: location) }
        let isScalar =
            switch content {
            case .number, .bool: true
            case .null, .string, .sequence, .mapping: false
            }
        diagnostics.error(
            .wrongType, at: location, "\(subject) must be a string, found \(kindName)",
            hint: isScalar ? "put it in quotes to mean the text" : bracedText.map { "put it in quotes: \"\($0)\"" })
        return nil
    }

    /// The text that a mapping or a list of words looks like: `{now}`, which YAML reads as a mapping.
    var bracedText: String? {
        switch content {
        case .mapping(let entries) where entries.allSatisfy { $0.value.content == .null } && entries.count == 1:
            return "{\(entries[0].key.value)}"
        case .sequence(let nodes) where nodes.count == 1:
            if case .string(let text) = nodes[0].content { return "[\(text)]" }
            return nil
        case .null, .bool, .number, .string, .sequence, .mapping: return nil
        }
    }

    /// Whether this is a string that is a number without its quotes.
    var isQuotedNumber: Bool {
        if case .string(let text) = content { JSONNumber(literal: text) != nil } else { false }
    }
}

extension SourceNode.Entry {
    /// The key and the value of an entry such as `{partitions:6}`, which has only a key; `nil` of all others.
    var withoutBlank: SourceNode.Entry? {
        guard value.content == .null, let colon = key.value.firstIndex(of: ":") else { return nil }
        let text = String(key.value[key.value.index(after: colon)...])
        let content: SourceNode.Content =
            if let number = JSONNumber(literal: text) {
                .number(number)
            } else if text == "true" || text == "false" {
                .bool(text == "true")
            } else {
                .string(text)
            }
        return SourceNode.Entry(
            key: Located(String(key.value[..<colon]), at: key.location), value: SourceNode(content, at: value.location))
    }
}

extension SourceNode {
    func number(_ subject: String, diagnostics: inout Diagnostics) -> Located<Double>? {
        if case .number(let number) = content, number.doubleValue.isFinite {
            return Located(number.doubleValue, at: location)
        }
        diagnostics.error(
            .wrongType, at: location, "\(subject) must be a number, found \(shown)",
            hint: isQuotedNumber ? "remove the quotes" : nil)
        return nil
    }

    /// The source text of a scalar, or the kind of another node.
    var shown: String {
        if case .string(let text) = content { "'\(text)'" } else { kindName }
    }
}
