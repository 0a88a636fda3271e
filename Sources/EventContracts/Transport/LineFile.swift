#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that whole lines are appended to.
struct LineFile {
    private let descriptor: Int32
    private let isOwned: Bool
    private let isRegular: Bool
    /// Whether `print` writes to the same place, through a buffer of its own.
    private let isShared: Bool
    /// A line was cut short and could not be taken back: the next one starts with a line break.
    private var isMidLine = false

    /// Opens a file for appending, and makes it where it is missing.
    init(appendingTo path: String) throws(TransportError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.error("can't open \(path)", errno) }
        self.init(descriptor, isOwned: true)
    }

    /// Takes a descriptor that stays its owner's to close.
    init(descriptor: Int32) {
        self.init(descriptor, isOwned: false)
    }

    private init(_ descriptor: Int32, isOwned: Bool) {
        self.descriptor = descriptor
        self.isOwned = isOwned
        var status = stat()
        isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        isShared = descriptor == STDOUT_FILENO
    }

    /// Appends a line and its line break: all of it, or nothing that a reader would take for a line.
    mutating func append(_ line: [UInt8]) throws(TransportError) {
        // What was printed before this line shall stand before it.
        if isShared { fflush(nil) }
        var bytes = line
        if isMidLine { bytes.insert(UInt8(ascii: "\n"), at: 0) }
        bytes.append(UInt8(ascii: "\n"))
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                posixWrite(descriptor, UnsafeRawBufferPointer(rebasing: $0[written...]))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                takeBack(written)
                throw Self.error("can't write", code)
            }
            written += count
        }
        isMidLine = false
    }

    private mutating func takeBack(_ count: Int) {
        guard count > 0 else { return }
        var status = stat()
        if isRegular, fstat(descriptor, &status) == 0, ftruncate(descriptor, status.st_size - off_t(count)) == 0 {
            return
        }
        isMidLine = true
    }

    /// Returns when what was written is on the disk. A pipe or a terminal has none.
    func synchronize() throws(TransportError) {
        guard isRegular else { return }
        while fsync(descriptor) != 0 {
            if errno == EINTR { continue }
            throw Self.error("can't synchronize", errno)
        }
    }

    func closeFile() {
        if isOwned { close(descriptor) }
    }

    private static func error(_ what: String, _ code: Int32) -> TransportError {
        let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        return TransportError(.inputOutput, "\(what): \(reason)")
    }
}

/// `write` with a pipe's broken end as an error, and not as a signal that ends the program.
private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
    _ = fcntl(descriptor, F_SETNOSIGPIPE, 1)
    return write(descriptor, bytes.baseAddress, bytes.count)
    #else
    // The signal is held back in this thread alone, and taken away if it came.
    var pipeSignal = sigset_t()
    sigemptyset(&pipeSignal)
    sigaddset(&pipeSignal, SIGPIPE)
    var previous = sigset_t()
    pthread_sigmask(SIG_BLOCK, &pipeSignal, &previous)
    let count = write(descriptor, bytes.baseAddress, bytes.count)
    let code = errno
    if count < 0, code == EPIPE {
        var noWait = timespec()
        _ = sigtimedwait(&pipeSignal, nil, &noWait)
    }
    pthread_sigmask(SIG_SETMASK, &previous, nil)
    errno = code
    return count
    #endif
}
