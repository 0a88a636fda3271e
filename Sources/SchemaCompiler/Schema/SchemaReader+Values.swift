import ContractModel
import JSONTape

/// Values of keywords: each as it must be, or a diagnostic.
extension SchemaReader {
    private mutating func wrongValue(_ entry: SourceNode.Entry, expected: String, hint: String? = nil) {
        let found =
            if case .number(let number) = entry.value.content { "\(number)" } else { entry.value.kindName }
        error(
            .schemaValue, at: entry.value.location, "'\(entry.key.value)' must be \(expected), found \(found)",
            hint: hint)
    }

    mutating func string(_ entry: SourceNode.Entry) -> String? {
        if case .string(let text) = entry.value.content { return text }
        wrongValue(entry, expected: "a string")
        return nil
    }

    mutating func boolean(_ entry: SourceNode.Entry) -> Bool? {
        if case .bool(let value) = entry.value.content { return value }
        wrongValue(entry, expected: "a boolean")
        return nil
    }

    mutating func number(_ entry: SourceNode.Entry) -> JSONNumber? {
        if case .number(let value) = entry.value.content { return value }
        wrongValue(entry, expected: "a number")
        return nil
    }

    /// A bound of its own since draft 6; before, a boolean that speaks of another keyword, which is applied later.
    mutating func exclusiveBound(_ entry: SourceNode.Entry) -> JSONNumber? {
        switch (entry.value.content, dialect) {
        case (.bool, .draft4): return nil
        case (.number(let value), let dialect) where dialect != .draft4: return value
        case (.bool, _):
            wrongValue(
                entry, expected: "a number", hint: "a boolean is how \(SchemaDialect.draft4.rawValue) writes it")
        case (_, .draft4):
            wrongValue(
                entry, expected: "a boolean in \(dialect.rawValue)",
                hint: "a number is what it takes since \(SchemaDialect.draft6.rawValue)")
        default: wrongValue(entry, expected: "a number")
        }
        return nil
    }

    mutating func count(_ entry: SourceNode.Entry) -> Int? {
        if case .number(let value) = entry.value.content, let count = value.int64Value, count >= 0 {
            return Int(count)
        }
        wrongValue(entry, expected: "a whole number of at least 0")
        return nil
    }

    mutating func entries(_ entry: SourceNode.Entry) -> [SourceNode.Entry] {
        if case .mapping(let entries) = entry.value.content { return entries }
        wrongValue(entry, expected: "an object")
        return []
    }

    mutating func strings(_ entry: SourceNode.Entry) -> [Located<String>] {
        guard case .sequence(let nodes) = entry.value.content else {
            wrongValue(entry, expected: "a list of strings")
            return []
        }
        return nodes.compactMap { node in
            if case .string(let text) = node.content { return Located(text, at: node.location) }
            error(
                .schemaValue, at: node.location, "'\(entry.key.value)' must hold strings, found \(node.kindName)")
            return nil
        }
    }
}
