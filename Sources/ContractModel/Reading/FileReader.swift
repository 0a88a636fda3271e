#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads whole files, and says why where it can't.
///
/// Where a contract is read, only regular files are: a pipe or a device could block, or never end.
package enum FileReader {
    /// The largest manifest or schema that is read, in bytes.
    package static let maximumSize = 16 << 20

    /// The bytes of a file, or a diagnostic. `-` is read as a file of that name.
    ///
    /// - Parameter allowsStreams: Whether pipes and devices are read too, as a shell's `<(…)` makes them.
    package static func read(
        _ path: String, maximumSize: Int = FileReader.maximumSize, allowsStreams: Bool = false,
        diagnostics: inout Diagnostics
    ) -> [UInt8]? {
        let place = SourceLocation(file: path)
        // Without O_NONBLOCK, opening a pipe waits for its other end; without O_NOCTTY, a terminal could become ours.
        let descriptor = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC | (allowsStreams ? 0 : O_NONBLOCK))
        guard descriptor >= 0 else {
            let code = errno
            if code == ENOENT {
                diagnostics.error(.missingFile, at: place, "there is no such file", hint: nearest(to: path))
            } else {
                diagnostics.error(.unreadableFile, at: place, "can't be read: \(message(code))")
            }
            return nil
        }
        defer { close(descriptor) }
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        guard isKnown, status.st_mode & S_IFMT == S_IFREG || allowsStreams && !isFolder else {
            diagnostics.error(
                .unreadableFile, at: place, "is \(isFolder ? "a folder" : "no regular file"); expected a file")
            return nil
        }
        guard status.st_size <= maximumSize else {
            diagnostics.error(
                .fileTooLarge, at: place, "is \(status.st_size) bytes large; at most \(maximumSize) are read")
            return nil
        }
        return readAll(descriptor, path: path, maximumSize: maximumSize, diagnostics: &diagnostics)
    }

    /// All that standard input holds.
    package static func readStandardInput(maximumSize: Int, diagnostics: inout Diagnostics) -> [UInt8]? {
        readAll(STDIN_FILENO, path: "<stdin>", maximumSize: maximumSize, diagnostics: &diagnostics)
    }

    private static func readAll(
        _ descriptor: Int32, path: String, maximumSize: Int, diagnostics: inout Diagnostics
    ) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = chunk.withUnsafeMutableBytes { posixRead(descriptor, $0) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                diagnostics.error(
                    .unreadableFile, at: SourceLocation(file: path), "can't be read: \(message(errno))")
                return nil
            }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= maximumSize else {
                diagnostics.error(
                    .fileTooLarge, at: SourceLocation(file: path),
                    "is larger than the \(maximumSize) bytes that are read")
                return nil
            }
        }
    }

    /// What an error of the system's means.
    static func message(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }

    /// A hint at a file beside the missing one whose name is like it.
    private static func nearest(to path: String) -> String? {
        let (folder, name) = PathName.split(path)
        let names = FolderReader.names(in: folder.isEmpty ? "." : folder)
        // A link that leads nowhere is in the folder under the very name that is missing.
        return Suggestion.nearest(to: name, among: names.filter { $0 != name }).map {
            "did you mean '\(PathName.join(folder, $0))'?"
        }
    }
}

/// `read` under a name that the methods above don't hide.
private func posixRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, buffer.baseAddress, buffer.count)
}
