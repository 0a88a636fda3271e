/// Changes files of a folder atomically: all or none, even if the program is killed.
///
/// New contents are first written to a hidden folder beside them, then the journal that names the changes; from there on
/// the update is finished, if necessary by a later run. A change that fails undoes those before it. Nothing is forced to the
/// disk: files lost in a crash of the machine are generated again.
struct FolderUpdate: ~Copyable {
    /// A change of one file.
    struct Change {
        var name: String
        /// `nil` removes the file.
        var contents: String?
        /// Fails where there is a file of the name already.
        var mustBeNew = false
    }

    /// The folder for new contents and old files, whose name cannot be foreseen.
    private let staging: OpenFolder
    private let journal: FileJournal
    private let changes: [Change]

    private static let prefix = ".event-contracts-"
    private static let digits = 16

    /// Changes files. An interrupted run must have been recovered before.
    ///
    /// - Parameter willChange: Called with each file's name before it takes its place.
    static func apply(
        _ changes: [Change], to target: borrowing OpenFolder, willChange: (String) -> Void
    ) throws(OutputFailure) {
        let number = String(UInt64.random(in: .min ... .max), radix: 16)
        let name = prefix + String(repeating: "0", count: digits - number.count) + number
        do throws(OpenFolder.Failure) { try target.makeFolder(name) } catch {
            throw OutputFailure(path: target.path, what: "can't be written", code: error.code)
        }
        defer { remove(name, from: target) }
        let update: FolderUpdate
        do throws(OpenFolder.Failure) {
            update = FolderUpdate(changes, staging: try OpenFolder(name, in: target), target: target)
        } catch {
            throw OutputFailure(path: target.path, what: "can't be written", code: error.code)
        }
        try update.stage(for: target)
        guard !DeferredSignals.isPending else {
            throw OutputFailure(path: target.path, message: "interrupted; nothing was written")
        }
        try update.commit(to: target, willChange)
    }

    private init(_ changes: [Change], staging: consuming OpenFolder, target: borrowing OpenFolder) {
        var entries: [FileJournal.Entry] = []
        for change in changes {
            entries.append(
                FileJournal.Entry(
                    name: change.name, isWritten: change.contents != nil, isNew: !target.hasEntry(change.name)))
        }
        journal = FileJournal(entries)
        self.changes = changes
        self.staging = staging
    }

    /// Writes the new contents, and keeps a second name of each old file, where the file system has such.
    private borrowing func stage(for target: borrowing OpenFolder) throws(OutputFailure) {
        for (index, change) in changes.enumerated() where !DeferredSignals.isPending {
            do throws(OpenFolder.Failure) {
                if let contents = change.contents {
                    try staging.create(FileJournal.newName(index), contents: contents.utf8)
                }
            } catch {
                throw OutputFailure(path: target.path(of: change.name), what: "can't be written", code: error.code)
            }
            if !journal.entries[index].isNew {
                try? target.link(change.name, to: staging, as: FileJournal.oldName(index))
            }
        }
    }

    private borrowing func commit(
        to target: borrowing OpenFolder, _ willChange: (String) -> Void
    ) throws(OutputFailure) {
        do throws(OpenFolder.Failure) {
            try staging.create("journal.new", contents: journal.text)
            // In one step, so that a journal is there whole or not at all.
            try staging.move("journal.new", from: staging, to: FileJournal.name)
        } catch {
            throw OutputFailure(path: target.path, what: "can't be written", code: error.code)
        }
        for (index, change) in changes.enumerated() {
            willChange(change.name)
            do throws(OpenFolder.Failure) {
                try put(index, change, in: target)
            } catch {
                try? staging.move(FileJournal.name, from: staging, to: FileJournal.undoName)
                Self.undo(journal, staging: staging, target: target)
                throw OutputFailure(
                    path: target.path(of: change.name),
                    what: change.contents == nil ? "can't be removed" : "can't be written", code: error.code)
            }
        }
    }

