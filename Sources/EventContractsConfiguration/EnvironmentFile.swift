import EventContracts

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads `.env` files: `NAME=value`, one on a line, by the grammar of python-dotenv.
///
/// Empty lines, and lines that begin with `#`, are passed over; `export ` may stand before a name. A value in single quotes
/// is taken as it stands, but for `\\` and `\'`; in double quotes, `\n`, `\t`, `\"` and the like are undone; either may go over
/// several lines. Outside of quotes, ` #` begins a comment. The last of several lines for one name counts.
///
/// Unlike there, `${NAME}` stands for itself, for passwords may hold it; and a line that can't be read is a problem, where
/// python-dotenv leaves it out.
///
/// swift-configuration has a reader of its own. This one stands before it because that one takes a file with Windows line
/// ends for a single line, keeps quotes as part of a value, replaces invalid UTF-8, drops lines that it can't read without
/// a word, and reads a file of any kind and size into memory.
struct EnvironmentFile {
    typealias Problem = ConfigurationError.Problem

    private(set) var values: [String: String] = [:]
    /// What is wrong with the file, or its lines. The other lines' values are there all the same.
    private(set) var problems: [Problem] = []

    /// In bytes. No settings are this large: such a file is something else.
    static let maximumSize = 1 << 20

    /// Reads a file; one that does not exist is empty.
    init(path: String) {
        let bytes: [UInt8]
        do throws(SystemCallError) {
            // Without waiting, in case it is a pipe that nobody writes to.
            let file = try OpenFile(path: path, flags: O_RDONLY | O_NONBLOCK)
            let status = try file.status()
            guard status.isRegular else { throw SystemCallError(call: "open", code: EISDIR) }
            bytes = try Self.readAll(of: file)
        } catch {
            guard error.code != ENOENT else { return }
            let message = error.code == EISDIR ? "expected a regular file" : "expected a readable file: \(error)"
            problems = [Problem(subject: path, message: message)]
            return
        }
        read(bytes, path: path)
    }

    /// Reads a file's contents; the path is for what is said of them.
    init(_ bytes: [UInt8], path: String) {
        read(bytes, path: path)
    }

    private mutating func read(_ bytes: [UInt8], path: String) {
        guard bytes.count <= Self.maximumSize else {
            problems = [Problem(subject: path, message: "expected at most \(Self.maximumSize) bytes")]
            return
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            problems = [Problem(subject: path, message: "expected a text in UTF-8 without NUL bytes")]
            return
        }
        var parser = EnvironmentFileParser(text, path: path)
        parser.parse()
        (values, problems) = (parser.values, parser.problems)
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
