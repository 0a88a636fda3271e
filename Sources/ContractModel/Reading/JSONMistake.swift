/// A mistake that the parser of JSON finds, in words that name what to change.
struct JSONMistake {
    var offset: Int
    var message: String
    var hint: String?

    private let bytes: [UInt8]

    /// - Parameters:
    ///   - offset: The byte at which parsing stopped.
    ///   - message: The parser's own words, for all other mistakes.
    init(at offset: Int, _ message: String, in bytes: [UInt8]) {
        self.offset = offset
        self.message = message
        self.bytes = bytes
        let here = bytes.indices.dropFirst(offset).first { !Self.isBlank(bytes[$0]) } ?? bytes.count
        describe(here)
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
        default: describeWord(here)
        }
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
