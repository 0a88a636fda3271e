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
        #expect(changes.filter { !monitoring.contains($0) } == [])
        let schemas = Dictionary(
            new.contract.schemas.map { ($0.name, $0.root.jsonValue) }, uniquingKeysWith: { first, _ in first })
        for message in old.contract.messages {
            let name = SchemaFile.name(of: message.schema.value)
            #expect(schemas[name] == old.contract.schemas.first { $0.name == name }?.root.jsonValue, "\(name)")
        }
        #expect(monitoring.isEmpty || lost.contains { $0.contains("metrics") })
        #expect(lost.count == (old.contract.metrics == nil && old.contract.alerts == nil ? 0 : 1), "\(lost)")
        #expect(new.contract.services.map(\.name.value) == old.contract.services.map(\.name.value))
        #expect(
            new.contract.topics.map(\.producers).map { $0.map(\.value) }
                == old.contract.topics.map(\.producers).map { $0.map(\.value) })
        #expect(new.contract.topics.map(\.expectedWithin?.value) == old.contract.topics.map(\.expectedWithin?.value))
    }

    @Test("a document without the files of its schemas has one for each message, and what may differ is listed")
    func withoutFiles() throws {
        let folder = Catalog.root + "/Tests/Fixtures/Generated/SharedFiles"
        let text = try Catalog.export(folder).asyncAPI(version: .version31)
        let start = try #require(text.range(of: "    schema_files:\n"))
        let end = try #require(text.range(of: "\ndefaultContentType:"))
        let rest = text[end.lowerBound...].dropFirst()
        let result = try Self.imported(String(text[..<start.lowerBound]) + rest)
        #expect(
            result.losses.map(\.value) == [
                "the schema of 'SharedFilesMessage' becomes one file; Swift types and the order of properties may differ"
            ])
        #expect(result.files.map(\.name) == ["topics.yaml", "shared-files-message.schema.json"])
    }

    @Test(
        "messages of one channel are identified by a property or a header with another constant in each",
        arguments: [
            (
                "payload: {type: object, required: [type], properties: {type: {const: NAME}, other: {const: x}}}",
                "identified_by:\n      property: /type"
            ),
            (
                "headers: {type: object, properties: {kind: {const: NAME}}}\n        payload: {type: object}",
                "identified_by:\n      header: kind"
            ),
            ("payload: {type: object, properties: {type: {const: NAME}}}", nil),
        ] as [(String, String?)])
    func identification(message: String, expected: String?) throws {
        func entry(_ name: String) -> String { "      \(name):\n        \(message.replacing("NAME", with: name))\n" }
        let result = try Self.imported(
            """
            asyncapi: 3.0.0
            info: {title: Shop, version: 1.0.0}
            channels:
              orders:
                address: orders
                bindings: {kafka: {partitions: 1, replicas: 1}}
                messages:

            """ + entry("Placed") + entry("Paid"))
        let manifest = try #require(result.files.first).contents
        guard let expected else {
            #expect(!manifest.contains("identified_by"))
            return
        }
        #expect(manifest.ranges(of: expected).count == 2)
        let written = result.files.map { ($0.name, Array($0.contents.utf8)) }
        _ = try Self.version(.texts(Dictionary(written, uniquingKeysWith: { first, _ in first }), label: "import"))
    }

    @Test("the document of one service becomes a contract of its topics, without the other services")
    func ofOneService() throws {
        let export = try Catalog.export(Catalog.root + "/schemas")
        let result = try Self.imported(export.asyncAPI(version: .version30, service: "flink"))
        let written = result.files.map { ($0.name, Array($0.contents.utf8)) }
        let version = try Self.version(
            .texts(Dictionary(written, uniquingKeysWith: { first, _ in first }), label: "import"))
        #expect(version.contract.services.map(\.name.value) == ["flink"])
        #expect(version.contract.topics.map(\.key.value) == ["jobs", "results", "events"])
        #expect(version.contract.topics.allSatisfy { $0.producers.isEmpty })
    }

    @Test("a document cannot name files outside of the contract's folder, or another topic and schema for a message")
    func forged() throws {
        let document = #"""
            {"asyncapi": "3.0.0",
             "info": {"title": "x", "version": "1.0.0", "x-event-contracts": {
               "contract": "X", "service": "s", "schema_files": {"../evil.schema.json": "{}", "topics.yaml": "{}"}}},
             "channels": {"a": {"address": "a", "bindings": {"kafka": {"partitions": 1, "replicas": 1}}, "messages": {"M": {
               "name": "M", "payload": {"type": "object"},
               "x-event-contracts": {"schema": "../evil.schema.json", "topic": "other"}}}}}}
            """#
        let result = try Self.imported(document)
        #expect(result.files.map(\.name) == ["topics.yaml", "m.schema.json"])
        let manifest = try #require(result.files.first).contents
        #expect(manifest.contains("    schema: m.schema.json\n    topic: a\n"))
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

    @Test(
        "a document without a JSON message is refused, with the reasons",
        arguments: [
            "", "channels: {}", "channels: {a: {address: a, messages: {}}}",
            "channels: {a: {address: a, messages: {m: {}}}}",
            """
            channels: {a: {address: a, messages: {m: {payload: {
              schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: {type: record}}}}}}
            """,
        ])
    func withoutMessages(text: String) throws {
        var diagnostics = Diagnostics()
        let document = "asyncapi: 3.0.0\ninfo: {title: T, version: 1.0.0}\n" + text
        let result = try #require(
            AsyncAPIImport.read(Array(document.utf8), path: "asyncapi.yaml", diagnostics: &diagnostics))
        let errors = DiagnosticRenderer(format: .text).render(diagnostics.sorted)
        #expect(
            errors.contains("error: the document has no message with a JSON Schema, and a contract has at least one"))
        #expect(text.contains("{m:") == result.losses.contains { $0.value.contains("left out") })
    }
}
