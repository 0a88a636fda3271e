#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An open file of JSON lines, and its end as this transport last saw it.
struct JSONLinesFile {
    let file: OpenFile
    let identity: FileStatus.Identity
    /// Whether the file keeps what is written; a pipe or a device does not.
    let isRegular: Bool
    /// In bytes; of a regular file alone.
    private var size: Int
    /// Whether a line that was cut short may be cut off: of a regular file whose lock is held.
    private var isCuttable = false
    /// Whether the last line has no end.
    private var endsInsideLine = false

    /// Opens a file and takes its lock, or a pipe or device.
    ///
    /// - Throws: `EWOULDBLOCK` where the lock is held by another.
    init(path: String, isEmptied: Bool = false, topics: inout TopicTable) throws(SystemCallError) {
        (file, isCuttable) = try Self.openLocked(path)
        if try file.status().isRegular {
            // Emptied only now that the lock is held.
            if isEmptied, !file.truncate(to: 0) { throw .last("ftruncate") }
            endsInsideLine = try JSONLinesHistory.read(file, into: &topics)
        }
        let status = try file.status()
        (identity, isRegular, size) = (status.identity, status.isRegular, status.size)
    }

    /// Uses a descriptor that stays open, and that others may write to as well.
    init(borrowing descriptor: Int32) throws(SystemCallError) {
        file = OpenFile(borrowing: descriptor)
        let status = try file.status()
        (identity, isRegular, size) = (status.identity, status.isRegular, status.size)
    }

    /// Opens a path's file and locks it. Another process could move the file away between the two: then the next is tried.
    private static func openLocked(_ path: String) throws(SystemCallError) -> (file: OpenFile, isLocked: Bool) {
        for _ in 0..<16 {
            let file = try open(path)
            let status = try file.status()
            guard status.isRegular else { return (file, false) }
            let isLocked = try file.lock()
            if FileStatus.Identity(path: path) == status.identity { return (file, isLocked) }
        }
        throw SystemCallError(call: "open", code: ESTALE)
    }

    /// Opens a file. Only regular files are opened for reading: opening a pipe would add a reader, which would hide
    /// that there is no other.
    private static func open(_ path: String) throws(SystemCallError) -> OpenFile {
        var file: OpenFile? = try OpenFile(path: path, flags: O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK)
        if let file, try file.status().isRegular { return file }
        // Closed first, for else it would still be the pipe's reader.
        file = nil
        return try OpenFile(path: path, flags: O_WRONLY | O_APPEND | O_NONBLOCK)
    }

    /// Returns whether no path leads to the file any more.
    func hasLostItsName() throws(SystemCallError) -> Bool {
        let status = try file.status()
        return status.isRegular && status.linkCount == 0
    }

    /// Looks at the file's end again, which another process may have changed.
    ///
    /// - Returns: Whether the file has become shorter.
    mutating func refresh() throws(SystemCallError) -> Bool {
        let status = try file.status()
        guard status.isRegular, status.size != size else { return false }
        let isShorter = status.size < size
        size = status.size
        let last = size > 0 ? try file.read(1, at: size - 1) : []
        endsInsideLine = !last.isEmpty && last != [UInt8(ascii: "\n")]
        return isShorter
    }

    /// Writes whole lines.
    ///
    /// - Parameter lineEnds: Where each line ends, in bytes from the text's start.
    /// - Returns: How many lines were written, and the reason why the others were not.
    mutating func write(_ text: [UInt8], lineEnds: [Int]) -> (lines: Int, failure: SystemCallError?) {
        if endsInsideLine {
            let (written, failure) = file.write([UInt8(ascii: "\n")])
            if let failure { return (0, failure) }
            endsInsideLine = false
            size += written
        }
        let (written, failure) = file.write(text)
        guard let failure else {
            size += text.count
            return (lineEnds.count, nil)
        }
        let lines = lineEnds.prefix { $0 <= written }.count
        let whole = lines > 0 ? lineEnds[lines - 1] : 0
        cutOff(written: written, whole: whole)
        return (lines, failure)
    }

    /// Removes what was written of a line, or notes that the next one must start on a line of its own.
    private mutating func cutOff(written: Int, whole: Int) {
        // A size that is not the sum says that another process has changed the file: cutting it could extend it.
        let isAlone = (try? file.status().size) == size + written
        if isCuttable, isAlone, file.truncate(to: size + whole) {
            size += whole
        } else {
            size += written
            endsInsideLine = written > whole
        }
    }

    /// Returns whether the file still ends with lines that were just written, or has grown since.
    func keeps(_ text: ArraySlice<UInt8>) throws(SystemCallError) -> Bool {
        let status = try file.status()
        guard status.isRegular, status.size < size else { return true }
        guard status.size >= text.count else { return false }
        return try file.read(text.count, at: status.size - text.count)[...] == text
    }
}
