/// Splits PromQL into words.
struct Lexer {
    private let bytes: [UInt8]
    private var position = 0
    /// Within braces `:` is no part of a name; within brackets it stands for itself.
    private var braces = 0
    private var brackets = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    static func tokens(of text: String) throws(PromQLError) -> [Token] {
        var lexer = Lexer(text)
        var tokens: [Token] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private func text(from start: Int) -> String {
        String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func error(_ message: String, from start: Int) -> PromQLError {
        PromQLError(.syntax, message, at: start..<max(position, min(start + 1, bytes.count)))
    }

    private mutating func next() throws(PromQLError) -> Token {
        skipBlanks()
        let start = position
        guard let byte = peek() else { return Token(kind: .end, text: "", range: start..<start) }
        if Self.isLetter(byte) || byte == UInt8(ascii: ":") && brackets == 0 && braces == 0 {
            return identifier()
        }
        if Self.isDigit(byte) || byte == UInt8(ascii: ".") && Self.isDigit(peek(1) ?? 0) {
            return try number()
        }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
            return try string()
        case UInt8(ascii: "{"): braces += 1
        case UInt8(ascii: "}"): braces -= 1
        case UInt8(ascii: "["): brackets += 1
        case UInt8(ascii: "]"): brackets -= 1
        default: break
        }
        return try sign()
    }

    private mutating func skipBlanks() {
        while let byte = peek() {
            if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
                position += 1
            } else if byte == UInt8(ascii: "#") {
                while let byte = peek(), byte != 0x0A, byte != 0x0D { position += 1 }
            } else {
                return
            }
        }
    }

    private mutating func identifier() -> Token {
        let start = position
        while let byte = peek(),
            Self.isLetter(byte) || Self.isDigit(byte)
                || byte == UInt8(ascii: ":") && brackets == 0 && braces == 0
        {
            position += 1
        }
        let text = text(from: start)
        // Numbers that are written as words; within braces they are labels.
        if braces == 0 {
            if text.lowercased() == "inf" {
                return Token(kind: .number(.infinity), text: text, range: start..<position)
            }
            if text.lowercased() == "nan" { return Token(kind: .number(.nan), text: text, range: start..<position) }
        }
        return Token(kind: .identifier, text: text, range: start..<position)
    }

    private mutating func sign() throws(PromQLError) -> Token {
        let start = position
        let two = peek(1).map { String(decoding: [bytes[start], $0], as: UTF8.self) } ?? ""
        if ["==", "!=", "=~", "!~", "<=", ">="].contains(two) {
            position += 2
        } else if "(){}[],+-*/%^=<>@:".utf8.contains(bytes[start]) {
            position += 1
        } else {
            // Whole characters, not single bytes of one.
            position += 1
            while let byte = peek(), byte & 0xC0 == 0x80 { position += 1 }
            throw error("unexpected character '\(text(from: start))'", from: start)
        }
        return Token(kind: .sign, text: text(from: start), range: start..<position)
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    // MARK: Numbers and durations

    private mutating func number() throws(PromQLError) -> Token {
        let start = position
        while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) || byte == UInt8(ascii: ".") {
            position += 1
            // The sign of an exponent belongs to the number, but not after a hexadecimal digit.
            if byte | 0x20 == UInt8(ascii: "e"), let sign = peek(), "+-".utf8.contains(sign), !isHexadecimal(start),
                Self.isDigit(peek(1) ?? 0)
            {
                position += 1
            }
        }
        let text = text(from: start)
        if let value = Self.number(text) { return Token(kind: .number(value), text: text, range: start..<position) }
        if let milliseconds = Self.milliseconds(text) {
            return Token(kind: .duration(milliseconds), text: text, range: start..<position)
        }
        throw PromQLError(
            .syntax, "'\(text)' is neither a number nor a length of time",
            hint: "expected 1.5, 1e3, 0x1F, or 1h30m with the larger units first", at: start..<position)
    }

