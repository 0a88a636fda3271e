import ContractEvolution
import ContractExchange
import ContractModel
import Foundation
import JSONTape
import TestSupport
import Testing

/// Contracts from AsyncAPI documents.
@Suite struct ImportTests {
    private static func imported(_ text: String) throws -> AsyncAPIImport.Result {
        var diagnostics = Diagnostics()
        let result = AsyncAPIImport.read(Array(text.utf8), path: "asyncapi.yaml", diagnostics: &diagnostics)
        return try #require(result, "\(DiagnosticRenderer(format: .text).render(diagnostics.sorted))")
    }

    private static func version(_ files: ContractFiles) throws -> ContractVersion {
        var diagnostics = Diagnostics()
        let version = ContractVersion(files, label: "contract", diagnostics: &diagnostics)
        return try #require(version, "\(DiagnosticRenderer(format: .text).render(diagnostics.sorted))")
    }

    @Test("a contract survives a round trip, except for the listed losses", arguments: Catalog.folders)
    func roundTrip(folder: String) throws {
        let result = try Self.imported(try Catalog.export(folder).asyncAPI(version: .version30))
        let files = Dictionary(
            result.files.map { ($0.name, Array($0.contents.utf8)) }, uniquingKeysWith: { first, _ in first })
        let old = try Self.version(.disk(folder))
        let new = try Self.version(.texts(files, label: "import"))
        let changes = ContractComparison.report(old: [old], new: new).changes.map(\.line)
        let lost = result.losses.map(\.value)
        let monitoring = changes.filter { $0.contains("[metric-removed]") || $0.contains("[alert-removed]") }
        // One file holds what several did: Swift types that these shared, and the order of properties, can differ.
        #expect(changes.filter { !monitoring.contains($0) && !$0.contains("[swift-interface]") } == [])
        #expect(monitoring.isEmpty || lost.contains { $0.contains("metrics") })
        #expect(lost.count == (old.contract.metrics == nil && old.contract.alerts == nil ? 0 : 1), "\(lost)")
        #expect(new.contract.services.map(\.name.value) == old.contract.services.map(\.name.value))
        #expect(
            new.contract.topics.map(\.producers).map { $0.map(\.value) }
                == old.contract.topics.map(\.producers).map { $0.map(\.value) })
        #expect(new.contract.topics.map(\.expectedWithin?.value) == old.contract.topics.map(\.expectedWithin?.value))
    }

    @Test(
        "documents of other tools become contracts, and what has no place is listed",
        arguments: ["version2", "version3"])
    func foreign(name: String) throws {
        let folder = Catalog.root + "/Tests/Fixtures/AsyncAPI/" + name
        let result = try Self.imported(try String(contentsOfFile: folder + "/asyncapi.yaml", encoding: .utf8))
        let losses = result.losses.map { "\($0.location): \($0.value)\n" }.joined()
        var files = result.files.map { ($0.name, $0.contents) }
        files.append(("losses.txt", losses))
        for (file, contents) in files {
            let path = folder + "/expected/" + file
            if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
                try FileManager.default.createDirectory(atPath: folder + "/expected", withIntermediateDirectories: true)
                try Data(contents.utf8).write(to: URL(filePath: path))
            }
            #expect(contents == (try? String(contentsOfFile: path, encoding: .utf8)), "\(file)")
        }
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder + "/expected")) == Set(files.map(\.0)))
        let written = result.files.map { ($0.name, Array($0.contents.utf8)) }
        _ = try Self.version(.texts(Dictionary(written, uniquingKeysWith: { first, _ in first }), label: "import"))
    }

    @Test(
        "other files are refused, each at its place",
        arguments: [
            (
                "openapi: 3.0.0\n",
                "asyncapi.yaml:1:1: error: the file is not an AsyncAPI document: it has no 'asyncapi' [invalid-value]"
            ),
            ("asyncapi: 1.2.0\n", "asyncapi.yaml:1:11: error: 'asyncapi' can't be '1.2.0' [invalid-value]"),
            ("asyncapi: [\n", "error"), ("{\"asyncapi\": ", "error"), ("- a\n", "error"),
        ])
    func refused(text: String, expected: String) {
        var diagnostics = Diagnostics()
        #expect(AsyncAPIImport.read(Array(text.utf8), path: "asyncapi.yaml", diagnostics: &diagnostics) == nil)
        #expect(DiagnosticRenderer(format: .text).render(diagnostics.sorted).contains(expected))
    }
}
