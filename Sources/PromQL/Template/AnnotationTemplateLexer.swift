import ContractModel

/// A token inside an action of a template.
struct TemplateToken {
    enum Kind {
        case open, close, space
        case identifier, keyword, field, variable, dot, boolean
        case number, character, string
        /// One of `=`, `:=`, `,`, `|`, `(`, `)`, or an unknown character.
        case symbol
        case end
    }

    var kind: Kind
    var text: String
    var range: Range<Int>
}

/// A lexer that splits the actions of a template into tokens, by the rules of Go's text/template. See
/// <https://pkg.go.dev/text/template>.
struct AnnotationTemplateLexer {
    private static let keywords: Set<String> = [
        "block", "break", "continue", "define", "else", "end", "if", "nil", "range", "template", "with",
    ]

    private let bytes: [UInt8]
    private var position = 0
    private var parentheses = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func tokens() throws(Finding) -> [TemplateToken] {
        var tokens: [TemplateToken] = []
        while let start = nextAction() {
            position = start + 2
            if peek() == UInt8(ascii: "-"), peek(1)?.isSpace == true { position += 2 }
            if starts(with: "/*") {
                try skipComment(from: start)
                continue
            }
            tokens.append(token(.open, from: start))
            repeat { tokens.append(try next(after: start)) } while tokens.last?.kind != .close
        }
        position = bytes.count
        tokens.append(token(.end, from: position))
        return tokens
    }

    private func nextAction() -> Int? {
        (position..<bytes.count).first {
            bytes[$0] == UInt8(ascii: "{") && $0 + 1 < bytes.count && bytes[$0 + 1] == UInt8(ascii: "{")
        }
    }

    private mutating func skipComment(from start: Int) throws(Finding) {
        position += 2
        while !starts(with: "*/") {
            guard position < bytes.count else { throw error("a comment is not closed with '*/}}'", from: start) }
            position += 1
        }
        position += 2
        guard let close = closeLength() else { throw error("a comment must end with '*/}}'", from: start) }
        position += close
    }

    /// Returns the length of a `}}` or ` -}}` at the current position.
    private func closeLength() -> Int? {
        if starts(with: "}}") { return 2 }
        return peek()?.isSpace == true && starts(with: "-}}", ahead: 1) ? 4 : nil
    }

