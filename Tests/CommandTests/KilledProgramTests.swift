import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Programs that are killed while they write files, and run again.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct KilledProgramTests {
    /// A program that writes a folder.
    struct Writer: CustomTestStringConvertible {
        var program = "event-contracts"
        /// The arguments that write the files of a contract into the folder `out`.
        var arguments: @Sendable (_ contract: String) -> [String]
        /// Whether the program can compare the folder instead.
        var canCheck = true
        /// Whether the program writes new files only.
        var startsNew = false

        var testDescription: String { ([program] + arguments("contract")).joined(separator: " ") }
    }

    static let writers = [
        Writer { ["generate", $0, "--output", "out"] },
        Writer { ["monitoring", $0, "--output", "out"] },
        Writer(
            program: "generate-contracts-tool",
            arguments: { ["\($0)/topics.yaml", "out"] + schemas }, canCheck: false),
        Writer(arguments: { _ in ["templates", "export", "out"] }, canCheck: false, startsNew: true),
        Writer(arguments: { _ in ["init", "out"] }, canCheck: false, startsNew: true),
    ]

    private static let schemas = [
        "event.schema.json", "job.schema.json", "monitoring.schema.json", "result.schema.json",
    ]

    @Test("the next run finishes or undoes the work of a killed one", arguments: writers)
    func killed(writer: Writer) throws {
        try Tool.inFolder { folder in
            try Self.makeContracts(in: folder)
            let output = folder + "/out"
            func run(_ contract: String, _ more: String...) throws -> Tool {
                try Tool.run(writer.arguments(contract) + more, in: folder, program: writer.program)
            }
            #expect(try run("new").status == 0)
            let new = try Self.contents(of: output)
            try FileManager.default.removeItem(atPath: output)
            var old: [String: Data] = [:]
            if !writer.startsNew {
                #expect(try run("old").status == 0)
                old = try Self.contents(of: output)
                #expect(old != new)
            }
            var killed = 0
            // A program may end before the signal arrives: then once more.
            for trial in 0..<200 where killed < 5 {
                if try Self.kill(writer, writer.arguments("new"), in: folder, late: trial % 8 * 100) { killed += 1 }
                if writer.canCheck, trial.isMultiple(of: 2) {
                    _ = try run("new", "--check")
                    #expect([old, new].contains(try Self.contents(of: output)), "killed in trial \(trial)")
                }
                let status = try run("new").status
                #expect(status == 0 || writer.startsNew)
                #expect(try Self.contents(of: output) == new, "killed in trial \(trial)")
                if writer.startsNew {
                    try FileManager.default.removeItem(atPath: output)
                } else {
                    #expect(try run("old").status == 0)
                }
            }
            #expect(killed > 0)
        }
    }

    // MARK: Steps

    /// Two versions of a contract, in `old` and `new`, whose generated files all differ.
    private static func makeContracts(in folder: String) throws {
        let files = FileManager.default
        for name in ["old", "new"] {
            try files.copyItem(atPath: Tool.root + "/schemas", toPath: folder + "/" + name)
        }
        let manifest = folder + "/new/topics.yaml"
        let text = try String(contentsOfFile: manifest, encoding: .utf8)
        try ("access: package\n" + text.replacing("summary: ", with: "summary: New "))
            .write(toFile: manifest, atomically: true, encoding: .utf8)
    }

    /// Every file of a folder, hidden ones too, by its name; empty where there is no folder.
    private static func contents(of folder: String) throws -> [String: Data] {
        guard FileManager.default.fileExists(atPath: folder) else { return [:] }
        var contents: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            contents[name] = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
        }
        return contents
    }

    /// Kills a program a little later than it has begun to write, and returns whether it was still running.
    ///
    /// - Parameter late: The number of looks at the folder in between.
    private static func kill(_ writer: Writer, _ arguments: [String], in folder: String, late: Int) throws -> Bool {
        let process = try Tool.start(arguments, in: folder, program: writer.program)
        let output = folder + "/out"
        var looks = 0
        while process.isRunning, looks <= late {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []
            if looks > 0 || names.contains(where: { $0.hasPrefix(".event-contracts-") }) { looks += 1 }
        }
        #if canImport(Glibc)
        Glibc.kill(process.processIdentifier, SIGKILL)
        #else
        Darwin.kill(process.processIdentifier, SIGKILL)
        #endif
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal
    }
}
