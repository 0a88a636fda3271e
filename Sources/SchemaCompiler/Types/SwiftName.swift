/// The one place that turns a contract's names into Swift's.
package enum SwiftName {
    /// A name for a property, a parameter or an enum's case: `message_id` becomes `messageID`.
    package static func member(_ name: String) -> String {
        let words = words(of: name)
        guard let first = words.first else { return "empty" }
        return prefixed(first.lowercased() + words.dropFirst().map(capitalized).joined())
    }

    /// A name for a type: `message_type` becomes `MessageType`.
    package static func type(_ name: String) -> String {
        let words = words(of: name)
        guard !words.isEmpty else { return "Empty" }
        let joined = prefixed(words.map(capitalized).joined())
        return reservedTypeNames.contains(joined) ? joined + "Value" : joined
    }

    /// A name as it stands in code: in backticks where it is a word of the language.
    package static func escaped(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }

    /// Words that Swift keeps for itself where a member's name may stand.
    package static let keywords: Set<String> = [
        "Any", "Protocol", "Self", "Type", "as", "associatedtype", "break", "case", "catch", "class", "continue",
        "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
        "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator",
        "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct",
        "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]

    /// Type names that mean something else inside a generated type.
    private static let reservedTypeNames: Set<String> = [
        "Any", "Array", "Bool", "CodingKey", "CodingKeys", "Decoder", "Double", "Encoder", "Int", "JSONObject",
        "JSONTape", "JSONValue", "JSONWriter", "Message", "MessageContext", "Optional", "Protocol", "RecordHeader",
        "Self", "String", "Timestamp", "Topic", "Type", "ValidationReport",
    ]

    private static let initialisms: Set<String> = [
        "api", "cpu", "csv", "gpu", "html", "http", "https", "id", "ids", "io", "ip", "json", "os", "ram", "sql", "ssl",
        "tcp", "tls", "udp", "uri", "url", "utc", "uuid", "xml", "yaml",
    ]

    private static func capitalized(_ word: String) -> String {
        let lowercased = word.lowercased()
        if lowercased == "ids" { return "IDs" }
        if initialisms.contains(lowercased) { return word.uppercased() }
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    private static func prefixed(_ name: String) -> String {
        name.first?.isNumber == true ? "_" + name : name
    }

    /// The words of a name: split where it is not a letter or digit, and where `camelCase` or `HTTPServer` turns.
    static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var last: Kind?
        func finish() {
            if !word.isEmpty { words.append(word) }
            word = ""
            last = nil
        }
        let scalars = Array(name.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let kind = Kind(scalar)
            guard kind != .separator else {
                finish()
                continue
            }
            if let last, kind == .upper {
                let nextIsLower = index + 1 < scalars.count && Kind(scalars[index + 1]) == .lower
                if last != .upper || nextIsLower { finish() }
            }
            word.unicodeScalars.append(scalar)
            last = kind
        }
        finish()
        // A name in capitals alone is shouting, not initialisms.
        return words.map { word in
            let isShouted = word.utf8.count > 1 && word.unicodeScalars.allSatisfy { Kind($0) != .lower }
            return isShouted ? word.lowercased() : word
        }
    }

    /// What a scalar means to the words of a name.
    private enum Kind {
        case upper, lower, other, separator

        init(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "a"..."z": self = .lower
            case "A"..."Z": self = .upper
            case "0"..."9": self = .other
            default:
                let properties = scalar.properties
                if scalar.isASCII {
                    self = .separator
                } else if properties.isLowercase {
                    self = .lower
                } else if properties.isUppercase {
                    self = .upper
                } else {
                    // What Swift takes within an identifier; a combining mark stays with its letter.
                    self = properties.isXIDContinue ? .other : .separator
                }
            }
        }
    }
}
