import ContractModel
import Foundation
import JSONTape
import Testing

/// The manifest's own JSON Schema, held against the reader by a judge from outside: Python's jsonschema.
@Suite struct ManifestSchemaTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let base = """
        contract: Shop
        version: 1.0.0
        service: shop
        topics:
          orders: {partitions: 1, replication: 1}
        messages:
          OrderMessage:
            schema: order.schema.json
            topic: orders
            discriminator: /kind
            events: {order.placed: null}

        """

    /// Changes to the base: each replaces the first text by the second.
    private static let changes: [(String, String)] = [
        ("", ""), ("contract: Shop", "contract: shop"), ("contract: Shop", "contract: My-Shop"),
        ("contract: Shop\n", ""),
        ("1.0.0", "1.0"), ("1.0.0", "01.0.0"), ("1.0.0", "10.20.30"), ("version: 1.0.0\n", ""), ("service: shop\n", ""),
        ("service: shop", "service: 7"), ("service: shop", "service: shop\nextra: 1"),
        ("service: shop", "service: shop\ndescription: x"), ("service: shop", "service: shop\ndescription: [x]"),
        ("service: shop", "service: shop\nschemas: {dialect: draft-07, formats: annotate}"),
        ("service: shop", "service: shop\nschemas: {dialect: draft-7}"),
        ("service: shop", "service: shop\nschemas: {formats: on}"),
        ("service: shop", "service: shop\nschemas: {format: assert}"),
        ("service: shop", "service: shop\nservices: {a: x, b: }"),
        ("service: shop", "service: shop\nservices: [a]"), ("service: shop", "service: shop\nservices: {a: 1}"),
        ("service: shop", "service: shop\ntopic_prefix: x_"), ("service: shop", "service: shop\ntopic_prefix: 'x y'"),
        ("service: shop", "service: shop\nmetrics: {}"), ("service: shop", "service: shop\nmetrics: {a: 1}"),
        ("service: shop", "service: shop\nalerts: [a]"), ("service: shop", "service: shop\nmetrics:"),
        ("service: shop", "service: shop\ntopic_defaults: {replication: 2, config: {preallocate: true}}"),
        ("service: shop", "service: shop\ntopic_defaults: {purpose: x}"),
        ("service: shop", "service: shop\ntopic_defaults: 1"),
        ("partitions: 1", "partitions: 0"), ("partitions: 1", "partitions: 1.5"), ("partitions: 1", "partitions: '1'"),
        ("partitions: 1", "partitions: 2.0"), ("replication: 1", "replication: 40000"),
        ("replication: 1", "replication: 3"),
        ("replication: 1", "replication: 1, retention: 7d"), ("replication: 1", "replication: 1, retention: 7 d"),
        ("replication: 1", "replication: 1, retention: 1000"), ("replication: 1", "replication: 1, retention: -1"),
        ("replication: 1", "replication: 1, retention: -2"), ("replication: 1", "replication: 1, retention: forever"),
        ("replication: 1", "replication: 1, retention: [1]"), ("replication: 1", "replication: 1, retention: 1.5"),
        ("replication: 1", "replication: 1, cleanup: delete"),
        ("replication: 1", "replication: 1, cleanup: [compact, delete]"),
        ("replication: 1", "replication: 1, cleanup: [compact, compact]"),
        ("replication: 1", "replication: 1, cleanup: none"),
        ("replication: 1", "replication: 1, cleanup: []"), ("replication: 1", "replication: 1, compression: lz4"),
        ("replication: 1", "replication: 1, compression: lzma"),
        ("replication: 1", "replication: 1, config: {max.message.bytes: 9}"),
        ("replication: 1", "replication: 1, config: {max.mesage.bytes: 9}"),
        ("replication: 1", "replication: 1, config: [a]"),
        ("replication: 1", "replication: 1, config: {preallocate: }"),
        ("replication: 1", "replication: 1, producer: [a]"),
        ("replication: 1", "replication: 1, producers: []"), ("replication: 1", "replication: 1, consumers: a"),
        ("replication: 1", "replication: 1, purpose: 1"), ("orders: {", "'or ders': {"),
        ("orders: {", "or.ders_-1: {partitions: 1, replication: 1}\n  orders: {"),
        ("orders: {", "orders: 1\n  more: {"), ("OrderMessage:", "orderMessage:"), ("OrderMessage:", "Order_Message:"),
        ("    schema: order.schema.json\n", ""), ("order.schema.json", "order.json"),
        ("order.schema.json", "/order.schema.json"),
        ("    topic: orders\n", ""), ("    discriminator: /kind\n", ""), ("/kind", "kind"), ("/kind", "/kind~2"),
        ("    events: {order.placed: null}\n", ""), ("{order.placed: null}", "[order.placed]"),
        ("{order.placed: null}", "{order.placed: {}}"), ("{order.placed: null}", "{order.placed: 1}"),
        ("{order.placed: null}", "{order.placed: {description: x, fixed: {}, requires: []}}"),
        ("{order.placed: null}", "{order.placed: {fixed: {/note: x}, requires: [/note]}}"),
        ("{order.placed: null}", "{order.placed: {requires: /note}}"),
        ("{order.placed: null}", "{order.placed: {requires: [note]}}"),
        ("{order.placed: null}", "{order.placed: {requires: [/note, /note]}}"),
        ("{order.placed: null}", "{order.placed: {fix: {}}}"),
        ("{order.placed: null}", "{order.placed: {fixed: {note: x}}}"),
        ("    topic: orders", "    topic: orders\n    key: /id"),
        ("    topic: orders", "    topic: orders\n    key: id"),
        ("    topic: orders", "    topic: orders\n    headers: {a: b}"),
        ("    topic: orders", "    topic: orders\n    headers: {a: 1}"),
        ("    topic: orders", "    topic: orders\n    header: {}"),
        ("    topic: orders", "    topic: orders\n    envelope: {/id: '{id}'}"),
        ("    topic: orders", "    topic: orders\n    envelope: {id: '{id}'}"),
        ("    topic: orders", "    topic: orders\n    envelope: {/id: 7}"),
        ("    topic: orders", "    topic: orders\n    open_enums: []"),
        ("    topic: orders", "    topic: orders\n    open_enums: [id]"),
        ("    topic: orders", "    topic: orders\n    description: 1"),
    ]

    @Test("the manifest's JSON Schema and the reader accept and refuse the same manifests")
    func agree() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("{}".utf8).write(to: folder.appending(path: "order.schema.json"))

        var texts: [String] = []
        var accepted: [Bool] = []
        var instances: [JSONValue] = []
        for (old, new) in Self.changes {
            let text = old.isEmpty ? Self.base : Self.base.replacing(old, with: new, maxReplacements: 1)
            #expect(old.isEmpty || text != Self.base, "\(old) is not in the base")
            try Data(text.utf8).write(to: folder.appending(path: "topics.yaml"))
            var diagnostics = Diagnostics()
            _ = ContractReader.read(folder.path, diagnostics: &diagnostics)
            var syntax = Diagnostics()
            let node = try #require(YAMLReader.read(Array(text.utf8), file: "", diagnostics: &syntax))
            texts.append(text)
            accepted.append(!diagnostics.hasErrors)
            instances.append(node.jsonValue)
        }
        let verdicts = try judge(instances)
        try #require(verdicts.count == accepted.count)
        for (index, verdict) in verdicts.enumerated() {
            #expect(
                verdict == accepted[index],
                "the schema says \(verdict), the reader \(accepted[index]):\n\(texts[index])")
        }
        #expect(accepted.count { $0 } > 20 && accepted.count { !$0 } > 50)
    }

    @Test("the schema accepts the TDA contract's manifest, and is a schema itself")
    func acceptsTDA() throws {
        var diagnostics = Diagnostics()
        let bytes = Array(try Data(contentsOf: Self.root.appending(path: "schemas/topics.yaml")))
        let node = try #require(YAMLReader.read(bytes, file: "", diagnostics: &diagnostics))
        #expect(try judge([node.jsonValue]) == [true])
    }

    /// What jsonschema says of each value.
    private func judge(_ values: [JSONValue]) throws -> [Bool] {
        let program = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            print(json.dumps([validator.is_valid(value) for value in json.load(sys.stdin)]))
            """
        let python = Self.root.appending(path: ".build/judges/bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path),
            "run scripts/setup-judges first, as make test does")
        let process = Process()
        process.executableURL = python
        process.arguments = ["-c", program, Self.root.appending(path: "docs/manifest.schema.json").path]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var writer = JSONWriter()
        writer.write(.array(values))
        try input.fileHandleForWriting.write(contentsOf: Data(try writer.finish()))
        try input.fileHandleForWriting.close()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return try JSONDecoder().decode([Bool].self, from: answer)
    }
}
