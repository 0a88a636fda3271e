import JSONTape

/// A mapping of the manifest, whose values are read with a diagnostic for each that is invalid.
struct ManifestMapping {
    let node: SourceNode
    let entries: [SourceNode.Entry]
    /// The name of the mapping in diagnostics: "the topic 'jobs'".
    let subject: String

    /// - Parameter keys: The keys that it may have; `nil` where names are the user's to choose.
    init?(_ node: SourceNode, _ subject: String, keys: [String]?, diagnostics: inout Diagnostics) {
        guard case .mapping(let entries) = node.content else {
            diagnostics.error(.wrongType, at: node.location, "\(subject) must be a mapping, found \(node.kindName)")
            return nil
        }
        self.node = node
        self.subject = subject
        guard let keys else {
            self.entries = entries
            return
        }
        self.entries = Self.corrected(entries, keys, subject, diagnostics: &diagnostics)
    }

    /// Reports unknown keys, and returns the entries with the keys that were meant: a misspelt key is one mistake, and what
    /// is below it is read as if it were right.
    private static func corrected(
        _ entries: [SourceNode.Entry], _ keys: [String], _ subject: String, diagnostics: inout Diagnostics
    ) -> [SourceNode.Entry] {
        var present = Set(entries.map(\.key.value))
        return entries.compactMap { entry in
            guard !keys.contains(entry.key.value) else { return entry }
            var corrected = entry
            if let pair = entry.withoutBlank, keys.contains(pair.key.value) {
                diagnostics.error(
                    .unknownKey, at: entry.key.location, "missing space after the ':' of '\(pair.key.value)'",
                    hint:
                        "write '\(pair.key.value): \(entry.key.value.dropFirst(pair.key.value.count + 1).drop(while: \.isWhitespace))'"
                )
                corrected = pair
            } else {
                diagnostics.error(
                    .unknownKey, at: entry.key.location, "\(subject) has no key '\(entry.key.value)'",
                    hint: Suggestion.hint(for: entry.key.value, among: keys))
                if let meant = Suggestion.nearest(to: entry.key.value, among: keys) { corrected.key.value = meant }
            }
            return keys.contains(corrected.key.value) && present.insert(corrected.key.value).inserted ? corrected : nil
        }
    }

    subscript(key: String) -> SourceNode? {
        entries.first { $0.key.value == key }?.value
    }

    /// Returns the value of a key that must be there.
    func required(_ key: String, diagnostics: inout Diagnostics) -> SourceNode? {
        if let node = self[key] { return node }
        diagnostics.error(
            .missingKey, at: node.location, "\(subject) has no '\(key)'", hint: "add '\(key):'")
        return nil
    }

    /// Refuses a mapping that declares nothing.
    func checkNotEmpty(_ kind: String, diagnostics: inout Diagnostics) {
        if entries.isEmpty {
            diagnostics.error(.invalidValue, at: node.location, "\(subject) is empty; expected at least one \(kind)")
        }
    }

    func string(_ key: String, diagnostics: inout Diagnostics) -> Located<String>? {
        self[key].flatMap { $0.string("'\(key)'", diagnostics: &diagnostics) }
    }

    func requiredString(_ key: String, diagnostics: inout Diagnostics) -> Located<String>? {
        required(key, diagnostics: &diagnostics).flatMap { $0.string("'\(key)'", diagnostics: &diagnostics) }
    }

    func integer(_ key: String, diagnostics: inout Diagnostics) -> Located<Int>? {
        guard let node = self[key] else { return nil }
        if case .number(let number) = node.content {
            if let value = number.int64Value { return Located(Int(value), at: node.location) }
            if number.isInteger {
                diagnostics.error(
                    .invalidValue, at: node.location, "'\(key)' must be a whole number of 64 bits, found \(number)")
                return nil
            }
        }
        let found = if case .number(let number) = node.content { "\(number)" } else { node.kindName }
        diagnostics.error(
            .wrongType, at: node.location, "'\(key)' must be a whole number, found \(found)",
            hint: node.isQuotedNumber ? "remove the quotes" : nil)
        return nil
    }

    /// Returns a string that is one of some choices.
    func choice(_ key: String, _ choices: [String], diagnostics: inout Diagnostics) -> Located<String>? {
        guard let value = string(key, diagnostics: &diagnostics) else { return nil }
        if choices.contains(value.value) { return value }
        diagnostics.error(
            .invalidValue, at: value.location, "'\(key)' can't be '\(value.value)'",
            hint: Suggestion.hint(for: value.value, among: choices))
        return nil
    }

    func strings(_ key: String, diagnostics: inout Diagnostics) -> [Located<String>] {
        guard let node = self[key] else { return [] }
        guard case .sequence(let nodes) = node.content else {
            var hint: String?
            if case .string(let text) = node.content {
                hint = text.hasPrefix("-") ? "write a space after '-'" : "write a list: [\(text)]"
            }
            diagnostics.error(
                .wrongType, at: node.location, "'\(key)' must be a list, found \(node.shown)", hint: hint)
            return []
        }
        var strings: [Located<String>] = []
        var seen: Set<JSONName> = []
        for node in nodes {
            guard let string = node.string("each of '\(key)'", diagnostics: &diagnostics) else { continue }
            if !seen.insert(JSONName(string.value)).inserted {
                diagnostics.error(
                    .invalidValue, at: string.location, "duplicate '\(string.value)' in '\(key)'",
                    hint: "keep one of them")
            } else {
                strings.append(string)
            }
        }
        return strings
    }
}
