#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file or standard input, open for reading from its start to its end.
package struct InputFile: ~Copyable {
    /// The name that diagnostics show.
    package let path: String
    /// The size in bytes of a regular file; `nil` of a stream.
    let size: Int?
    private let descriptor: Int32
    private let isOwned: Bool

    /// Opens a file, or reports an error. `-` is the name of a file.
    ///
    /// - Parameter allowsStreams: Accepts pipes and devices too, as a shell's `<(…)` makes them. A contract is read from
    ///   regular files alone: a pipe or a device could block, or never end.
    package init?(_ path: String, allowsStreams: Bool = false, diagnostics: inout Diagnostics) {
        let place = SourceLocation(file: path)
        // Without O_NONBLOCK, opening a pipe waits for its other end; without O_NOCTTY, a terminal could become ours.
        let descriptor = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC | (allowsStreams ? 0 : O_NONBLOCK))
        guard descriptor >= 0 else {
            let code = errno
            if code == ENOENT {
                diagnostics.error(.missingFile, at: place, "no such file", hint: Self.hint(for: path))
            } else {
                diagnostics.error(.unreadableFile, at: place, "can't be read: \(FileReader.message(code))")
            }
            return nil
        }
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        guard isKnown, isRegular || allowsStreams && !isFolder else {
            close(descriptor)
            diagnostics.error(
                .unreadableFile, at: place, "is \(isFolder ? "a folder" : "no regular file"); expected a file")
            return nil
        }
        self.path = path
        size = isRegular ? Int(status.st_size) : nil
        self.descriptor = descriptor
        isOwned = true
    }

    private init(borrowing descriptor: Int32, path: String) {
        self.path = path
        size = nil
        self.descriptor = descriptor
        isOwned = false
    }

    /// Standard input, which stays open.
    package static var standardInput: InputFile { InputFile(borrowing: STDIN_FILENO, path: "<stdin>") }

    deinit {
        if isOwned { close(descriptor) }
    }

    /// Appends the next bytes, at most 64 KiB of them, to a buffer.
    ///
    /// - Returns: The number of bytes read; 0 at the end, and `nil` where reading failed, which is reported.
    package func read(into buffer: inout [UInt8], diagnostics: inout Diagnostics) -> Int? {
        let (count, code) = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { chunk in
            var count: Int
            repeat { count = posixRead(descriptor, chunk) } while count < 0 && errno == EINTR
            guard count >= 0 else { return (0, errno) }
            buffer.append(contentsOf: chunk.prefix(count))
            return (count, 0)
        }
        guard code == 0 else {
            diagnostics.error(
                .unreadableFile, at: SourceLocation(file: path), "can't be read: \(FileReader.message(code))")
            return nil
        }
        return count
    }

    /// Returns a hint at a file with a similar name, or at the command that creates a manifest.
    private static func hint(for path: String) -> String? {
        let (folder, name) = PathName.split(path)
        let names = FolderReader.names(in: folder.isEmpty ? "." : folder)
        // A broken link has the missing name itself.
        return Suggestion.nearest(to: name, among: names.filter { $0 != name }).map {
            "did you mean '\(PathName.join(folder, $0))'?"
        } ?? (name == ContractReader.manifestName ? "'event-contracts init' starts a contract" : nil)
    }
}

/// Calls `read`, which the methods above would hide.
private func posixRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, buffer.baseAddress, buffer.count)
}