    private mutating func next(after open: Int) throws(Finding) -> TemplateToken {
        let start = position
        if let close = closeLength() {
            guard parentheses == 0 else { throw error("a '(' is not closed in this action", from: open) }
            position += close
            return token(.close, from: start)
        }
        guard let byte = peek() else { throw error("an action is not closed with '}}'", from: open) }
        switch byte {
        case _ where byte.isSpace:
            while peek()?.isSpace == true, position == start || closeLength() == nil { position += 1 }
            return token(.space, from: start)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try quoted(byte)
        case UInt8(ascii: "`"):
            position += 1
            while let byte = peek(), byte != UInt8(ascii: "`") { position += 1 }
            guard peek() != nil else { throw error("a string is not closed", from: start) }
            position += 1
            return token(.string, from: start)
        case UInt8(ascii: "."):
            if peek(1)?.isDigit == true { return try number() }
            position += 1
            return try name(.field, alone: .dot, from: start)
        case UInt8(ascii: "$"):
            position += 1
            return try name(.variable, alone: .variable, from: start)
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: ":"):
            guard peek(1) == UInt8(ascii: "=") else { throw error("unexpected ':', expected ':='", from: start) }
            position += 2
            return token(.symbol, from: start)
        default:
            if letterLength() > 0 { return try identifier() }
            if byte == UInt8(ascii: "(") { parentheses += 1 }
            if byte == UInt8(ascii: ")") {
                parentheses -= 1
                if parentheses < 0 { throw error("unmatched ')'", from: start) }
            }
            guard byte > 0x20, byte < 0x7F else { throw error("unexpected character in an action", from: start) }
            position += 1
            return token(.symbol, from: start)
        }
    }

    private mutating func identifier() throws(Finding) -> TemplateToken {
        var token = try name(.identifier, alone: .identifier, from: position)
        if token.text == "true" || token.text == "false" { token.kind = .boolean }
        if Self.keywords.contains(token.text) { token.kind = .keyword }
        return token
    }

    /// Reads the rest of a name. `alone` is the kind of the token without a name.
    private mutating func name(
        _ kind: TemplateToken.Kind, alone: TemplateToken.Kind, from start: Int
    ) throws(Finding) -> TemplateToken {
        let nameStart = position
        while letterLength() > 0 || peek()?.isDigit == true { position += max(1, letterLength()) }
        let terminators = Array(".,|:()".utf8)
        if let byte = peek(), !byte.isSpace, !terminators.contains(byte), !starts(with: "}}") {
            throw error("unexpected character after '\(token(kind, from: start).text)'", from: position)
        }
        return token(position == nameStart ? alone : kind, from: start)
    }

    private mutating func quoted(_ quote: UInt8) throws(Finding) -> TemplateToken {
        let start = position
        position += 1
        while let byte = peek(), byte != UInt8(ascii: "\n") {
            if byte == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "\n") { break }
            position += byte == UInt8(ascii: "\\") ? 2 : 1
            guard byte == quote else { continue }
            let token = token(quote == UInt8(ascii: "\"") ? .string : .character, from: start)
            let value = PromQLLiteral.string(token.text)
            guard let value, token.kind == .string || value.unicodeScalars.count == 1 else {
                throw error("invalid string \(token.text)", from: start)
            }
            return token
        }
        throw error("a string is not closed", from: start)
    }

    private mutating func number() throws(Finding) -> TemplateToken {
        let start = position
        if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
        while let byte = peek() {
            // A sign inside a number must follow its exponent.
            let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            guard byte.isNamePart || byte == UInt8(ascii: ".") || isSign else { break }
            position += 1
        }
        let token = token(.number, from: start)
        guard Self.isNumber(token.text) else { throw error("invalid number '\(token.text)'", from: start) }
        return token
    }

    private static func isNumber(_ text: String) -> Bool {
        var digits = text[...]
        if let sign = digits.first, sign == "+" || sign == "-" { digits.removeFirst() }
        guard let first = digits.utf8.first, first.isDigit || first == UInt8(ascii: ".") else { return false }
        if digits.last == "i" { return isImaginary(text, digits.dropLast()) }
        guard hasRightUnderscores(digits) else { return false }
        let lower = digits.replacing("_", with: "").lowercased()
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where lower.hasPrefix(prefix) {
            let rest = lower.dropFirst(2)
            return UInt64(rest, radix: radix) != nil || (radix == 16 && rest.contains("p") && Double(lower) != nil)
        }
        if lower.utf8.allSatisfy(\.isDigit) {
            return UInt64(lower, radix: lower.hasPrefix("0") && lower.utf8.count > 1 ? 8 : 10) != nil
        }
        return Double(lower)?.isFinite == true
    }

    /// Returns whether a text is an imaginary number of Go: `2i`, or `1+2i` with a real part.
    private static func isImaginary(_ text: String, _ digits: Substring) -> Bool {
        if digits.last != "i", isNumber(String(digits)) { return true }
        // The sign of an exponent does not separate two parts.
        return text.indices.dropFirst().contains { index in
            (text[index] == "+" || text[index] == "-") && isNumber(String(text[..<index]))
                && text[..<index].last != "i" && isNumber(String(text[index...].dropLast()))
        }
    }

    /// Returns whether each underscore is between digits. A prefix such as `0x` counts as a digit.
    private static func hasRightUnderscores(_ digits: Substring) -> Bool {
        let lower = digits.lowercased()
        let hasPrefix = ["0x", "0o", "0b"].contains { lower.hasPrefix($0) }
        let isHexadecimal = lower.hasPrefix("0x")
        var isAfterDigit = hasPrefix
        var isAfterUnderscore = false
        for byte in lower.utf8.dropFirst(hasPrefix ? 2 : 0) {
            let isDigit = byte.isDigit || (isHexadecimal && byte.hexadecimalValue != nil)
            if byte == UInt8(ascii: "_"), !isAfterDigit { return false }
            if byte != UInt8(ascii: "_"), !isDigit, isAfterUnderscore { return false }
            isAfterUnderscore = byte == UInt8(ascii: "_")
            isAfterDigit = isDigit
        }
        return !isAfterUnderscore
    }

    // MARK: Bytes

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private func starts(with text: String, ahead: Int = 0) -> Bool {
        position + ahead <= bytes.count && bytes[(position + ahead)...].starts(with: text.utf8)
    }

    /// Returns the length of the letter at the current position in bytes; 0 if there is none.
    private func letterLength() -> Int {
        guard let byte = peek() else { return 0 }
        if byte < 0x80 { return byte.isLetter ? 1 : 0 }
        guard let scalar = String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars.first,
            scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
        else { return 0 }
        return UTF8.width(scalar)
    }

    private func token(_ kind: TemplateToken.Kind, from start: Int) -> TemplateToken {
        let range = start..<min(position, bytes.count)
        return TemplateToken(kind: kind, text: String(decoding: bytes[range], as: UTF8.self), range: range)
    }

    private func error(_ message: String, from start: Int) -> Finding {
        Finding(.alertTemplate, start..<max(start, min(max(position, start + 1), bytes.count)), message)
    }
}
