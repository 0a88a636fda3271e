import ContractGenerator
import Foundation
import Testing

/// The folders in `Tests/Fixtures/Generated`: a theme each, with a contract, the Swift types that it becomes, and documents
/// that these hold. `UPDATE_FIXTURES=1` writes the types anew.
@Suite("Generated types")
struct GoldenTests {
    private static let folder = Contracts.root.appending(path: "Tests/Fixtures/Generated").path
    static let themes = (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []

    private static func generate(_ theme: String) throws -> [GeneratedFile] {
        try Contracts.generate(try Contracts.compile("\(folder)/\(theme)"))
    }

    @Test("a schema becomes these types", arguments: themes)
    func types(theme: String) throws {
        let files = try Self.generate(theme).filter { $0.name.hasSuffix(".schema.swift") }
        let text = files.map { file in
            // The first lines are the same in every file; the events follow the types.
            let types = file.contents.components(separatedBy: "\n// MARK: - Events")[0]
            return types.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(5).joined(separator: "\n")
        }.joined(separator: "\n")
        let path = "\(Self.folder)/\(theme)/expected.swift.txt"
        if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try text == String(contentsOfFile: path, encoding: .utf8))
    }

    @Test("the types hold the documents exactly, directly and through Codable")
    func documents() throws {
        var sources: [String: String] = [:]
        var checks: [String] = []
        for theme in Self.themes {
            for file in try Self.generate(theme) { sources["\(theme).\(file.name)"] = file.contents }
            let documents = try String(contentsOfFile: "\(Self.folder)/\(theme)/documents.jsonl", encoding: .utf8)
            for document in documents.split(separator: "\n") {
                checks.append("check(\(theme)Message.self, #\"\(document)\"#)")
            }
        }
        #expect(checks.count > Self.themes.count)
        sources["main.swift"] = Self.program + checks.joined(separator: "\n") + "\nexit(failures == 0 ? 0 : 1)\n"
        let outcome = try SwiftCompiler.runProgram(sources)
        #expect(outcome.isSound, "\(outcome.text.prefix(4000))")
    }

    /// Reads each document, writes it, and compares.
    private static let program = """
        import EventContracts
        import Foundation

        nonisolated(unsafe) var failures = 0

        func fail(_ text: String) {
            failures += 1
            FileHandle.standardError.write(Data((text + "\\n").utf8))
        }

        func check<M: Message>(_ type: M.Type, _ document: String) {
            do {
                let tape = try JSONTape(parsing: Array(document.utf8))
                let message = try M(validating: tape)
                let written = try JSONTape(parsing: try message.encoded())
                if try written.value(at: .root) != tape.value(at: .root) {
                    fail("\\(type) wrote \\(String(decoding: try message.encoded(), as: UTF8.self)) for \\(document)")
                }
                let coded = try JSONDecoder().decode(M.self, from: try JSONEncoder().encode(message))
                // Foundation rounds numbers that neither 64 bits nor a double hold.
                if coded != message, M.messageName != "BigIntegersMessage", M.messageName != "ExactNumbersMessage" {
                    fail("\\(type) differs through Codable: \\(document)")
                }
            } catch {
                fail("\\(type): \\(error) in \\(document)")
            }
        }

        """
}
