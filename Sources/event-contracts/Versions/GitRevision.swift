import ContractModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A folder, or a manifest, of a git revision: `HEAD~1:schemas`. It is read with the program `git`.
struct GitRevision {
    /// The revision and the folder.
    let name: String

    init(_ name: String) {
        let manifest = ContractReader.manifestName
        if name.hasSuffix(":" + manifest) {
            self.name = String(name.dropLast(manifest.count))
        } else if name.hasSuffix("/" + manifest) {
            self.name = String(name.dropLast(manifest.count + 1))
        } else {
            self.name = name.hasSuffix("/") ? String(name.dropLast()) : name
        }
    }

    /// Returns the manifest and the schemas of the folder; `nil` where git can't read it, which is reported.
    func files(diagnostics: inout Diagnostics) throws -> ContractFiles? {
        guard
            let listing = try Self.git(["ls-tree", "-r", "-z", "--full-tree", "--name-only", "--end-of-options", name])
        else {
            diagnostics.error(
                .missingFile, at: SourceLocation(file: name), "git can't read this revision and folder",
                hint: "write REVISION:FOLDER, such as HEAD~1:schemas; the folder is named from the repository's root, "
                    + "or with ./ from here")
            return nil
        }
        guard var texts = try Self.texts(listing, in: name, diagnostics: &diagnostics) else { return nil }
        let manifest = texts[ContractReader.manifestName] ?? []
        for library in ContractReader.outsideFolders(ofManifest: manifest) {
            guard let tree = folder(besides: library),
                let listing = try Self.git([
                    "ls-tree", "-r", "-z", "--full-tree", "--name-only", "--end-of-options", tree,
                ])
            else {
                diagnostics.error(
                    .missingFile, at: SourceLocation(file: name),
                    "git can't read the folder '\(library)' of the manifest in this revision")
                return nil
            }
            guard let more = try Self.texts(listing, in: tree, diagnostics: &diagnostics) else { return nil }
            for (file, bytes) in more { texts[library + "/" + file] = bytes }
        }
        return .texts(texts, label: name)
    }

    /// Returns the revision and a folder that is named from the manifest's; `nil` where it is outside of the
    /// repository.
    private func folder(besides library: String) -> String? {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let path = PathName.normalized(PathName.join(String(parts[1]), library))
        // Paths that begin with a dot count from the working folder, others from the repository's root.
        guard parts[1].hasPrefix(".") else { return path.hasPrefix("..") ? nil : parts[0] + ":" + path }
        return parts[0] + ":" + (path.hasPrefix("..") ? path : "./" + path)
    }

    /// Returns the schemas and the manifest among the files that git has listed; `nil` where git can't read one, which is
    /// reported.
    private static func texts(
        _ listing: [UInt8], in tree: String, diagnostics: inout Diagnostics
    ) throws -> [String: [UInt8]]? {
        var texts: [String: [UInt8]] = [:]
        for part in listing.split(separator: 0) {
            let file = String(decoding: part, as: UTF8.self)
            guard SchemaFile.endings.contains(where: file.hasSuffix) else { continue }
            // The folder may be the root: `HEAD:`.
            let path = tree.hasSuffix(":") ? tree + file : tree + "/" + file
            guard let bytes = try git(["cat-file", "blob", path]) else {
                diagnostics.error(.unreadableFile, at: SourceLocation(file: path), "git can't read this file")
                return nil
            }
            texts[file] = bytes
        }
        return texts
    }

    /// Returns the standard output of git; `nil` if it fails. Its error messages go to our standard error.
    private static func git(_ arguments: [String]) throws -> [UInt8]? {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw ExitStatus.fault("no pipe can be made to read from git") }
        defer { close(ends[0]) }
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], StandardStream.output.rawValue)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var words: [UnsafeMutablePointer<CChar>?] = (["git"] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process = pid_t()
        let code = posix_spawnp(&process, "git", &actions, nil, &words, environ)
        close(ends[1])
        guard code == 0 else { throw ExitStatus.usage("the program git is needed to read a revision, and not found") }
        let output = read(ends[0])
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status == 0 ? output : nil
    }

    private static func read(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = readSome(descriptor, &buffer)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}

/// Calls `read`, which the method above would hide.
private func readSome(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
    read(descriptor, &buffer, buffer.count)
}
