import JSONTape

/// The values of scalars by the core schema of YAML 1.2.
extension YAMLReader {
    private static let coreTag = "tag:yaml.org,2002:"

    /// Checks the tag of a list or mapping, which may only name its type.
    mutating func checkTag(_ tag: String?, _ expected: String, _ event: YAMLEvent) {
        guard let tag, tag != "!", tag != Self.coreTag + expected else { return }
        refuseTag(tag, event)
    }

    private mutating func refuseTag(_ tag: String, _ event: YAMLEvent) {
        let name = tag.hasPrefix(Self.coreTag) ? "!!" + tag.dropFirst(Self.coreTag.count) : tag
        diagnostics.refuse(
            .invalidYAML, at: place(event), "unexpected tag '\(name)'", hint: "remove the tag")
    }

    /// Returns the value of a scalar: a string if it is quoted or tagged, otherwise by the core schema.
    mutating func scalar(
        _ text: String, isPlain: Bool, tag: String?, _ event: YAMLEvent
    ) -> SourceNode.Content {
        guard let tag else { return isPlain ? plain(text, event) : .string(text) }
        let name = tag.hasPrefix(Self.coreTag) ? tag.dropFirst(Self.coreTag.count) : Substring(tag)
        if name == "str" || name == "!" { return .string(text) }
        let content = plain(text, event)
        let fits =
            switch content {
            case .null: name == "null"
            case .bool: name == "bool"
            case .number(let number): name == "float" || name == "int" && number.isInteger
            case .string, .sequence, .mapping: false
            }
        if !fits { refuseTag(tag, event) }
        return content
    }

    /// Returns a plain scalar's value by the core schema.
    private mutating func plain(_ text: String, _ event: YAMLEvent) -> SourceNode.Content {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN":
            diagnostics.refuse(
                .invalidYAML, at: place(event), "invalid JSON number '\(text)'",
                hint: "quote it to mean the text")
            return .null
        default: break
        }
        return number(text).map { .number($0) } ?? .string(text)
    }

    private func number(_ text: String) -> JSONNumber? {
        for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
            let digits = text.dropFirst(prefix.count)
            // `UInt64.init` would take a sign as well.
            return digits.first == "+" ? nil : UInt64(digits, radix: radix).map { JSONNumber($0) }
        }
        // YAML allows a plus sign, leading zeros, and a point at either end, unlike JSON.
        var rest = Substring(text)
        var sign = ""
        if let first = rest.first, first == "-" || first == "+" {
            sign = first == "-" ? "-" : ""
            rest = rest.dropFirst()
        }
        guard let first = rest.utf8.first, first == UInt8(ascii: ".") || first &- 0x30 < 10 else { return nil }
        let whole = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(whole.count)
        var digits = String(whole.drop { $0 == "0" })
        if digits.isEmpty { digits = "0" }
        if rest.first == "." {
            let fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !whole.isEmpty || !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(1 + fraction.count)
            digits += fraction.isEmpty ? "" : "." + fraction
        }
        return JSONNumber(literal: sign + digits + rest)
    }
}
