import JSONTape

/// Swift's literals.
package enum SwiftLiteral {
    /// Returns the expression for a scalar of JSON, where a `JSONValue` is expected.
    static func json(_ value: JSONValue) -> String {
        switch value {
        case .null, .array, .object: ".null"
        case .bool(let flag): ".bool(\(flag))"
        case .string(let text): ".string(\(string(text)))"
        case .number(let number): "\(number)"
        }
    }

    /// Returns a string literal that reads back as exactly this text.
    package static func string(_ text: String) -> String {
        "\"" + escaped(text) + "\""
    }

    /// Returns the escaped text between the quotes of a string literal.
    static func escaped(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            0x20..<0x7F ~= byte && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }
        if isPlain { return text }
        var escaped = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            default:
                let isPrintable =
                    scalar.value >= 0x20 && scalar.value != 0x7F && !scalar.properties.isDefaultIgnorableCodePoint
                    // It would combine with the quote.
                    && !(index == 0 && scalar.properties.isGraphemeExtend)
                if isPrintable {
                    escaped.unicodeScalars.append(scalar)
                } else {
                    escaped += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
                }
            }
        }
        return escaped
    }

    /// Returns the parts of a string for the lines of a multi-line literal, each followed by a backslash.
    ///
    /// They end after a space or a slash where they can, so that lines can be read.
    static func parts(of text: String, width: Int) -> [String] {
        var parts: [String] = []
        var part = ""
        var lastBreak: String.Index?
        for character in text {
            let piece = escaped(String(character))
            if part.utf8.count + piece.utf8.count > width {
                let end = lastBreak ?? part.endIndex
                parts.append(String(part[..<end]))
                part = String(part[end...])
                lastBreak = nil
            }
            part += piece
            if character == " " || character == "/" { lastBreak = part.endIndex }
        }
        return parts + [part]
    }

    /// Returns the number signs around a literal in which a string needs no escapes; `nil` where a character must be
    /// escaped.
    static func rawDelimiter(of text: String) -> String? {
        // A scalar that needs an escape makes the text differ from its escaped form, quotes and backslashes apart.
        let plain = text.filter { $0 != "\"" && $0 != "\\" }
        guard escaped(plain) == plain, !text.contains("\r\n") else { return nil }
        var delimiter = "#"
        while text.contains("\"\"\"" + delimiter) || text.contains("\\" + delimiter) { delimiter += "#" }
        return delimiter
    }

    /// Returns a string in parts of a width for lines of a literal without escapes. They end after a comma where they
    /// can.
    static func rawParts(of text: String, width: Int) -> [String] {
        var parts: [String] = []
        var part = ""
        var lastBreak: String.Index?
        for character in text {
            if part.utf8.count + character.utf8.count > width {
                let end = lastBreak ?? part.endIndex
                parts.append(String(part[..<end]))
                part = String(part[end...])
                lastBreak = nil
            }
            part.append(character)
            if character == "," { lastBreak = part.endIndex }
        }
        return parts + [part]
    }

    /// Digits in groups of three.
    static func integer(_ value: Int64) -> String {
        let digits = String(value.magnitude)
        guard digits.count > 4 else { return String(value) }
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped += "_" }
            grouped.append(digit)
        }
        return (value < 0 ? "-" : "") + grouped
    }
}
