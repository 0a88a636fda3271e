import JSONTape

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The open end of a ``JSONLinesTransport``: knows how long its file is, and keeps half lines out of it.
struct JSONLinesOutput {
    let file: OpenFile
    /// The length of the file in bytes where it can be cut back to it: a regular file that is ours alone.
    private var length: Int?
    /// Whether the last line written was cut short and could not be taken back.
    private var endsInsideLine = false

    /// What is no regular file is not opened for reading: of a pipe, that would be a reader, and nobody would notice that
    /// there is no other.
    private static func open(_ path: String) throws(SystemCallError) -> OpenFile {
        var file: OpenFile? = try OpenFile(path: path, flags: O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK)
        if let file, try file.status().isRegular { return file }
        // Closed first, for else it would still be the pipe's reader.
        file = nil
        return try OpenFile(path: path, flags: O_WRONLY | O_APPEND | O_NONBLOCK)
    }

    /// Opens a destination, and notes the places that the lines in it take.
    init(_ destination: JSONLinesTransport.Destination, topics: inout TopicTable) throws(TransportError) {
        do throws(SystemCallError) {
            switch destination {
            // Emptied only after the lock is held.
            case .file(let path), .emptiedFile(let path): file = try Self.open(path)
            case .standardOutput: file = OpenFile(borrowing: STDOUT_FILENO)
            case .descriptor(let descriptor): file = OpenFile(borrowing: descriptor)
            }
            let status = try file.status()
            guard file.isOwned, status.isRegular else { return }
            if file.lock() {
                length = status.size
            } else if OpenFile.isLockedByOther {
                throw SystemCallError(call: "flock", code: EWOULDBLOCK)
            }
            if case .emptiedFile = destination {
                guard file.truncate(to: 0) else { throw .last("ftruncate") }
                if length != nil { length = 0 }
            } else {
                endsInsideLine = try Self.readLines(of: file, into: &topics)
            }
        } catch {
            throw TransportError(.inputOutput, "\(error)")
        }
    }

    /// Writes whole lines.
    ///
    /// - Parameter lineEnds: Where each line ends, in bytes from the text's start.
    /// - Returns: How many lines stand in the file, and what kept the others out.
    mutating func write(_ text: [UInt8], lineEnds: [Int]) -> (lines: Int, failure: SystemCallError?) {
        if endsInsideLine {
            let (written, failure) = file.write([UInt8(ascii: "\n")])
            if let failure { return (0, failure) }
            endsInsideLine = false
            length = length.map { $0 + written }
        }
        let (written, failure) = file.write(text)
        guard let failure else {
            length = length.map { $0 + written }
            return (lineEnds.count, nil)
        }
        let lines = lineEnds.prefix { $0 <= written }.count
        let whole = lines > 0 ? lineEnds[lines - 1] : 0
        if let before = length, file.truncate(to: before + whole) {
            length = before + whole
        } else {
            endsInsideLine = written > whole
            length = length.map { $0 + written }
        }
        return (lines, failure)
    }

    /// Reads the places that a file's lines take; lines that this transport did not write are passed over.
    ///
    /// - Returns: Whether the file's end is inside a line.
    private static func readLines(of file: OpenFile, into topics: inout TopicTable) throws(SystemCallError) -> Bool {
        var tape = JSONTape()
        var line: [UInt8] = []
        while true {
            let chunk = try file.read(upTo: 1 << 16)
            guard !chunk.isEmpty else { return !line.isEmpty }
            var rest = chunk[...]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                line += rest[..<end]
                notePlace(of: line, tape: &tape, topics: &topics)
                line.removeAll(keepingCapacity: true)
                rest = rest[(end + 1)...]
            }
            line += rest
        }
    }

    private static func notePlace(of line: [UInt8], tape: inout JSONTape, topics: inout TopicTable) {
        guard (try? tape.parse(line)) != nil,
            let topic = tape.member(named: "topic", of: .root), tape.kind(at: topic) == .string,
            let partition = tape.member(named: "partition", of: .root),
            let offset = tape.member(named: "offset", of: .root),
            let partitionNumber = tape.integer(at: partition), let offsetNumber = tape.integer(at: offset)
        else { return }
        topics.skip(topic: tape.string(at: topic), partition: partitionNumber, through: Int64(offsetNumber))
    }
}
