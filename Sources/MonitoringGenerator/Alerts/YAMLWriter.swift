/// A writer of block YAML whose scalars read back as the strings that they are.
package struct YAMLWriter {
    private(set) var text = ""
    private var depth = 0
    /// The next line starts an item of a list.
    private var startsItem = false

    /// Writes `key: value`.
    mutating func entry(_ key: String, _ value: String) {
        line("\(Self.scalar(key)): \(Self.scalar(value))")
    }

    /// Writes `key:` and a string that keeps its lines, where YAML can write them as they are.
    mutating func entry(_ key: String, lines text: String) {
        let ending = text.hasSuffix("\n") ? "|" : "|-"
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0)
        let isBlock =
            lines.count > 1 && lines.first?.first?.isWhitespace == false && lines.last?.isEmpty == false
            && lines.allSatisfy { $0.unicodeScalars.allSatisfy(Self.isPlain) }
        guard isBlock else { return entry(key, text) }
        line("\(Self.scalar(key)): \(ending)")
        depth += 1
        for content in lines {
            if content.isEmpty { self.text += "\n" } else { line(String(content)) }
        }
        depth -= 1
    }

    /// Writes `key: value` for what YAML reads as a number or a boolean.
    mutating func entry(_ key: String, literal: String) {
        line("\(Self.scalar(key)): \(literal)")
    }

    /// Writes `key:` and what is below it.
    mutating func section(_ key: String, _ body: (inout YAMLWriter) -> Void) {
        line(Self.scalar(key) + ":")
        depth += 1
        body(&self)
        depth -= 1
    }

    /// Writes an item of a list, each of whose lines but the first is indented.
    mutating func item(_ body: (inout YAMLWriter) -> Void) {
        startsItem = true
        depth += 1
        body(&self)
        depth -= 1
        startsItem = false
    }

    /// Writes a scalar that is an item by itself.
    mutating func bare(_ value: String) {
        line(Self.scalar(value))
    }

    mutating func comment(_ text: String) {
        line("# " + text)
    }

    private mutating func line(_ content: String) {
        text += String(repeating: "  ", count: startsItem ? depth - 1 : depth)
        if startsItem { text += "- " }
        startsItem = false
        text += content + "\n"
    }

    /// Returns a string as a scalar: plain where that is sure to be read as this string, otherwise in quotes.
    package static func scalar(_ value: String) -> String {
        let isWord =
            value.utf8.first.map { ($0 | 0x20) &- UInt8(ascii: "a") < 26 } == true
            && value.utf8.allSatisfy { byte in
                (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || "_-".utf8.contains(byte)
            }
        let means = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(value.lowercased())
        if isWord, !means { return value }
        if value.unicodeScalars.allSatisfy(isPlain) {
            return "'" + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        }
        return "\"" + value.unicodeScalars.map(escaped).joined() + "\""
    }

    /// Returns whether a character needs no escape in quotes, in YAML 1.1, which Prometheus reads, and 1.2: one that
    /// can be seen, and neither a line break nor a byte order mark.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2028, 0x2029, 0xFEFF: false
        case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x1_0000...: true
        default: false
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        if scalar == "\"" || scalar == "\\" { return "\\\(scalar)" }
        if isPlain(scalar) { return String(scalar) }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
