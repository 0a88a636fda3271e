import JSONTape

/// The files that an update changes, as a later run reads them to finish the update or to undo it.
struct FileJournal {
    struct Entry {
        /// The file's name in the folder.
        var name: String
        /// Whether the file gets new contents, or is removed.
        var isWritten: Bool
        /// Whether there was no file of the name before.
        var isNew: Bool
    }

    /// Each entry's place is the number in the names of its staged files.
    var entries: [Entry]

    /// The journal of an update that is to be finished.
    static let name = "journal"
    /// The journal of an update that failed and is to be undone.
    static let undoName = "undo"

    /// Returns the name of an entry's new contents among the staged files.
    static func newName(_ index: Int) -> String { "\(index).new" }
    /// Returns the name under which an entry's old file is kept there.
    static func oldName(_ index: Int) -> String { "\(index).old" }

    init(_ entries: [Entry]) {
        self.entries = entries
    }

    var text: [UInt8] {
        var writer = JSONWriter()
        writer.write(
            .array(
                entries.map { entry in
                    ["name": .string(entry.name), "written": .bool(entry.isWritten), "new": .bool(entry.isNew)]
                }))
        // Strings and booleans alone: there is nothing that JSON can't write.
        return (try? writer.finish()) ?? []
    }

    /// Reads a journal; `nil` where it is not one that was written by ``text``. A name with a slash would lead out of the
    /// folder.
    init?(_ text: [UInt8]) {
        guard let tape = try? JSONTape(parsing: text), case .array(let values)? = try? tape.value(at: .root) else {
            return nil
        }
        entries = []
        for value in values {
            guard case .object(let object) = value, case .string(let name) = object["name"],
                case .bool(let isWritten) = object["written"], case .bool(let isNew) = object["new"],
                !name.isEmpty, name != ".", name != "..", !name.utf8.contains(UInt8(ascii: "/"))
            else { return nil }
            entries.append(Entry(name: name, isWritten: isWritten, isNew: isNew))
        }
    }
}
