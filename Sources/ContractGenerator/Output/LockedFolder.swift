#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import ContractModel

/// A folder that files are written to, locked against other runs.
enum LockedFolder {
    /// The time to wait for another run.
    private static let timeout = Duration.seconds(60)

    /// Opens a folder that no other run of the tool writes to until it is closed, and in which no interrupted update is
    /// left.
    static func open(_ path: String) throws(OutputFailure) -> OpenFolder {
        let folder = try opened(path)
        try wait(for: folder)
        try FolderUpdate.recover(folder)
        return folder
    }

    private static func opened(_ path: String) throws(OutputFailure) -> OpenFolder {
        do throws(OpenFolder.Failure) { return try OpenFolder(path: path) } catch {
            throw OutputFailure(path: path, what: "can't be opened", code: error.code)
        }
    }

    private static func wait(for folder: borrowing OpenFolder) throws(OutputFailure) {
        let clock = ContinuousClock()
        let end = clock.now + timeout
        while !folder.lock() {
            guard clock.now < end else {
                throw OutputFailure(
                    path: folder.path,
                    message: "is locked by another run of event-contracts; try again once it has ended")
            }
            usleep(10_000)
        }
    }

    /// Creates a folder, and those above it, where they are missing.
    static func make(_ path: String) throws(OutputFailure) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += (made.isEmpty || made == "/" ? "" : "/") + part
            guard mkdir(made, 0o777) != 0 else { continue }
            let code = errno
            if !FolderReader.isFolder(made) {
                throw OutputFailure(path: path, what: "can't be made", code: code == EEXIST ? ENOTDIR : code)
            }
        }
    }
}
