#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The state of a file at one moment.
package struct FileStatus: Sendable {
    /// The file itself, whatever its name is.
    struct Identity: Hashable, Sendable {
        private let device: UInt64
        private let inode: UInt64

        fileprivate init(_ status: stat) {
            device = UInt64(truncatingIfNeeded: status.st_dev)
            inode = UInt64(truncatingIfNeeded: status.st_ino)
        }

        /// Reads the status of the file that a path leads to now; `nil` where there is none.
        init?(path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            self.init(status)
        }
    }

    package let isRegular: Bool
    /// In bytes.
    package let size: Int
    /// The number of names that the file has in its file system.
    let linkCount: Int
    let identity: Identity

    init(descriptor: Int32) throws(SystemCallError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last("fstat") }
        isRegular = status.st_mode & S_IFMT == S_IFREG
        size = Int(status.st_size)
        linkCount = Int(status.st_nlink)
        identity = Identity(status)
    }
}
