import EventContracts
import KafkaSettings
import StringFormats

/// A parser of the text of an ``EnvironmentFile``.
struct EnvironmentFileParser {
    private let path: String
    private let environment: [String: String]
    private var scanner: EnvironmentFileScanner
    /// The characters that references may still expand to, so that a small file can't fill the memory.
    private var expansionBudget = EnvironmentFile.maximumSize

    private(set) var entries: [String: EnvironmentFile.Entry] = [:]
    private(set) var problems: [ConfigurationError.Problem] = []
    private(set) var invalidNames: Set<String> = []

    /// - Parameter path: For the locations of problems. No problem quotes a line's content: it may be a secret.
    init(_ text: String, path: String, environment: [String: String]) {
        scanner = EnvironmentFileScanner(text)
        self.path = path
        self.environment = environment
    }

    mutating func parse() {
        while true {
            scanner.skip(where: \.properties.isWhitespace)
            guard scanner.next != nil else { return }
            let start = scanner.line
            do throws(Problem) {
                try readBinding()
            } catch {
                problems.append(ConfigurationError.Problem(subject: "\(path):\(start)", message: error.message))
                scanner.skip { !$0.isLineEnd }
            }
        }
    }

    private struct Problem: Error {
        var message: String

        init(_ message: String) { self.message = message }
    }

    // MARK: Lines

    /// Reads `NAME=value` and what may surround it.
    private mutating func readBinding() throws(Problem) {
        scanner.skipExport()
        if scanner.next == "#" {
            scanner.skip { !$0.isLineEnd }
            return
        }
        let line = scanner.line
        guard let name = scanner.readName() else { throw Problem("expected NAME=value") }
        do throws(Problem) {
            entries[name] = EnvironmentFile.Entry(value: try readAssignedValue(), line: line)
        } catch {
            invalidNames.insert(name.uppercased())
            throw error
        }
    }

    /// Reads `=value` to the end of the line.
    private mutating func readAssignedValue() throws(Problem) -> String {
        scanner.skip(where: \.isSpace)
        guard scanner.next == "=" else { throw Problem("expected NAME=value") }
        scanner.step()
        scanner.skip(where: \.isSpace)
        let value = try readValue()
        scanner.skip(where: \.isSpace)
        if scanner.next == "#" { scanner.skip { !$0.isLineEnd } }
        guard scanner.next.map(\.isLineEnd) ?? true else {
            throw Problem("expected the end of the line after the closing quote")
        }
        return value
    }

    // MARK: Values

    private mutating func readValue() throws(Problem) -> String {
        switch scanner.next {
        case "'": try readQuoted(by: "'", escapes: ["\\": "\\", "'": "'"])
        case "\"": try readQuoted(by: "\"", escapes: Self.doubleQuotedEscapes)
        default: try readPlain()
        }
    }

    private static let doubleQuotedEscapes: [Unicode.Scalar: Unicode.Scalar] = [
        "\\": "\\", "'": "'", "\"": "\"", "$": "$", "a": "\u{7}", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r",
        "t": "\t", "v": "\u{B}",
    ]

    /// Reads a value in quotes, which may span several lines. Where only an escaped quote could close it, the last of
    /// those does: `'C:\'`.
    private mutating func readQuoted(
        by quote: Unicode.Scalar, escapes: [Unicode.Scalar: Unicode.Scalar]
    ) throws(Problem) -> String {
        let start = scanner
        var value = ValueBuffer()
        var lastEscapedQuote: (length: Int, problem: Problem?, end: EnvironmentFileScanner)?
        scanner.step()
        while let scalar = scanner.next {
            if scalar == quote {
                scanner.step()
                return try checked(value)
            }
            if scalar == "\\", let escaped = scanner.scalar(after: 1).flatMap({ escapes[$0] }) {
                scanner.step(by: 2)
                if escaped == quote { lastEscapedQuote = (value.scalars.count, value.problem, scanner) }
                value.scalars.append(escaped)
            } else if quote == "\"", scalar == "$", scanner.scalar(after: 1) == "{" {
                readReference(into: &value)
            } else {
                value.scalars.append(scalar)
                scanner.step()
            }
        }
        guard let last = lastEscapedQuote else {
            scanner = start
            throw Problem("expected a closing quote")
        }
        scanner = last.end
        return try checked(ValueBuffer(scalars: value.scalars.prefix(last.length) + ["\\"], problem: last.problem))
    }

    /// Reads the rest of the line, up to a space and `#`, which begin a comment.
    private mutating func readPlain() throws(Problem) -> String {
        var value = ValueBuffer()
        while let scalar = scanner.next, !scalar.isLineEnd {
            if scalar == "#", value.scalars.last?.properties.isWhitespace == true { break }
            if scalar == "$", scanner.scalar(after: 1) == "{" {
                readReference(into: &value)
            } else {
                value.scalars.append(scalar)
                scanner.step()
            }
        }
        while value.scalars.last?.properties.isWhitespace == true { value.scalars.removeLast() }
        return try checked(value)
    }

    /// A value that is being read, and the first problem of its references.
    private struct ValueBuffer {
        var scalars: [Unicode.Scalar] = []
        var problem: Problem?

        var text: String { String(String.UnicodeScalarView(scalars)) }
    }

    private static let ownPrefixes = EnvironmentVariable.prefixes + [EncryptionKeyFormat.variablePrefix]

    private func checked(_ value: ValueBuffer) throws(Problem) -> String {
        if let problem = value.problem { throw problem }
        let text = value.text
        // After the first line: the value itself may well begin like this.
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).dropFirst() {
            var line = EnvironmentFileScanner(String(line))
            line.skip(where: \.properties.isWhitespace)
            line.skipExport()
            guard let name = line.readName()?.uppercased() else { continue }
            line.skip(where: \.isSpace)
            if line.next == "=", Self.ownPrefixes.contains(where: name.hasPrefix) {
                throw Problem("the quoted value contains a line that sets a variable; a closing quote is missing")
            }
        }
        return text
    }

    // MARK: References

    private static let literalHint = "; write the value in single quotes for a literal '${'"

    /// Reads `${NAME}` or `${NAME:-default}` and appends the value. No problem names the variable: a password may contain
    /// `${`.
    private mutating func readReference(into value: inout ValueBuffer) {
        scanner.step(by: 2)
        let name = scanner.take { $0.isASCII && ($0.properties.isAlphabetic || "0" <= $0 && $0 <= "9" || $0 == "_") }
        var fallback: String?
        if scanner.next == ":", scanner.scalar(after: 1) == "-" {
            scanner.step(by: 2)
            fallback = scanner.take { $0 != "}" && $0 != "$" && !$0.isLineEnd }
        }
        guard !name.isEmpty, scanner.next == "}" else {
            value.problem = value.problem ?? Problem("expected ${NAME} or ${NAME:-default}" + Self.literalHint)
            return
        }
        scanner.step()
        var found = environment[name].flatMap { $0.isEmpty ? nil : $0 } ?? entries[name]?.value
        if let fallback, found?.isEmpty ?? true { found = fallback }
        guard let found else {
            value.problem = value.problem ?? Problem("${NAME} refers to a variable that is not set" + Self.literalHint)
            return
        }
        expansionBudget -= found.unicodeScalars.count
        guard expansionBudget >= 0 else {
            value.problem = value.problem ?? Problem("expected ${NAME} to expand to less text")
            return
        }
        value.scalars += found.unicodeScalars
    }
}
