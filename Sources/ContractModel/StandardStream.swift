#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Synchronization

/// A stream that every program is started with.
package enum StandardStream: Int32 {
    case output = 1
    case error = 2

    package var isTerminal: Bool { isatty(rawValue) == 1 }

    private static let lostOutput = Atomic(false)

    /// Whether all output has been written, or had no reader any more.
    package var wroteAll: Bool { !Self.lostOutput.load(ordering: .relaxed) }

    /// Writes all of a text. Where the receiver of a pipe is gone, the rest has no reader and is dropped; what is lost in
    /// any other way, on a disk that is full say, is remembered.
    package func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { posixWrite(rawValue, $0) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if errno != EPIPE { Self.lostOutput.store(true, ordering: .relaxed) }
                return
            }
            rest = rest.dropFirst(count)
        }
    }
}

/// Calls `write`, which the method above would hide.
private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
