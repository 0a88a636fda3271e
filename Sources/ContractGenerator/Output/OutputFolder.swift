import ContractModel

/// The folder that generated files go to.
package struct OutputFolder {
    /// The changes of a write.
    package struct Summary: Hashable, Sendable {
        package var written: [String] = []
        package var unchanged: [String] = []
        package var removed: [String] = []
    }

    /// A difference between what is on disk and what would be generated.
    package struct Difference: Hashable, Sendable {
        package var name: String
        /// The contents on disk; `nil` if there is no file.
        package var old: String?
        /// The generated contents; `nil` if the file would be removed.
        package var new: String?
    }

    private let path: String
    private let suffixes: [String]

    /// The largest generated file that is read back, in bytes.
    private static let maximumSize = 64 << 20

    /// Creates a folder of generated files.
    ///
    /// - Parameter suffixes: The endings of generated files. Other files with such names that were generated are
    ///   no longer made.
    package init(_ path: String, suffixes: [String] = [".swift"]) {
        self.path = path
        self.suffixes = suffixes
    }

    /// Returns the differences by name. Writes nothing, but completes or undoes an interrupted run.
    ///
    /// - Throws: The failures of all files that are in the way.
    package func differences(from files: [GeneratedFile]) throws(OutputFailure) -> [Difference] {
        guard FolderReader.isFolder(path) else {
            return files.map { Difference(name: $0.name, old: nil, new: $0.contents) }
        }
        let folder = try LockedFolder.open(path)
        return try differences(from: files, in: folder)
    }

    /// Makes the folder hold these files: writes those that differ, and removes generated ones that are no longer made. The
    /// folder has all of the changes or none, and no other run comes between.
    ///
    /// - Parameter willChange: Called with each file's name before it takes its place.
    package func write(
        _ files: [GeneratedFile], willChange: (String) -> Void = { _ in }
    ) throws(OutputFailure) -> Summary {
        try DeferredSignals.during { () throws(OutputFailure) in
            try LockedFolder.make(path)
            let folder = try LockedFolder.open(path)
            let changed = try differences(from: files, in: folder)
            if !changed.isEmpty {
                let changes = changed.map { FolderUpdate.Change(name: $0.name, contents: $0.new) }
                try FolderUpdate.apply(changes, to: folder, willChange: willChange)
            }
            let names = Set(changed.map(\.name))
            return Summary(
                written: changed.filter { $0.new != nil }.map(\.name),
                unchanged: files.map(\.name).filter { !names.contains($0) },
                removed: changed.filter { $0.new == nil }.map(\.name))
        }
    }

    /// The existing files that ``start(_:replacing:)`` replaces.
    package enum Replaceable {
        case none
        /// Also handwritten ones.
        case all
        /// Those whose first bytes are recognized.
        case files(startingWith: @Sendable ([UInt8]) -> Bool)
    }

    /// Writes files for a user to start from: all of them, or none where one of the names is taken.
    ///
    /// - Returns: The names that are taken.
    package func start(
        _ files: [(name: String, contents: String)], replacing replaceable: Replaceable = .none
    ) throws(OutputFailure) -> [String] {
        try DeferredSignals.during { () throws(OutputFailure) in
            try LockedFolder.make(path)
            let folder = try LockedFolder.open(path)
            var taken: [String] = []
            var changes: [FolderUpdate.Change] = []
            for file in files {
                var isReplaced = false
                if folder.hasEntry(file.name) {
                    isReplaced = try isReplaceable(file.name, in: folder, replaceable)
                    if !isReplaced { taken.append(file.name) }
                }
                changes.append(
                    FolderUpdate.Change(name: file.name, contents: file.contents, mustBeNew: !isReplaced))
            }
            guard taken.isEmpty else { return taken }
            try FolderUpdate.apply(changes, to: folder) { _ in }
            return []
        }
    }

    private func isReplaceable(
        _ name: String, in folder: borrowing OpenFolder, _ replaceable: Replaceable
    ) throws(OutputFailure) -> Bool {
        switch replaceable {
        case .none: return false
        case .all: return true
        case .files(let isRecognized):
            guard case .bytes(let start, _) = try read(name, atMost: GeneratedFile.markerSearchLength, in: folder)
            else { return false }
            return isRecognized(start)
        }
    }

    private func differences(
        from files: [GeneratedFile], in folder: borrowing OpenFolder
    ) throws(OutputFailure) -> [Difference] {
        var differences: [Difference] = []
        var failures: [OutputFailure] = []
        for file in files {
            let old: [UInt8]?
            do throws(OutputFailure) { old = try generatedContents(of: file.name, in: folder) } catch {
                failures.append(error)
                continue
            }
            let converted = old.map(Self.withUnixLineBreaks)
            // By bytes, for Swift takes two forms of a letter for one.
            if let old, let converted {
                if old.elementsEqual(file.contents.utf8) || converted.elementsEqual(file.contents.utf8) { continue }
            }
            differences.append(Difference(name: file.name, old: converted.map(Self.text(of:)), new: file.contents))
        }
        if let failure = OutputFailure(failures) { throw failure }
        for name in try staleFiles(besides: files, in: folder) {
            let old = try generatedContents(of: name, in: folder) ?? []
            differences.append(Difference(name: name, old: Self.text(of: Self.withUnixLineBreaks(old)), new: nil))
        }
        return differences.sorted { $0.name < $1.name }
    }

    private static func text(of bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Returns a file's contents without the carriage returns that a checkout on Windows adds: they are not a
    /// difference.
    private static func withUnixLineBreaks(_ contents: [UInt8]) -> [UInt8] {
        var converted: [UInt8] = []
        converted.reserveCapacity(contents.count)
        for byte in contents {
            if byte == UInt8(ascii: "\n"), converted.last == UInt8(ascii: "\r") { converted.removeLast() }
            converted.append(byte)
        }
        return converted
    }

    // MARK: Existing files

    /// Returns the contents of a generated file; `nil` if there is no file. Rejects a file of that name that was not generated.
    private func generatedContents(
        of name: String, in folder: borrowing OpenFolder
    ) throws(OutputFailure) -> [UInt8]? {
        switch try read(name, atMost: GeneratedFile.markerSearchLength, in: folder) {
        case .missing:
            return nil
        case .notRegular:
            throw OutputFailure(
                path: folder.path(of: name),
                message: "is not a file, and is in the way; move it, or choose another folder")
        case .bytes(let start, _):
            guard GeneratedFile.isGenerated(String(decoding: start, as: UTF8.self)) else {
                throw OutputFailure(
                    path: folder.path(of: name),
                    message: "was not generated, and is in the way; move it, or choose another folder")
            }
        }
        guard case .bytes(let contents, let isWhole) = try read(name, atMost: Self.maximumSize, in: folder) else {
            return nil
        }
        guard isWhole else {
            throw OutputFailure(
                path: folder.path(of: name), message: "is larger than \(Self.maximumSize) bytes, and is in the way")
        }
        return contents
    }

    /// Returns generated files that are outdated. Files without the marker were written by a person and are never changed; only
    /// their start is read.
    private func staleFiles(
        besides files: [GeneratedFile], in folder: borrowing OpenFolder
    ) throws(OutputFailure) -> [String] {
        let current = Set(files.map(\.name))
        let names: [String]
        do throws(OpenFolder.Failure) { names = try folder.names() } catch {
            throw OutputFailure(path: path, what: "can't be listed", code: error.code)
        }
        var stale: [String] = []
        for name in names where suffixes.contains(where: name.hasSuffix) && !current.contains(name) {
            guard case .bytes(let start, _) = try read(name, atMost: GeneratedFile.markerSearchLength, in: folder)
            else { continue }
            if GeneratedFile.isGenerated(String(decoding: start, as: UTF8.self)) { stale.append(name) }
        }
        return stale
    }

    private func read(
        _ name: String, atMost limit: Int, in folder: borrowing OpenFolder
    ) throws(OutputFailure) -> OpenFolder.Contents {
        do throws(OpenFolder.Failure) { return try folder.read(name, atMost: limit) } catch {
            throw OutputFailure(path: folder.path(of: name), what: "can't be read", code: error.code)
        }
    }
}
