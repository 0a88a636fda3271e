#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An open folder, whose files are reached by their names in it: no link planted on the way to it can lead elsewhere.
struct OpenFolder: ~Copyable {
    /// The contents of a file, or the reason why it has none.
    enum Contents: Equatable {
        case missing
        /// A folder, a pipe, a device, or a link that leads nowhere.
        case notRegular
        /// The first bytes of a file, and whether they are all of them.
        case bytes([UInt8], isWhole: Bool)
    }

    /// An error of the operating system.
    struct Failure: Error {
        var code: Int32
    }

    let path: String
    private let descriptor: Int32

    private static let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC

    /// Opens a folder by its path, through links.
    init(path: String) throws(Failure) {
        let opened = open(path, Self.flags)
        guard opened >= 0 else { throw .last }
        self.path = path
        descriptor = opened
    }

    /// Opens a folder in a folder, but not through a link.
    init(_ name: String, in folder: borrowing OpenFolder) throws(Failure) {
        let opened = openat(folder.descriptor, name, Self.flags | O_NOFOLLOW)
        guard opened >= 0 else { throw .last }
        path = folder.path(of: name)
        descriptor = opened
    }

    deinit { close(descriptor) }

    func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

    // MARK: The folder

    /// Returns the names in the folder, sorted.
    func names() throws(Failure) -> [String] {
        // A descriptor of its own, because closing the stream closes it; it starts where the last one ended.
        let copy = openat(descriptor, ".", Self.flags)
        guard copy >= 0 else { throw .last }
        guard let stream = fdopendir(copy) else {
            let failure = Failure.last
            close(copy)
            throw failure
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Takes the folder's lock, which is released when the folder is closed; `false` where another process has it. On a
    /// file system without locks, the lock is always taken.
    func lock() -> Bool {
        var result: Int32
        repeat { result = flock(descriptor, LOCK_EX | LOCK_NB) } while result < 0 && errno == EINTR
        return result == 0 || errno != EWOULDBLOCK
    }

    func makeFolder(_ name: String) throws(Failure) {
        try Self.check(mkdirat(descriptor, name, 0o700))
    }

    func removeFolder(_ name: String) throws(Failure) {
        try Self.check(unlinkat(descriptor, name, AT_REMOVEDIR))
    }

    // MARK: Files

    /// Returns whether a name is that of a file itself, and not of a link or a folder.
    func hasFile(_ name: String) -> Bool {
        var status = stat()
        return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Returns whether the folder has an entry of a name, including a broken link.
    func hasEntry(_ name: String) -> Bool {
        var status = stat()
        return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
    }

    /// Returns whether a name and another, in another folder, are those of one file.
    func isSameFile(_ name: String, as other: String, in folder: borrowing OpenFolder) -> Bool {
        var (first, second) = (stat(), stat())
        return fstatat(descriptor, name, &first, AT_SYMLINK_NOFOLLOW) == 0
            && fstatat(folder.descriptor, other, &second, AT_SYMLINK_NOFOLLOW) == 0
            && first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    /// Returns the first bytes of a file. A pipe is not waited for.
    func read(_ name: String, atMost limit: Int) throws(Failure) -> Contents {
        let file = openat(descriptor, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard file >= 0 else {
            guard errno == ENOENT else { throw .last }
            return hasEntry(name) ? .notRegular : .missing
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .last }
        guard status.st_mode & S_IFMT == S_IFREG else { return .notRegular }
        var bytes: [UInt8] = []
        var code: Int32 = 0
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { chunk in
            while bytes.count <= limit {
                let count = readBytes(file, chunk.baseAddress, min(chunk.count, limit + 1 - bytes.count))
                if count < 0, errno == EINTR { continue }
                if count < 0 { code = errno }
                guard count > 0 else { return }
                bytes.append(contentsOf: chunk.prefix(count))
            }
        }
        guard code == 0 else { throw Failure(code: code) }
        let isWhole = bytes.count <= limit
        return .bytes(isWhole ? bytes : Array(bytes.prefix(limit)), isWhole: isWhole)
    }

    /// Creates a file, which must not be there, not as a link either.
    func create(_ name: String, contents: some Collection<UInt8>) throws(Failure) {
        let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw .last }
        defer { close(file) }
        var rest = Array(contents)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { writeBytes(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last }
            rest = rest.dropFirst(count)
        }
    }

    /// Moves a file into this folder, or within it, in place of the one that has the name.
    func move(_ old: String, from source: borrowing OpenFolder, to name: String) throws(Failure) {
        try Self.check(renameat(source.descriptor, old, descriptor, name))
    }

    /// Gives a file a second name, in another folder, which must not be taken.
    func link(_ name: String, to other: borrowing OpenFolder, as new: String) throws(Failure) {
        try Self.check(linkat(descriptor, name, other.descriptor, new, 0))
    }

    func remove(_ name: String) throws(Failure) {
        try Self.check(unlinkat(descriptor, name, 0))
    }

    private static func check(_ result: Int32) throws(Failure) {
        if result != 0 { throw .last }
    }
}

extension OpenFolder.Failure {
    static var last: Self { Self(code: errno) }
    var isMissing: Bool { code == ENOENT }
    var isTaken: Bool { code == EEXIST }
}

// `read` is the name of a method above.
private func readBytes(_ file: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(file, start, count)
}

private func writeBytes(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, start, count)
}
