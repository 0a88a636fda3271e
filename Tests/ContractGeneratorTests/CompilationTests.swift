import ContractGenerator
import Foundation
import Testing

/// What is generated from odd contracts is handed to the compiler, as strict as it can be.
@Suite struct CompilationTests {
    @Test("generated code compiles without a warning", arguments: ["Names", "Odd", "Metrics"])
    func compiles(name: String) throws {
        let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/\(name)").path
        let files = try Contracts.generate(try Contracts.compile(fixture))
        let sources = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.contents) })
        try Contracts.inFolder(sources) { folder in
            let modules = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "Modules")
                .path
            let fallback = Contracts.root.appending(path: ".build/debug/Modules").path
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments =
                ["swiftc", "-typecheck", "-swift-version", "6", "-warnings-as-errors", "-I"]
                + [FileManager.default.fileExists(atPath: modules) ? modules : fallback]
                + ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
                .flatMap { ["-enable-upcoming-feature", $0] }
                + files.map { folder + "/" + $0.name }
            let output = Pipe()
            process.standardError = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(text.prefix(4000))")
        }
    }
}
