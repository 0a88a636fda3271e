import ContractGenerator
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Output folders in which a run is interrupted, or is not alone.
@Suite(.timeLimit(.minutes(20)))
struct InterruptedOutputTests {
    private static let names = ["a.swift", "b.swift", "c.swift"]

    private static func files(_ version: String, _ names: [String] = names) -> [GeneratedFile] {
        names.map { GeneratedFile(name: $0, contents: "\(GeneratedFile.marker).\n// \(version)\n") }
    }

    private static func makeFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }

    private func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    private func contents(of name: String, in folder: String) throws -> String {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }

    @Test("the next run finishes the update of a killed run, even with --check")
    func killed() async throws {
        let folder = try Self.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try OutputFolder(folder).write(Self.files("old", Self.names + ["stale.swift"]))
        await #expect(processExitsWith: .exitCode(9)) { [folder = folder as String] in
            _ = try OutputFolder(folder).write(Self.files("new")) { if $0 == "b.swift" { _exit(9) } }
        }
        #expect(try contents(of: "a.swift", in: folder).contains("new"))
        #expect(try contents(of: "b.swift", in: folder).contains("old"))
        #expect(try OutputFolder(folder).differences(from: Self.files("new")).isEmpty)
        #expect(try names(in: folder) == Self.names)
    }

    @Test("a handwritten file that appeared after a killed run is kept")
    func keepsFiles() async throws {
        let folder = try Self.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(processExitsWith: .exitCode(9)) { [folder = folder as String] in
            _ = try OutputFolder(folder).write(Self.files("new")) { if $0 == "b.swift" { _exit(9) } }
        }
        try Data("// mine".utf8).write(to: URL(filePath: folder + "/b.swift"))
        #expect(throws: OutputFailure.self) { try OutputFolder(folder).differences(from: Self.files("new")) }
        #expect(try contents(of: "b.swift", in: folder) == "// mine")
        #expect(try names(in: folder) == Self.names)
    }

    @Test("a file that can't be replaced rolls back the others")
    func undone() throws {
        let folder = try Self.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try OutputFolder(folder).write(Self.files("old", ["b.swift", "d.swift"]))
        #expect(throws: OutputFailure.self) {
            _ = try OutputFolder(folder).write(Self.files("new")) { name in
                // A folder in the way, as if another program had made it just now.
                if name == "c.swift" { mkdir(folder + "/c.swift", 0o700) }
            }
        }
        #expect(try names(in: folder) == ["b.swift", "c.swift", "d.swift"])
        #expect(try contents(of: "b.swift", in: folder).contains("old"))
    }

    @Test("init does not overwrite a file that was created meanwhile")
    func startsNew() throws {
        let folder = try Self.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try OutputFolder(folder).start([("one", "1"), ("two", "2")]).isEmpty)
        #expect(try OutputFolder(folder).start([("one", "x"), ("three", "3")]) == ["one"])
        #expect(try OutputFolder(folder).start([("one", "x"), ("three", "3")], replacing: .all).isEmpty)
        #expect(try contents(of: "one", in: folder) == "x")
        #expect(try names(in: folder) == ["one", "three", "two"])
    }

    @Test("of two concurrent runs into one folder, one determines all files")
    func together() throws {
        let folder = try Self.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for _ in 0..<10 {
            DispatchQueue.concurrentPerform(iterations: 4) { run in
                _ = try? OutputFolder(folder).write(Self.files("run \(run)"))
            }
            let texts = try Set(Self.names.map { try contents(of: $0, in: folder) })
            #expect(texts.count == 1)
            #expect(try names(in: folder) == Self.names)
        }
    }

    @Test("a planted link or journal is not followed")
    func planted() throws {
        let (folder, outside) = (try Self.makeFolder(), try Self.makeFolder())
        defer { for path in [folder, outside] { try? FileManager.default.removeItem(atPath: path) } }
        try Data("mine".utf8).write(to: URL(filePath: outside + "/file"))
        #expect(symlink(outside, folder + "/.event-contracts-0123456789abcdef") == 0)
        let staging = folder + "/.event-contracts-00000000000000ff"
        try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
        let name = "../" + URL(filePath: outside).lastPathComponent + "/file"
        try Data(#"[{"name":"\#(name)","written":true,"new":true}]"#.utf8).write(
            to: URL(filePath: staging + "/journal"))
        try Data("theirs".utf8).write(to: URL(filePath: staging + "/0.new"))
        #expect(try OutputFolder(folder).write(Self.files("new")).written == Self.names)
        #expect(try contents(of: "file", in: outside) == "mine")
        #expect(try names(in: folder) == [".event-contracts-0123456789abcdef"] + Self.names)
    }

    @Test("pipes and large files of users are not read")
    func foreign() throws {
        let folder = try Self.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(mkfifo(folder + "/pipe.swift", 0o600) == 0)
        #expect(FileManager.default.createFile(atPath: folder + "/large.swift", contents: nil))
        #expect(truncate(folder + "/large.swift", 1 << 40) == 0)
        #expect(try OutputFolder(folder).write(Self.files("new")).written == Self.names)
        #expect(throws: OutputFailure.self) { try OutputFolder(folder).write(Self.files("new", ["pipe.swift"])) }
        #expect(throws: OutputFailure.self) { try OutputFolder(folder).write(Self.files("new", ["large.swift"])) }
    }

    @Test("a signal during writing ends the program after the files are complete")
    func signalled() async throws {
        let folder = try Self.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(processExitsWith: .signal(SIGTERM)) { [folder = folder as String] in
            signal(SIGTERM, SIG_DFL)
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGTERM)
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            _ = try OutputFolder(folder).write(Self.files("new")) { if $0 == "b.swift" { raise(SIGTERM) } }
            exit(1)
        }
        #expect(try names(in: folder) == Self.names)
    }
}
