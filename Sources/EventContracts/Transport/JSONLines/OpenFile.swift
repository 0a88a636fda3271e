#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A call of the operating system that failed.
package struct SystemCallError: Error, Hashable, Sendable {
    package let call: String
    package let code: Int32

    package init(call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    /// Returns the error of the call that has just failed.
    static func last(_ call: String) -> SystemCallError {
        SystemCallError(call: call, code: errno)
    }
}

extension SystemCallError: CustomStringConvertible {
    package var description: String {
        if call == "flock", code == EWOULDBLOCK { return "another process, or another transport, has the file open" }
        guard let text = strerror(code) else { return "\(call): error \(code)" }
        return "\(call): \(String(cString: text))"
    }
}

/// A file descriptor: an owned one, which is closed at the end, or a borrowed one.
package final class OpenFile: Sendable {
    let descriptor: Int32
    let isOwned: Bool

    /// Opens a file; the descriptor is not passed on to child processes.
    package init(path: String, flags: Int32) throws(SystemCallError) {
        guard !path.utf8.contains(0) else { throw SystemCallError(call: "open", code: EINVAL) }
        var opened: Int32
        repeat { opened = open(path, flags | O_CLOEXEC, 0o644) } while opened < 0 && errno == EINTR
        guard opened >= 0 else { throw .last("open") }
        descriptor = opened
        isOwned = true
    }

    init(borrowing descriptor: Int32) {
        self.descriptor = descriptor
        isOwned = false
        #if canImport(Darwin)
        _ = fcntl(descriptor, F_SETNOSIGPIPE, 1)
        #endif
    }

    deinit {
        guard isOwned else { return }
        // Closing alone releases the lock only with the last copy of the descriptor, and a child process has one until it
        // runs its program.
        _ = flock(descriptor, LOCK_UN)
        _ = close(descriptor)
    }

    /// Returns the file's kind, size and names.
    package func status() throws(SystemCallError) -> FileStatus {
        try FileStatus(descriptor: descriptor)
    }

    /// Takes the file's lock, which is released when the file is closed.
    ///
    /// - Returns: Whether the lock is held; `false` where the file system has no locks.
    /// - Throws: `EWOULDBLOCK` where another open file holds it.
    func lock() throws(SystemCallError) -> Bool {
        var result: Int32
        repeat { result = flock(descriptor, LOCK_EX | LOCK_NB) } while result < 0 && errno == EINTR
        if result == 0 { return true }
        guard errno != EWOULDBLOCK else { throw .last("flock") }
        return false
    }

    /// Reads up to a number of bytes; none at the file's end.
    package func read(upTo count: Int) throws(SystemCallError) -> [UInt8] {
        var code: Int32?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            var result: Int
            repeat { result = readBytes(descriptor, buffer.baseAddress, count) } while result < 0 && errno == EINTR
            if result < 0 { code = errno }
            initialized = max(result, 0)
        }
        if let code { throw SystemCallError(call: "read", code: code) }
        return bytes
    }

    /// Reads bytes at an offset; fewer than asked for at the file's end.
    func read(_ count: Int, at offset: Int) throws(SystemCallError) -> [UInt8] {
        var code: Int32?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while initialized < count, let start = buffer.baseAddress {
                let result = pread(descriptor, start + initialized, count - initialized, off_t(offset + initialized))
                if result > 0 {
                    initialized += result
                } else if result == 0 {
                    return
                } else if errno != EINTR {
                    code = errno
                    return
                }
            }
        }
        if let code { throw SystemCallError(call: "pread", code: code) }
        return bytes
    }

    /// Writes bytes, however many calls it takes.
    ///
    /// - Returns: How many bytes were written, and what stopped it short of all of them.
    func write(_ bytes: [UInt8]) -> (written: Int, failure: SystemCallError?) {
        bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return (0, nil) }
            var written = 0
            while written < buffer.count {
                let result = writeWithoutSignal(start + written, buffer.count - written)
                if result > 0 {
                    written += result
                } else if result == 0 {
                    return (written, SystemCallError(call: "write", code: EIO))
                } else if errno == EAGAIN || errno == EWOULDBLOCK {
                    guard waitUntilWritable() else { return (written, .last("poll")) }
                } else if errno != EINTR {
                    return (written, .last("write"))
                }
            }
            return (written, nil)
        }
    }

    func truncate(to size: Int) -> Bool {
        var result: Int32
        repeat { result = ftruncate(descriptor, off_t(size)) } while result < 0 && errno == EINTR
        return result == 0
    }

    /// Waits until the bytes are on the disk. For pipes and terminals, which have none, it does nothing.
    func synchronize() throws(SystemCallError) {
        var result: Int32
        repeat { result = fsync(descriptor) } while result < 0 && errno == EINTR
        guard result == 0 || errno == EINVAL || errno == ENOTSUP else { throw .last("fsync") }
    }

    private func waitUntilWritable() -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        var result: Int32
        repeat { result = poll(&entry, 1, -1) } while result < 0 && errno == EINTR
        return result > 0
    }

    /// Writes once. Where the reader of a pipe is gone, the result is `EPIPE`, and never a signal that ends the process.
    private func writeWithoutSignal(_ start: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Darwin)
        return writeBytes(descriptor, start, count)
        #else
        // The signal of a write goes to the thread that wrote: block it here, take it off again if it came, and leave
        // alone one that was pending before.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        var pending = sigset_t()
        sigpending(&pending)
        guard sigismember(&pending, SIGPIPE) == 0 else { return writeBytes(descriptor, start, count) }
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        let result = writeBytes(descriptor, start, count)
        let code = errno
        // A write that was under way when the reader went returns what it had written, and the signal comes nevertheless.
        if result < count {
            var noTime = timespec()
            while sigtimedwait(&signals, nil, &noTime) < 0, errno == EINTR {}
        }
        pthread_sigmask(SIG_SETMASK, &before, nil)
        errno = code
        return result
        #endif
    }
}

// `read` and `write` name methods inside the class.
private func readBytes(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, start, count)
}

private func writeBytes(_ descriptor: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, start, count)
}