    private borrowing func put(
        _ index: Int, _ change: Change, in target: borrowing OpenFolder
    ) throws(OpenFolder.Failure) {
        guard change.contents != nil else { return try target.remove(change.name) }
        let staged = FileJournal.newName(index)
        if change.mustBeNew {
            // Unlike a move, a link fails where the name is taken. Some file systems have none.
            do {
                try staging.link(staged, to: target, as: change.name)
                return try staging.remove(staged)
            } catch {
                if error.isTaken { throw error }
            }
        }
        try target.move(staged, from: staging, to: change.name)
    }

    // MARK: Recovery

    /// Finishes or undoes the update of a killed run.
    static func recover(_ target: borrowing OpenFolder) throws(OutputFailure) {
        let names: [String]
        do throws(OpenFolder.Failure) { names = try target.names() } catch {
            throw OutputFailure(path: target.path, what: "can't be listed", code: error.code)
        }
        for name in names where name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + digits {
            // A link of the name, or a file, is not ours.
            guard let staging = try? OpenFolder(name, in: target) else { continue }
            if let journal = Self.journal(FileJournal.undoName, in: staging) {
                undo(journal, staging: staging, target: target)
            } else if let journal = Self.journal(FileJournal.name, in: staging) {
                try finish(journal, staging: staging, target: target)
            }
            remove(name, from: target)
        }
    }

    /// The most bytes of a journal that are read.
    private static let maximumJournal = 64 << 20

    private static func journal(_ name: String, in staging: borrowing OpenFolder) -> FileJournal? {
        guard staging.hasFile(name),
            case .bytes(let text, isWhole: true)? = try? staging.read(name, atMost: maximumJournal)
        else { return nil }
        return FileJournal(text)
    }

    /// Makes the changes that have not been made. A person's file that has come in the way meanwhile is kept.
    private static func finish(
        _ journal: FileJournal, staging: borrowing OpenFolder, target: borrowing OpenFolder
    ) throws(OutputFailure) {
        for (index, entry) in journal.entries.enumerated()
        where isOurs(entry.name, in: target)
            || target.isSameFile(entry.name, as: FileJournal.oldName(index), in: staging)
        {
            do throws(OpenFolder.Failure) {
                if !entry.isWritten {
                    if target.hasEntry(entry.name) { try target.remove(entry.name) }
                } else if staging.hasFile(FileJournal.newName(index)) {
                    try target.move(FileJournal.newName(index), from: staging, to: entry.name)
                }
            } catch {
                throw OutputFailure(
                    path: target.path(of: entry.name), what: "an interrupted run's change can't be finished",
                    code: error.code)
            }
        }
    }

    /// Brings the old files back, as far as they were kept, and removes the new ones.
    private static func undo(_ journal: FileJournal, staging: borrowing OpenFolder, target: borrowing OpenFolder) {
        for (index, entry) in journal.entries.enumerated() {
            if staging.hasEntry(FileJournal.oldName(index)) {
                try? target.move(FileJournal.oldName(index), from: staging, to: entry.name)
            } else if entry.isNew, !staging.hasFile(FileJournal.newName(index)) {
                try? target.remove(entry.name)
            }
        }
    }

    /// Returns whether a place is free, or taken by a generated file.
    private static func isOurs(_ name: String, in target: borrowing OpenFolder) -> Bool {
        switch try? target.read(name, atMost: GeneratedFile.markerSearchLength) {
        case .missing: true
        case .bytes(let start, _): GeneratedFile.isGenerated(String(decoding: start, as: UTF8.self))
        case .notRegular, nil: false
        }
    }

    /// Removes a folder of staged files, as far as that is possible: the next run tries again.
    private static func remove(_ name: String, from target: borrowing OpenFolder) {
        if let staging = try? OpenFolder(name, in: target) {
            // The journal last: without the staged files it changes nothing any more.
            let names = (try? staging.names()) ?? []
            for file in names where file != FileJournal.name { try? staging.remove(file) }
            try? staging.remove(FileJournal.name)
        }
        try? target.removeFolder(name)
    }
}