    private func isHexadecimal(_ start: Int) -> Bool {
        bytes[start] == UInt8(ascii: "0") && start + 1 < bytes.count && bytes[start + 1] | 0x20 == UInt8(ascii: "x")
    }

    static func number(_ text: String) -> Double? {
        let lower = text.lowercased()
        if lower.hasPrefix("0x") {
            return UInt64(lower.dropFirst(2), radix: 16).map(Double.init)
        }
        // Go reads a leading zero as octal, and where that fails, as a decimal.
        if lower.count > 1, lower.hasPrefix("0"), lower.utf8.allSatisfy(isDigit), let octal = UInt64(lower, radix: 8) {
            return Double(octal)
        }
        guard lower.utf8.allSatisfy({ isDigit($0) || ".e+-".utf8.contains($0) }) else { return nil }
        let text = lower.hasPrefix(".") ? "0" + lower : lower.hasSuffix(".") ? lower + "0" : lower
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    /// `1h30m`: each unit at most once, the larger first. `nil` for what is none, or too long.
    static func milliseconds(_ text: String) -> Int? {
        let units = [
            ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
            ("ms", 1),
        ]
        var rest = text[...]
        var next = 0
        var total = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let unit = rest.dropFirst(digits.count).prefix { $0.isASCII && $0.isLetter }
            guard let count = Int(digits), let index = units.firstIndex(where: { $0.0 == unit }), index >= next else {
                return nil
            }
            let (product, overflows) = count.multipliedReportingOverflow(by: units[index].1)
            let (sum, sumOverflows) = total.addingReportingOverflow(product)
            // Prometheus counts nanoseconds in 64 bits.
            if overflows || sumOverflows || sum > Int(Int64.max / 1_000_000) { return nil }
            total = sum
            next = index + 1
            rest = rest.dropFirst(digits.count + unit.count)
        }
        return text.isEmpty ? nil : total
    }

    // MARK: Strings

    private mutating func string() throws(PromQLError) -> Token {
        let start = position
        let quote = bytes[start]
        position += 1
        var value: [UInt8] = []
        while let byte = peek(), byte != quote {
            if byte == UInt8(ascii: "\n"), quote != UInt8(ascii: "`") { break }
            position += 1
            if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") {
                value += try escape(quote)
            } else {
                value.append(byte)
            }
        }
        guard peek() == quote else { throw error("the string does not end", from: start) }
        position += 1
        return Token(
            kind: .string(String(decoding: value, as: UTF8.self)), text: text(from: start), range: start..<position)
    }

    /// The bytes that an escape stands for (Go's, as the language's own are).
    private mutating func escape(_ quote: UInt8) throws(PromQLError) -> [UInt8] {
        let start = position - 1
        guard let byte = peek() else { throw error("the string does not end", from: start) }
        position += 1
        let simple: [UInt8: UInt8] = [
            UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
            UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): 92, quote: quote,
        ]
        if let value = simple[byte] { return [value] }
        let (count, radix): (Int, Int)
        switch byte {
        case UInt8(ascii: "x"): (count, radix) = (2, 16)
        case UInt8(ascii: "u"): (count, radix) = (4, 16)
        case UInt8(ascii: "U"): (count, radix) = (8, 16)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            position -= 1
            (count, radix) = (3, 8)
        default: throw error("the string holds an escape that there is not", from: start)
        }
        let digits = String(decoding: bytes[position..<min(position + count, bytes.count)], as: UTF8.self)
        guard digits.utf8.count == count, let value = UInt32(digits, radix: radix) else {
            throw error("the string holds an escape that is cut short", from: start)
        }
        position += count
        if count < 4 {
            guard value < 256 else { throw error("the string holds an escape beyond a byte", from: start) }
            return [UInt8(value)]
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw error("the string holds an escape that is no character", from: start)
        }
        return Array(String(Character(scalar)).utf8)
    }
}
