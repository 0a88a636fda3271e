import EventContracts

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads `.env` files: `NAME=value`, one on a line, as `python-dotenv` reads them.
///
/// Empty lines, and lines that begin with `#`, are passed over; `export ` may stand before a name. A value in single quotes
/// is taken as it stands; in double quotes, `\n`, `\t`, `\"` and `\\` are undone; outside of quotes, ` #` begins a comment.
/// The last of several lines for one name counts. `${NAME}` stands for itself: values do not refer to others.
///
/// swift-configuration has a reader of its own. This one stands before it because that one takes a file with Windows line
/// ends for a single line, keeps quotes as part of a value, replaces invalid UTF-8, drops lines that it can't read without
/// a word, and reads a file of any kind and size into memory.
enum EnvironmentFile {
    typealias Problem = ConfigurationError.Problem

    /// In bytes. No settings are this large: such a file is something else.
    static let maximumSize = 1 << 20

    /// Reads a file; one that does not exist is empty.
    static func read(path: String) throws(ConfigurationError) -> [String: String] {
        let bytes: [UInt8]
        do throws(SystemCallError) {
            // Without waiting, in case it is a pipe that nobody writes to.
            let file = try OpenFile(path: path, flags: O_RDONLY | O_NONBLOCK)
            let status = try file.status()
            guard status.isRegular else { throw SystemCallError(call: "open", code: EISDIR) }
            bytes = try readAll(of: file)
        } catch {
            if error.code == ENOENT { return [:] }
            let message = error.code == EISDIR ? "expected a regular file" : "expected a readable file: \(error)"
            throw ConfigurationError(problems: [Problem(subject: path, message: message)])
        }
        guard bytes.count <= maximumSize else {
            throw ConfigurationError(
                problems: [Problem(subject: path, message: "expected at most \(maximumSize) bytes")])
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationError(
                problems: [Problem(subject: path, message: "expected a text in UTF-8 without NUL bytes")])
        }
        return try parse(text, path: path)
    }

    private static func readAll(of file: OpenFile) throws(SystemCallError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count <= maximumSize {
            let chunk = try file.read(upTo: 1 << 16)
            guard !chunk.isEmpty else { break }
            bytes += chunk
        }
        return bytes
    }

    /// Reads the text of a file; the path is for what is said of its lines. No line's content is told: it may be a secret.
    static func parse(_ text: String, path: String) throws(ConfigurationError) -> [String: String] {
        var values: [String: String] = [:]
        var problems: [Problem] = []
        let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        for (position, line) in body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var rest = line.drop(while: \.isWhitespace)
            guard let first = rest.first, first != "#" else { continue }
            if rest.hasPrefix("export"), rest.dropFirst(6).first?.isWhitespace == true {
                rest = rest.dropFirst(6).drop(while: \.isWhitespace)
            }
            let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            let afterName = rest.dropFirst(name.count).drop(while: \.isWhitespace)
            if name.isEmpty || afterName.first != "=" {
                problems.append(Problem(subject: "\(path):\(position + 1)", message: "expected NAME=value"))
            } else if let value = value(afterName.dropFirst().drop(while: \.isWhitespace)) {
                values[String(name)] = value
            } else {
                problems.append(
                    Problem(
                        subject: "\(path):\(position + 1)",
                        message: "expected the quote after \(name)= to be closed, and nothing behind it"))
            }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return values
    }

    /// What a line says after the equals sign; `nil` where a quote is not closed.
    private static func value(_ text: Substring) -> String? {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            var end = text.startIndex
            var wasSpace = true
            while end < text.endIndex, !(text[end] == "#" && wasSpace) {
                wasSpace = text[end].isWhitespace
                end = text.index(after: end)
            }
            var value = text[..<end]
            while value.last?.isWhitespace == true { value.removeLast() }
            return String(value)
        }
        var value = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            if character == quote {
                let behind = rest.drop(while: \.isWhitespace)
                return behind.isEmpty || behind.first == "#" ? value : nil
            }
            guard character == "\\", quote == "\"", let escaped = rest.first else {
                value.append(character)
                continue
            }
            switch escaped {
            case "n": value.append("\n")
            case "t": value.append("\t")
            case "\"", "\\": value.append(escaped)
            default:
                value.append(character)
                continue
            }
            rest.removeFirst()
        }
        return nil
    }
}
