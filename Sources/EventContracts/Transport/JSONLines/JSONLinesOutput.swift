#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The open end of a ``JSONLinesTransport``.
///
/// Keeps half lines out of its file, and never relies on the file being as it was left: before and after each write, the
/// file is compared with its path, so that no line goes into a file without a name, or past the end of one that another
/// process has truncated.
struct JSONLinesOutput {
    /// The changes that other processes made to the file.
    struct Changes: Hashable, Sendable {
        /// The number of times that the file had been moved away.
        var moved = 0
        /// The number of times that the file had been removed or replaced, with its lines.
        var removed = 0
        /// The number of times that the file had become shorter.
        var truncated = 0

        /// Whether lines that were written are gone.
        var lostLines: Bool { removed > 0 || truncated > 0 }
    }

    /// The file's path; `nil` for a borrowed descriptor.
    private let path: String?
    /// Whether lines must be on the disk before a file is closed in favour of another.
    private let synchronizesReplacedFiles: Bool
    private var opened: JSONLinesFile
    private(set) var changes = Changes()

    /// Opens a destination, and notes the places that the lines in it take.
    init(
        _ destination: JSONLinesTransport.Destination, synchronizesReplacedFiles: Bool, topics: inout TopicTable
    ) throws(TransportError) {
        self.synchronizesReplacedFiles = synchronizesReplacedFiles
        do throws(SystemCallError) {
            switch destination {
            case .file(let path):
                self.path = path
                opened = try JSONLinesFile(path: path, topics: &topics)
            case .emptiedFile(let path):
                self.path = path
                opened = try JSONLinesFile(path: path, isEmptied: true, topics: &topics)
            case .standardOutput:
                path = nil
                opened = try JSONLinesFile(borrowing: STDOUT_FILENO)
            case .descriptor(let descriptor):
                path = nil
                opened = try JSONLinesFile(borrowing: descriptor)
            }
        } catch {
            throw TransportError(.inputOutput, "\(error)")
        }
    }

    /// Opens the path again where it leads to another file than before, or to none.
    ///
    /// - Throws: An error that is retriable: nothing has been written.
    mutating func refresh(topics: inout TopicTable) throws(TransportError) {
        try replaceFile(topics: &topics, failure: .unavailable)
        do throws(SystemCallError) {
            if path != nil, try opened.refresh() { changes.truncated += 1 }
        } catch {
            throw TransportError(.unavailable, "\(error)")
        }
    }

    /// Opens the path again, and forgets the changes made so far.
    mutating func reopen(topics: inout TopicTable) throws(TransportError) {
        try replaceFile(topics: &topics, failure: .inputOutput)
        changes = Changes()
    }

    /// Opens the path again where it leads to another file, and counts the change. The old file stays open until the new
    /// one is open; if that fails, the next write tries again.
    ///
    /// Only a start opens a device or a pipe: in place of a file, it would discard records that are then acknowledged.
    private mutating func replaceFile(
        topics: inout TopicTable, failure kind: TransportError.Kind
    ) throws(TransportError) {
        guard let path, FileStatus.Identity(path: path) != opened.identity else { return }
        do throws(SystemCallError) {
            let isRemoved = try opened.hasLostItsName()
            if synchronizesReplacedFiles { try opened.file.synchronize() }
            let next = try JSONLinesFile(path: path, topics: &topics)
            if next.isRegular || !opened.isRegular {
                opened = next
                if isRemoved { changes.removed += 1 } else { changes.moved += 1 }
                return
            }
        } catch {
            throw TransportError(kind, "the file can't be opened again: \(error)")
        }
        throw TransportError(kind, "the path leads to a device or a pipe in place of the file")
    }

    /// Writes whole lines.
    ///
    /// - Parameter lineEnds: Where each line ends, in bytes from the text's start.
    /// - Returns: How many lines the file holds, and the reason why it does not hold the others.
    mutating func write(_ text: [UInt8], lineEnds: [Int]) -> (lines: Int, failure: TransportError?) {
        let (lines, failure) = opened.write(text, lineEnds: lineEnds)
        do throws(SystemCallError) {
            guard lines > 0, let path else { return (lines, failure.map { TransportError(.inputOutput, "\($0)") }) }
            let end = lineEnds[lines - 1]
            // A file that was moved away has kept the lines, and one without a name has lost them.
            let isMoved = FileStatus.Identity(path: path) != opened.identity
            let isRemoved = isMoved ? try opened.hasLostItsName() : false
            let isKept = try opened.keeps(text[..<end])
            if isRemoved || !isKept {
                return (0, TransportError(.unavailable, "the file was removed or truncated while it was written"))
            }
        } catch {
            return (0, TransportError(.inputOutput, "\(error)"))
        }
        return (lines, failure.map { TransportError(.inputOutput, "\($0)") })
    }

    /// Waits until the lines are on the disk.
    func synchronize() throws(TransportError) {
        do { try opened.file.synchronize() } catch { throw TransportError(.inputOutput, "\(error)") }
    }
}
