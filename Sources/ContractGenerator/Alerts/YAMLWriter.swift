/// Writes block YAML whose scalars read back as the strings that they are.
struct YAMLWriter {
    private(set) var text = ""
    private var depth = 0
    /// The next line starts an item of a list.
    private var startsItem = false

    /// Writes `key: value`.
    mutating func entry(_ key: String, _ value: String) {
        line("\(key): \(Self.scalar(value))")
    }

    /// Writes `key: value` for what YAML reads as a number or a boolean.
    mutating func entry(_ key: String, literal: String) {
        line("\(key): \(literal)")
    }

    /// Writes `key:` and what is below it.
    mutating func section(_ key: String, _ body: (inout YAMLWriter) -> Void) {
        line(key + ":")
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

    /// Plain where that is sure to be read as this string; else in quotes.
    static func scalar(_ value: String) -> String {
        let isWord =
            value.utf8.first.map { ($0 | 0x20) &- UInt8(ascii: "a") < 26 } == true
            && value.utf8.allSatisfy { byte in
                (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || "_-".utf8.contains(byte)
            }
        let means = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(value.lowercased())
        if isWord, !means { return value }
        let isPrintable = value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0.value < 0xFFFE }
        if isPrintable {
            return "'" + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        }
        return SwiftLiteral.string(value).escapedForYAML
    }
}

extension String {
    /// Swift's `\u{A}` as YAML writes it.
    fileprivate var escapedForYAML: String {
        var text = ""
        var rest = self[...]
        while let character = rest.popFirst() {
            guard character == "\\", rest.hasPrefix("u{"), let end = rest.firstIndex(of: "}") else {
                text.append(character)
                if character == "\\", let next = rest.popFirst() { text.append(next) }
                continue
            }
            let digits = rest[rest.index(rest.startIndex, offsetBy: 2)..<end]
            text += "\\U" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
            rest = rest[rest.index(after: end)...]
        }
        return text
    }
}
