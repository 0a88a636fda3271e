import JSONTape

extension ManifestMapping {
    /// Returns a duration in the notation of Prometheus.
    func duration(
        _ key: String, allowsZero: Bool = false, diagnostics: inout Diagnostics
    ) -> Located<Duration>? {
        guard let node = self[key] else { return nil }
        var duration: Duration?
        switch node.content {
        case .string(let text): duration = PrometheusDuration.duration(text)
        case .number(let number): duration = number.int64Value == 0 ? .zero : nil
        case .null, .bool, .sequence, .mapping: break
        }
        if let duration, allowsZero || duration > .zero { return Located(duration, at: node.location) }
        diagnostics.error(
            .duration, at: node.location, "'\(key)' must be a duration, found \(node.shown)",
            hint: PrometheusDuration.expectation)
        return nil
    }

    func positiveInteger(_ key: String, diagnostics: inout Diagnostics) -> Located<Int>? {
        guard let value = integer(key, diagnostics: &diagnostics) else { return nil }
        if value.value > 0 { return value }
        diagnostics.error(.invalidValue, at: value.location, "'\(key)' must be at least 1, found \(value.value)")
        return nil
    }

    func number(_ key: String, diagnostics: inout Diagnostics) -> Located<Double>? {
        self[key].flatMap { $0.number("'\(key)'", diagnostics: &diagnostics) }
    }

    func requiredNumber(_ key: String, diagnostics: inout Diagnostics) -> Located<Double>? {
        required(key, diagnostics: &diagnostics).flatMap { $0.number("'\(key)'", diagnostics: &diagnostics) }
    }

    func numbers(_ key: String, diagnostics: inout Diagnostics) -> [Located<Double>] {
        guard let node = self[key] else { return [] }
        guard case .sequence(let nodes) = node.content else {
            diagnostics.error(.wrongType, at: node.location, "'\(key)' must be a list, found \(node.kindName)")
            return []
        }
        return nodes.compactMap { $0.number("each of '\(key)'", diagnostics: &diagnostics) }
    }

    func boolean(_ key: String, diagnostics: inout Diagnostics) -> Located<Bool>? {
        guard let node = self[key] else { return nil }
        if case .bool(let value) = node.content { return Located(value, at: node.location) }
        var hint: String?
        if case .string(let text) = node.content {
            switch text.lowercased() {
            case "yes", "on", "y", "true": hint = "YAML 1.2 has only true and false: write true"
            case "no", "off", "n", "false": hint = "YAML 1.2 has only true and false: write false"
            default: break
            }
        }
        diagnostics.error(
            .wrongType, at: node.location, "'\(key)' must be true or false, found \(node.shown)", hint: hint)
        return nil
    }

    /// Returns a mapping of names to strings.
    func texts(_ key: String, diagnostics: inout Diagnostics) -> [LabelText] {
        guard let node = self[key],
            let mapping = ManifestMapping(node, "'\(key)'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        return mapping.entries.compactMap { entry in
            entry.value.string("'\(entry.key.value)'", diagnostics: &diagnostics)
                .map { LabelText(name: entry.key, text: $0) }
        }
    }

    /// Returns a day.
    func date(_ key: String, diagnostics: inout Diagnostics) -> Located<CalendarDate>? {
        guard let text = string(key, diagnostics: &diagnostics) else { return nil }
        if let date = CalendarDate(text.value) { return Located(date, at: text.location) }
        diagnostics.error(
            .invalidValue, at: text.location, "'\(key)' must be a date, found '\(text.value)'",
            hint: "write year, month and day, such as 2027-01-31")
        return nil
    }

    /// Returns a pattern: a string, or a mapping with the text as its `value` and an `allow`.
    func pattern(_ entry: SourceNode.Entry, _ subject: String, diagnostics: inout Diagnostics) -> Located<String>? {
        guard case .mapping = entry.value.content, entry.value.bracedText == nil else {
            return entry.value.string(subject, diagnostics: &diagnostics)
        }
        return ManifestMapping(entry.value, subject, keys: ["value", "allow"], diagnostics: &diagnostics)?
            .requiredString("value", diagnostics: &diagnostics)
    }
}
