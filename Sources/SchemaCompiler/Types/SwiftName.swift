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
        let characters = Array(name)
        for (index, character) in characters.enumerated() {
            guard character.isLetter || character.isNumber else {
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            }
            if let last = word.last, character.isUppercase {
                let nextIsLower = index + 1 < characters.count && characters[index + 1].isLowercase
                if !last.isUppercase || nextIsLower {
                    words.append(word)
                    word = ""
                }
            }
            word.append(character)
        }
        if !word.isEmpty { words.append(word) }
        // A name in capitals alone is shouting, not initialisms.
        return words.map { $0.count > 1 && $0.allSatisfy { !$0.isLowercase } ? $0.lowercased() : $0 }
    }
}
