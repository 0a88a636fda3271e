import JSONTape

/// A mistake that the parser of JSON finds, in words that name what to change.
struct JSONMistake {
    var offset: Int
    var message: String
    var hint: String?

    private let bytes: [UInt8]

    init(_ error: JSONSyntaxError, in bytes: [UInt8]) {
        offset = error.offset
        message = error.reason.rawValue
        self.bytes = bytes
        switch error.reason {
        case .invalidEscape, .loneSurrogate: describeEscape(error.reason)
        case .controlCharacter: describeControlCharacter()
        case .invalidNumber: describeNumber()
        case .trailingBytes: hint = "remove what follows: a file has one value"
        case .unexpectedEnd, .unexpectedByte, .expectedValue, .expectedKey, .expectedColon, .expectedCommaOrEnd,
            .invalidLiteral, .invalidUTF8, .tooDeep, .tooLarge:
            let here = bytes.indices.dropFirst(offset).first { !Self.isBlank(bytes[$0]) } ?? bytes.count
            if error.reason == .expectedColon, here < bytes.count, "\"{[".utf8.contains(bytes[here]) {
                offset = here
                set("missing colon before this value", "write ':' between a name and its value")
            } else {
                describe(here)
            }
        }
    }

    // MARK: In strings and numbers

    private mutating func describeEscape(_ reason: JSONSyntaxError.Reason) {
        guard let backslash = bytes.prefix(offset + 1).lastIndex(of: UInt8(ascii: "\\")) else { return }
        offset = backslash
        guard reason == .invalidEscape, backslash + 1 < bytes.count else { return }
        let end = bytes[(backslash + 2)...].firstIndex { !$0.isContinuation } ?? bytes.count
        let escape = String(decoding: bytes[backslash..<end], as: UTF8.self)
        if escape == "\\u" {
            set("invalid escape '\\u'", "write four hexadecimal digits after it")
        } else {
            set("unknown escape '\(escape)'", "write \\\\ for a backslash")
        }
    }

    private mutating func describeControlCharacter() {
        guard offset < bytes.count else { return }
        switch bytes[offset] {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            set("a text that does not end on its line", "close the quote, or write \\n for a line break")
        case UInt8(ascii: "\t"): set("a tab in a text", "write \\t")
        default: break
        }
    }

    private mutating func describeNumber() {
        let start = bytes.prefix(offset).lastIndex { !Self.isWord($0) && $0 != UInt8(ascii: ".") }.map { $0 + 1 } ?? 0
        let digits = bytes[start...].drop { $0 == UInt8(ascii: "-") }
        guard digits.first == UInt8(ascii: "0"), let second = digits.dropFirst().first else { return }
        offset = start
        if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(second) {
            set("a number that starts with 0", "remove the zeros")
        }
    }

    private mutating func describe(_ here: Int) {
        guard here < bytes.count else {
            if let open = openBracket {
                self.offset = open
                let close = bytes[open] == UInt8(ascii: "{") ? "}" : "]"
                set("'\(Character(Unicode.Scalar(bytes[open])))' is not closed", "add '\(close)'")
            }
            return
        }
        let before = bytes[..<here].lastIndex { !Self.isBlank($0) }
        switch bytes[here] {
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            guard let before, bytes[before] == UInt8(ascii: ",") else { return }
            offset = before
            set("trailing comma", "remove it: JSON has commas only between members and elements")
        case UInt8(ascii: "/"), UInt8(ascii: "#"):
            offset = here
            set("JSON has no comments", "remove it, or move it into a '$comment'; schemas may also be YAML")
        case UInt8(ascii: "'"):
            offset = here
            set("single quotes", "write strings and names in double quotes")
        case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["):
            guard let before, !",:{[".utf8.contains(bytes[before]) else { return }
            offset = here
            set("missing comma before this value", "add ',' at the end of the line before, or before it")
        case UInt8(ascii: "+"), UInt8(ascii: "."):
            guard message == JSONSyntaxError.Reason.expectedValue.rawValue else { return }
            offset = here
            if bytes[here] == UInt8(ascii: "+") {
                set("a number with '+'", "remove the sign")
            } else {
                set("a number that starts with '.'", "write a digit before it, such as 0.5")
            }
        case 0..<0x20:
            offset = here
            set("the control character \(Confusables.code(Unicode.Scalar(bytes[here])))", "remove it")
        default:
            if let scalar = oddBlank(here) {
                offset = here
                set("\(Confusables.code(scalar)) between values", "write a space of ASCII")
            } else {
                describeWord(here)
            }
        }
    }

    /// Returns an invisible character, or a space that is not one of ASCII, at an offset.
    private func oddBlank(_ offset: Int) -> Unicode.Scalar? {
        let end = bytes[(offset + 1)...].firstIndex { !$0.isContinuation } ?? bytes.count
        let scalar = String(decoding: bytes[offset..<end], as: UTF8.self).unicodeScalars.first
        return scalar.flatMap { Confusables.isOddBlank($0) ? $0 : nil }
    }

    /// Describes a word without quotes, or one of another language.
    private mutating func describeWord(_ here: Int) {
        let start = bytes[..<here].lastIndex { !Self.isWord($0) }.map { $0 + 1 } ?? 0
        let word = String(
            decoding: bytes[start..<(bytes[here...].firstIndex { !Self.isWord($0) } ?? bytes.count)], as: UTF8.self)
        guard let first = word.unicodeScalars.first else { return }
        offset = start
        if "“”„‘’«»".unicodeScalars.contains(first) {
            set("typographic quotes", "write straight double quotes")
        } else if ["true", "false", "null"].contains(word.lowercased()) {
            if word != word.lowercased() { set("'\(word)' is not JSON", "write \(word.lowercased())") }
        } else if ["None", "nil", "undefined"].contains(word) {
            set("'\(word)' is not JSON", "write null")
        } else if ["NaN", "Infinity", "-Infinity"].contains(word) {
            set("JSON has no '\(word)'", "write a number, or leave the keyword out")
        } else if first == "0", ["0x", "0b", "0o"].contains(word.prefix(2).lowercased()) {
            set("a number in another notation, '\(word)'", "write decimal digits")
        } else if first.properties.isAlphabetic || first == "_" || first == "$" {
            set("'\(word)' is not in quotes", "write \"\(word)\"")
        } else {
            offset = here
        }
    }

    private mutating func set(_ message: String, _ hint: String) {
        self.message = message
        self.hint = hint
    }

    /// The last bracket that nothing closes.
    private var openBracket: Int? {
        var open: [Int] = []
        var isInString = false
        var isEscaped = false
        for index in bytes.indices {
            let byte = bytes[index]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if "{[".utf8.contains(byte) {
                open.append(index)
            } else if "}]".utf8.contains(byte) {
                _ = open.popLast()
            }
        }
        return isInString ? nil : open.last
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "-")
            || byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }
}

extension UInt8 {
    fileprivate var isContinuation: Bool { self & 0xC0 == 0x80 }
}
