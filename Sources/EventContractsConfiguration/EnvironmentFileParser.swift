import EventContracts

/// Reads the text of a `.env` file, by the grammar of python-dotenv.
struct EnvironmentFileParser {
    private let scalars: [Unicode.Scalar]
    private let path: String
    private var position = 0
    private var line = 1

    private(set) var values: [String: String] = [:]
    private(set) var problems: [ConfigurationError.Problem] = []

    /// - Parameter path: For what is said of lines. No line's content is told: it may be a secret.
    init(_ text: String, path: String) {
        let scalars = Array(text.unicodeScalars)
        self.scalars = scalars.first == "\u{FEFF}" ? Array(scalars.dropFirst()) : scalars
        self.path = path
    }

    mutating func parse() {
        while true {
            skip(where: \.properties.isWhitespace)
            guard next != nil else { return }
            let start = line
            if let problem = readBinding() {
                problems.append(ConfigurationError.Problem(subject: "\(path):\(start)", message: problem))
                skip { !$0.isLineEnd }
            }
        }
    }

    // MARK: Lines

    /// Reads `NAME=value` with what may stand around it; returns what was expected where it is something else.
    private mutating func readBinding() -> String? {
        skipExport()
        if next == "#" {
            skip { !$0.isLineEnd }
            return nil
        }
        guard let name = readName() else { return "expected NAME=value" }
        skip(where: \.isSpace)
        // A name alone sets nothing.
        var value: String?
        if next == "=" {
            position += 1
            skip(where: \.isSpace)
            guard let read = readValue() else { return "expected the quote after \(name)= to be closed" }
            value = read
        }
        skip(where: \.isSpace)
        if next == "#" { skip { !$0.isLineEnd } }
        guard next.map(\.isLineEnd) ?? true else {
            return value == nil ? "expected NAME=value" : "expected nothing behind the quoted value of \(name)"
        }
        if let value { values[name] = value }
        return nil
    }

    private mutating func skipExport() {
        let word = Array("export".unicodeScalars)
        guard scalars[position...].starts(with: word), let behind = scalar(at: position + word.count), behind.isSpace
        else { return }
        position += word.count
        skip(where: \.isSpace)
    }

    private mutating func readName() -> String? {
        if next == "'" {
            let start = (position, line)
            position += 1
            let name = take { $0 != "'" }
            guard next == "'", !name.isEmpty else {
                (position, line) = start
                return nil
            }
            position += 1
            return name
        }
        let name = take { $0 != "=" && $0 != "#" && !$0.properties.isWhitespace }
        return name.isEmpty ? nil : name
    }

    // MARK: Values

    /// `nil` where a quote is not closed.
    private mutating func readValue() -> String? {
        switch next {
        case "'": return readQuoted(by: "'", escapes: ["\\": "\\", "'": "'"])
        case "\"":
            return readQuoted(
                by: "\"",
                escapes: [
                    "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r",
                    "t": "\t", "v": "\u{B}",
                ])
        default: return readPlain()
        }
    }

    /// A value in quotes, which may go over several lines. Where none but an escaped quote could close it, the last of
    /// those does: `'C:\'`.
    private mutating func readQuoted(
        by quote: Unicode.Scalar, escapes: [Unicode.Scalar: Unicode.Scalar]
    ) -> String? {
        let start = (position, line)
        var value: [Unicode.Scalar] = []
        var lastEscapedQuote: (length: Int, position: Int, line: Int)?
        position += 1
        while let scalar = next {
            if scalar == quote {
                position += 1
                return String(String.UnicodeScalarView(value))
            }
            if scalar == "\\", let escaped = self.scalar(at: position + 1).flatMap({ escapes[$0] }) {
                if escaped == quote { lastEscapedQuote = (value.count, position + 2, line) }
                value.append(escaped)
                position += 2
            } else {
                value.append(scalar)
                step()
            }
        }
        guard let end = lastEscapedQuote else {
            (position, line) = start
            return nil
        }
        (position, line) = (end.position, end.line)
        return String(String.UnicodeScalarView(value.prefix(end.length) + ["\\"]))
    }

    /// What stands up to the line's end, or up to a space and `#`, which begin a comment.
    private mutating func readPlain() -> String {
        var value: [Unicode.Scalar] = []
        while let scalar = next, !scalar.isLineEnd {
            if scalar == "#", value.last?.properties.isWhitespace == true { break }
            value.append(scalar)
            position += 1
        }
        while value.last?.properties.isWhitespace == true { value.removeLast() }
        return String(String.UnicodeScalarView(value))
    }

    // MARK: Scalars

    private var next: Unicode.Scalar? { scalar(at: position) }

    private func scalar(at position: Int) -> Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    /// Steps over one scalar, and counts the lines: a carriage return and line feed together end one.
    private mutating func step() {
        let scalar = scalars[position]
        position += 1
        if scalar == "\n" || scalar == "\r" && next != "\n" { line += 1 }
    }

    private mutating func skip(where isSkipped: (Unicode.Scalar) -> Bool) {
        while let scalar = next, isSkipped(scalar) { step() }
    }

    private mutating func take(while isTaken: (Unicode.Scalar) -> Bool) -> String {
        let start = position
        skip(where: isTaken)
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }
}

extension Unicode.Scalar {
    fileprivate var isLineEnd: Bool { self == "\n" || self == "\r" }
    /// White space within a line.
    fileprivate var isSpace: Bool { properties.isWhitespace && !isLineEnd }
}
