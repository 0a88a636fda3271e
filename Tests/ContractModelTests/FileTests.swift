import ContractModel
import Foundation
import Testing

@Suite struct FileTests {
    /// Runs a test in a folder that is removed after it.
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func rules(reading path: String) -> [Rule] {
        var diagnostics = Diagnostics()
        _ = ContractReader.read(path, diagnostics: &diagnostics)
        return diagnostics.sorted.map(\.rule)
    }

    @Test("a file that is too large is refused without being read")
    func tooLarge() throws {
        try inFolder { folder in
            let path = folder + "/topics.yaml"
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.truncate(atOffset: 100 << 20)
            #expect(rules(reading: path) == [.fileTooLarge])
        }
    }

    @Test("invalid UTF-8 is an error at its place")
    func invalidUTF8() throws {
        try inFolder { folder in
            let path = folder + "/topics.yaml"
            try Data(Array("contract: ".utf8) + [0xFF, 0xFE]).write(to: URL(filePath: path))
            var diagnostics = Diagnostics()
            #expect(ContractReader.read(path, diagnostics: &diagnostics) == nil)
            #expect(
                DiagnosticRenderer(format: .text).render(diagnostics.sorted)
                    == "\(path):1:11: error: the file is not UTF-8 [invalid-utf8]\n")
        }
    }

    @Test("pipes, folders, link loops and missing files are errors without a wait")
    func notRegular() throws {
        try inFolder { folder in
            try #require(mkfifo(folder + "/topics.yaml", 0o600) == 0)
            #expect(rules(reading: folder) == [.unreadableFile])
            #expect(rules(reading: folder + "/topics.yml") == [.missingFile])
            symlink(folder + "/b.yaml", folder + "/a.yaml")
            symlink(folder + "/a.yaml", folder + "/b.yaml")
            #expect(rules(reading: folder + "/a.yaml") == [.unreadableFile])
            #expect(rules(reading: "/dev/zero") == [.unreadableFile])
        }
    }

    @Test("the hint of a missing file names a similar file")
    func nearName() throws {
        try inFolder { folder in
            try Data().write(to: URL(filePath: folder + "/topics.yaml"))
            var diagnostics = Diagnostics()
            _ = ContractReader.read(folder + "/topic.yaml", diagnostics: &diagnostics)
            #expect(diagnostics.sorted.map(\.hint) == ["did you mean '\(folder)/topics.yaml'?"])
        }
    }

    @Test("the search for schemas ends despite circular links")
    func linkCircles() throws {
        try inFolder { folder in
            symlink(folder, folder + "/again")
            try Data("{}".utf8).write(to: URL(filePath: folder + "/a.schema.json"))
            var diagnostics = Diagnostics()
            let listing = FolderReader.files(below: folder, endings: [".schema.json"], diagnostics: &diagnostics)
            #expect(listing.files == ["a.schema.json"])
            #expect(diagnostics.isEmpty)
        }
    }
}
