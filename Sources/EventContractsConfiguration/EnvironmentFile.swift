import EventContracts

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The contents of a `.env` file: `NAME=value`, one on a line, by the grammar of python-dotenv.
///
/// Empty lines, and lines that begin with `#`, are ignored; `export ` may precede a name. A value in single quotes is
/// literal, except for `\\` and `\'`; in double quotes, `\n`, `\t`, `\"`, `\$` and the like are unescaped; both may span
/// several lines. Outside of quotes, ` #` begins a comment. The last of several lines for one name counts.
///
/// `${NAME}` and `${NAME:-default}` are expanded, except in single quotes: from the process's environment, else from the
/// lines above. A reference to a variable that is not set is a problem.
///
/// Unlike python-dotenv, a line that can't be read is a problem, a name alone included, and so is a quoted value that contains a line which sets
/// one of our variables: a quote is missing there, and the value would otherwise contain secrets of the next lines.
///
/// swift-configuration has a reader of its own. It takes a file with Windows line ends for a single line, keeps quotes as
/// part of a value, replaces invalid UTF-8, silently drops lines that it can't read, and reads a file of any kind and size
/// into memory.
struct EnvironmentFile {
    typealias Problem = ConfigurationError.Problem

    /// A value and the line of its name.
    struct Entry: Hashable {
        var value: String
        var line: Int
    }

    let path: String
    private(set) var entries: [String: Entry] = [:]
    /// The problems of the file or its lines. The values of other lines are read nevertheless.
    private(set) var problems: [Problem] = []
    /// Variables whose lines have problems.
    private(set) var invalidNames: Set<String> = []

    var values: [String: String] { entries.mapValues(\.value) }

    /// In bytes. A larger file does not contain settings.
    static let maximumSize = 1 << 20

    /// Reads a file.
    ///
    /// - Parameter environment: The variables that `${NAME}` refers to.
    init?(_ source: EnvironmentFileSource, environment: [String: String]) {
        switch source {
        case .none: return nil
        case .optional(let path): self.init(path: path, isRequired: false, environment: environment)
        case .required(let path): self.init(path: path, isRequired: true, environment: environment)
        }
    }

    private init(path: String, isRequired: Bool, environment: [String: String]) {
        self.path = path
        do throws(SystemCallError) {
            // Without waiting, in case it is a pipe without a writer.
            let file = try OpenFile(path: path, flags: O_RDONLY | O_NONBLOCK)
            let status = try file.status()
            guard status.isRegular else { throw SystemCallError(call: "open", code: EISDIR) }
            read(try Self.readAll(of: file), environment: environment)
        } catch {
            guard isRequired || error.code != ENOENT else { return }
            report(
                error.code == ENOENT
                    ? "no such file" : error.code == EISDIR ? "not a regular file" : "can't be read: \(error)")
        }
    }

    /// Reads a file's contents; the path is for the locations of problems.
    init(_ bytes: [UInt8], path: String, environment: [String: String] = [:]) {
        self.path = path
        read(bytes, environment: environment)
    }

    private mutating func read(_ bytes: [UInt8], environment: [String: String]) {
        guard bytes.count <= Self.maximumSize else {
            report("expected at most \(Self.maximumSize) bytes")
            return
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            report("expected UTF-8 without NUL bytes")
            return
        }
        var parser = EnvironmentFileParser(text, path: path, environment: environment)
        parser.parse()
        (entries, problems, invalidNames) = (parser.entries, parser.problems, parser.invalidNames)
    }

    private mutating func report(_ message: String) {
        problems.append(Problem(subject: path.isEmpty ? "environment file ''" : path, message: message))
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
}
