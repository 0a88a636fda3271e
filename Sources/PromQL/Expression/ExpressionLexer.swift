import ContractModel

/// A token of an expression.
struct ExpressionToken {
    enum Kind {
        case identifier
        /// A name with a colon, which only a metric can have.
        case metricIdentifier
        /// Its text is in lower case.
        case keyword
        case number
        case duration
        case string
        case symbol
        case end
    }

    var kind: Kind
    /// The text of the token; keywords are in lower case.
    var text: String
    var range: Range<Int>
}

/// A lexer that splits an expression into tokens, by the rules of Prometheus 2.42.
struct ExpressionLexer {
    private static let keywords: Set<String> = [
        "and", "or", "unless", "atan2", "offset", "by", "without", "on", "ignoring", "group_left", "group_right",
        "bool", "start", "end", "sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "topk", "bottomk",
        "count_values", "quantile",
    ]

    private let bytes: [UInt8]
    private var position = 0
    private var isInBraces = false
    private var isInBrackets = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Returns all tokens. The last one is `end`.
    mutating func tokens() throws(Finding) -> [ExpressionToken] {
        var tokens: [ExpressionToken] = []
        while true {
            let token = try next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private mutating func next() throws(Finding) -> ExpressionToken {
        skipSpaceAndComments()
        let start = position
        guard let first = peek() else {
            if isInBraces { throw error("expected '}' before the end of the expression", from: start) }
            return token(.end, from: start)
        }
        switch first {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try quotedString(first)
        case UInt8(ascii: "`"): return try rawString()
        case _ where first.isLetter:
            return isInBraces ? identifier() : keywordOrIdentifier()
        case UInt8(ascii: ":") where !isInBraces && !isInBrackets: return keywordOrIdentifier()
        case _ where !isInBraces && (first.isDigit || (first == UInt8(ascii: ".") && peek(1)?.isDigit == true)):
            return try numberOrDuration()
        default: return try symbol(first)
        }
    }

    // MARK: Symbols

    private static let symbols = [
        "==", "!=", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "%", "^", "(", ")", ",", "@", "{", "[", "]", ":",
    ]
    private static let symbolsInBraces = ["=~", "!~", "!=", "=", ",", "}"]

    private mutating func symbol(_ first: UInt8) throws(Finding) -> ExpressionToken {
        let start = position
        let symbols = isInBraces ? Self.symbolsInBraces : Self.symbols
        guard let text = symbols.first(where: { $0.utf8.first == first && starts(with: $0) }) else {
            let character = character()
            position += character.utf8.count
            throw error("unexpected character '\(character)'", from: start)
        }
        position += text.utf8.count
        let token = token(.symbol, from: start)
        switch text {
        case "{": isInBraces = true
        case "}": isInBraces = false
        case "[":
            guard !isInBrackets else { throw error("unexpected '[' inside brackets", from: start) }
            isInBrackets = true
            // Spaces are allowed between a bracket and its duration, comments are not.
            while peek()?.isSpace == true { position += 1 }
            guard peek()?.isDigit == true else { throw error("expected a duration such as 5m after '['", from: start) }
        case "]": isInBrackets = false
        case ":" where !isInBrackets: throw error("unexpected ':'", from: start)
        default: break
        }
        return token
    }

    // MARK: Names

    private mutating func identifier() -> ExpressionToken {
        let start = position
        while peek()?.isNamePart == true { position += 1 }
        return token(.identifier, from: start)
    }

    private mutating func keywordOrIdentifier() -> ExpressionToken {
        let start = position
        var hasColon = false
        while let byte = peek(), byte.isNamePart || byte == UInt8(ascii: ":") {
            // Inside brackets a colon separates the range from the step.
            if byte == UInt8(ascii: ":") {
                if isInBrackets { break }
                hasColon = true
            }
            position += 1
        }
        var token = token(hasColon ? .metricIdentifier : .identifier, from: start)
        let word = token.text.lowercased()
        if word == "inf" || word == "nan" {
            token.kind = .number
        } else if Self.keywords.contains(word) {
            token.kind = .keyword
            token.text = word
        }
        return token
    }

    // MARK: Numbers

    private mutating func numberOrDuration() throws(Finding) -> ExpressionToken {
        let start = position
        var isHexadecimal = false
        if peek() == UInt8(ascii: "0"), let mark = peek(1), mark | 0x20 == UInt8(ascii: "x") {
            isHexadecimal = true
            position += 2
        }
        func isDigit(_ byte: UInt8) -> Bool { isHexadecimal ? byte.hexadecimalValue != nil : byte.isDigit }
        while let byte = peek(), isDigit(byte) { position += 1 }
        if peek() == UInt8(ascii: ".") { position += 1 }
        while let byte = peek(), isDigit(byte) { position += 1 }
        if let mark = peek(), mark | 0x20 == UInt8(ascii: "e") {
            position += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            while peek()?.isDigit == true { position += 1 }
        }
        var kind = ExpressionToken.Kind.number
        if peek()?.isNamePart == true {
            kind = .duration
            while peek()?.isNamePart == true { position += 1 }
        }
        let token = token(kind, from: start)
        if isInBrackets, kind == .number {
            throw error(
                "invalid duration '\(token.text)': it has no unit", from: start,
                hint: "write \(token.text)s for seconds")
        }
        return token
    }

    // MARK: Strings

    private mutating func quotedString(_ quote: UInt8) throws(Finding) -> ExpressionToken {
        let start = position
        position += 1
        while let byte = peek(), byte != UInt8(ascii: "\n") {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == quote { return try checkedString(from: start) }
        }
        throw error("a string is not closed", from: start)
    }

    private mutating func rawString() throws(Finding) -> ExpressionToken {
        let start = position
        position += 1
        while let byte = peek() {
            position += 1
            if byte == UInt8(ascii: "`") { return try checkedString(from: start) }
        }
        throw error("a string is not closed", from: start)
    }

    /// Prometheus takes U+FFFD in a string for an invalid byte.
    private func checkedString(from start: Int) throws(Finding) -> ExpressionToken {
        let token = token(.string, from: start)
        if token.text.unicodeScalars.contains("\u{FFFD}") {
            throw error("a string contains U+FFFD, the replacement character for bytes that are not UTF-8", from: start)
        }
        return token
    }

    // MARK: Bytes

    private mutating func skipSpaceAndComments() {
        while let byte = peek() {
            if byte.isSpace {
                position += 1
            } else if byte == UInt8(ascii: "#") {
                while let byte = peek(), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") { position += 1 }
            } else {
                return
            }
        }
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private func starts(with text: String) -> Bool {
        bytes[position...].starts(with: text.utf8)
    }

    /// Returns the whole character at the position.
    private func character() -> Character {
        String(decoding: bytes[position...].prefix(32), as: UTF8.self).first ?? " "
    }

    private func token(_ kind: ExpressionToken.Kind, from start: Int) -> ExpressionToken {
        let range = start..<min(position, bytes.count)
        return ExpressionToken(kind: kind, text: String(decoding: bytes[range], as: UTF8.self), range: range)
    }

    private func error(_ message: String, from start: Int, hint: String? = nil) -> Finding {
        Finding(.promQLSyntax, start..<max(start, min(max(position, start + 1), bytes.count)), message, hint: hint)
    }
}
