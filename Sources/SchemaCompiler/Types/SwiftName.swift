/// The one place that turns a contract's names into Swift's.
package enum SwiftName {
    /// Returns a name for a property, a parameter or an enum's case: `message_id` becomes `messageID`.
    package static func member(_ name: String) -> String {
        let words = spokenWords(of: name)
        guard let first = words.first else { return "empty" }
        let joined = prefixed(joined([first.lowercased()] + words.dropFirst().map(capitalized)))
        return reservedMemberNames.contains(joined) ? joined + "Value" : joined
    }

    /// Returns a name for an enum's case. `none` and `some` would be taken for those of an `Optional`.
    package static func enumCase(_ name: String) -> String {
        let name = member(name)
        return ["none", "some"].contains(name) ? name + "Value" : name
    }

    /// Returns the first of some names that is not taken, else the first with a number.
    package static func unique(_ names: [String], besides taken: Set<String>) -> String {
        if let free = names.first(where: { !taken.contains($0) }) { return free }
        let name = names.first ?? "value"
        let separator = name.last?.isNumber == true ? "_" : ""
        func isTaken(_ number: Int) -> Bool { taken.contains("\(name)\(separator)\(number)") }
        var number = 2
        while number < mostTries, isTaken(number) { number += 1 }
        guard isTaken(number) else { return "\(name)\(separator)\(number)" }
        // Of very many, the first free number takes too long to find: a later one is as good.
        var (last, free) = (number, 2 * number)
        while isTaken(free) { (last, free) = (free, 2 * free) }
        while free - last > 1 {
            let middle = (last + free) / 2
            if isTaken(middle) { last = middle } else { free = middle }
        }
        return "\(name)\(separator)\(free)"
    }

    /// The numbers that ``unique(_:besides:)`` tries one by one.
    private static let mostTries = 64

    /// Returns a name for a type: `message_type` becomes `MessageType`.
    package static func type(_ name: String) -> String {
        let words = spokenWords(of: name)
        guard !words.isEmpty else { return "Empty" }
        let joined = prefixed(joined(words.map(capitalized)))
        // A digit, or a script without capitals, would give a type the name of its property.
        let isTold = joined.unicodeScalars.first?.properties.isUppercase ?? false
        return !isTold || reservedTypeNames.contains(joined) ? joined + "Value" : joined
    }

    /// Returns the name of a type that a contract sets: exactly this one if it can be a type's, such as `GraphQL`.
    static func type(set name: String) -> String {
        name.unicodeScalars.first?.properties.isUppercase == true ? name : type(name)
    }

    /// Returns the name of a type that a schema's title states: one word in upper camel case, such as `PostalAddress`. A title
    /// in capitals alone is an abbreviation of at most four letters. `nil` for any other title, which is documentation.
    package static func type(titled title: String) -> String? {
        let bytes = title.utf8
        guard let first = bytes.first, isUpper(first), bytes.allSatisfy({ isUpper($0) || isLower($0) || isDigit($0) }),
            bytes.contains(where: isLower) || bytes.count <= 4
        else { return nil }
        let name = joined(words(of: title, keepingCapitals: true).map(capitalized))
        return reservedTypeNames.contains(name) ? nil : name
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Returns the name in code: in backticks if it is a keyword.
    package static func escaped(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }

    /// Returns whether a declaration in generated code can have exactly this name, in backticks where Swift needs them.
    private static func isIdentifier(_ name: String) -> Bool {
        let scalars = name.unicodeScalars
        guard let first = scalars.first, first == "_" || first.properties.isXIDStart, name != "_" else { return false }
        return scalars.dropFirst().allSatisfy { $0.properties.isXIDContinue }
            && !reservedMemberNames.contains(name) && !reservedTypeNames.contains(name)
    }

    /// Returns the reason why a declaration can't have a name that a contract sets; `nil` where it can.
    static func fault(in name: String) -> (text: String, hint: String)? {
        isIdentifier(name)
            ? nil
            : ("invalid Swift name '\(name)'", "did you mean '\(member(name))'?")
    }

    /// Returns a name where a parameter is declared.
    package static func parameter(_ name: String) -> String {
        ["inout", "let", "var"].contains(name) ? "`\(name)`" : name
    }

    /// Returns a name as the label of an argument.
    package static func label(_ name: String) -> String {
        name == "inout" ? "`inout`" : name
    }

    /// Words that Swift keeps for itself, or reads as its own somewhere in generated code.
    package static let keywords: Set<String> = [
        "Any", "Protocol", "Self", "Type", "any", "as", "associatedtype", "async", "await", "borrowing", "break",
        "case", "catch", "class", "consume", "consuming", "continue", "copy", "didSet", "discard", "each", "get",
        "nonisolated", "set", "some", "unsafe", "willSet",
        "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
        "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator",
        "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct",
        "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]

    /// Member names that mean something else in every generated type, backticks or not.
    private static let reservedMemberNames: Set<String> = ["allCases", "hashValue", "init", "rawValue", "self"]

    /// Type names that mean something else inside a generated type.
    private static let reservedTypeNames: Set<String> = [
        "AllFailures", "Any", "Array", "Bool", "Boxed", "CalendarDate", "CaseIterable", "Codable", "CodingKey",
        "CodingKeys", "Decodable", "Decoder", "Dictionary", "Double", "Draft", "Encodable", "Encoder", "EncryptionRule",
        "Equatable", "EvaluatedChildren", "FirstFailure", "FoundMembers", "Hashable", "Int", "JSONCodable",
        "JSONDecodingError", "JSONNull", "JSONNumber", "JSONObject", "JSONPointer", "JSONTape", "JSONValue",
        "JSONWriter", "KeyedDecodingContainer", "KeyedEncodingContainer", "Message", "MessageContext",
        "MessageIdentification", "MessageProtection", "MessageStamp", "NameTable", "Nullable", "NumberBound",
        "Optional", "PatternShape", "PatternSimulation", "PatternTable", "PreparedValue", "Protocol",
        "RawRepresentable", "RecordHeader", "RecordHeaders", "SchemaProgram", "SeenMembers", "SeenNames", "Self",
        "Sendable", "Sensitive", "SensitiveFields", "String", "Timestamp", "Tombstone", "Topic", "Type", "UInt64",
        "URL", "UUID", "ValidationReport",
    ]

    private static let initialisms: Set<String> = [
        "api", "ascii", "aws", "cdn", "chf", "cli", "cpu", "css", "csv", "dns", "eur", "gbp", "gcp", "gps", "gpu",
        "guid",
        "gui", "html", "http", "https", "iban", "id", "ids", "imei", "io", "ip", "isbn", "isp", "jpeg", "jpy", "json",
        "jwt", "lb", "mfa", "mime", "nfc", "os", "pdf", "png", "ram", "rfid", "rpc", "rss", "sdk", "sha", "sku", "sla",
        "sms", "smtp", "sql", "ssh", "ssl", "sso", "svg", "tcp", "tls", "ttl", "udp", "uid", "uri", "url", "usb", "usd",
        "utc", "uuid", "vat", "vm", "vpc", "vpn", "xml", "yaml",
    ]

    /// Joins words, with a separator between digits that would read as one number.
    private static func joined(_ words: [String]) -> String {
        var name = ""
        for word in words {
            if name.last?.isNumber == true, word.first?.isNumber == true { name += "_" }
            name += word
        }
        return name
    }

    /// Returns the words of a name; where it has none, the names of its signs, and of a number's sign.
    private static func spokenWords(of name: String) -> [String] {
        let words = words(of: name)
        let rest = name.dropFirst()
        if let sign = ["+": "plus", "-": "minus"][name.prefix(1)], let digit = rest.first, digit.isNumber,
            words.count == 1
        {
            return [sign] + words
        }
        guard words.isEmpty else { return words }
        return name.unicodeScalars.prefix(8).flatMap { scalar in
            Self.words(of: (scalar.properties.name ?? "U+" + String(scalar.value, radix: 16)).lowercased())
        }
    }

    private static func capitalized(_ word: String) -> String {
        let lowercased = word.lowercased()
        if lowercased == "ids" { return "IDs" }
        if initialisms.contains(lowercased) { return word.uppercased() }
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    private static func prefixed(_ name: String) -> String {
        // An identifier must not begin with a digit or a combining mark.
        let isStart = name.unicodeScalars.first.map { $0 == "_" || $0.properties.isXIDStart } ?? false
        return isStart ? name : "_" + name
    }

    /// Returns the words of a name: split where it is not a letter or digit, and where `camelCase` or `HTTPServer`
    /// turns.
    ///
    /// - Parameter keepingCapitals: Whether a word in capitals alone stays so.
    static func words(of name: String, keepingCapitals: Bool = false) -> [String] {
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
        guard !keepingCapitals else { return words }
        // A name in capitals alone is shouting, not initialisms.
        return words.map { word in
            let isShouted = word.utf8.count > 1 && word.unicodeScalars.allSatisfy { Kind($0) != .lower }
            return isShouted ? word.lowercased() : word
        }
    }

    /// The role of a scalar in the words of a name.
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
                    // Characters that Swift allows within an identifier; a combining mark stays with its letter.
                    self = properties.isXIDContinue ? .other : .separator
                }
            }
        }
    }
}
