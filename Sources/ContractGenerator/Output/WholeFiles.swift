#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Writes files all or none: each beside its place, and all of them moved there once they have been written.
///
/// Nothing is forced to the disk, as by whatever way Foundation writes: what a crash of the machine takes away is
/// generated again.
package enum WholeFiles {
    package static func write(_ files: [(place: String, contents: String)]) throws(OutputFolder.Failure) {
        var waiting: [(temporary: String, place: String)] = []
        defer { for file in waiting { unlink(file.temporary) } }
        for (place, contents) in files {
            let temporary = Self.temporary(for: place)
            waiting.append((temporary, place))
            do {
                try write(Array(contents.utf8), to: temporary)
            } catch {
                throw OutputFolder.Failure(path: place, what: "can't be written", cause: error)
            }
        }
        for file in waiting where rename(file.temporary, file.place) != 0 {
            throw OutputFolder.Failure(path: file.place, what: "can't be written", cause: lastError)
        }
        waiting = []
    }

    static var lastError: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

    private static func temporary(for place: String) -> String {
        let url = URL(filePath: place)
        return url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent).\(getpid())").path
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(POSIXError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw lastError }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { posixWrite(descriptor, $0) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw lastError }
            rest = rest.dropFirst(count)
        }
    }
}

/// `write` under a name that the methods above don't hide.
private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
