import ContractModel
import JSONTape
import TestSupport
import Testing

@Suite struct ContractReaderTests {
    @Test("the platform's contract is read without a finding", arguments: ["schemas", "schemas/topics.yaml"])
    func platform(path: String) throws {
        var diagnostics = Diagnostics()
        let contract = try #require(ContractReader.read(Repository.path(path), diagnostics: &diagnostics))
        #expect(diagnostics.isEmpty)
        #expect(contract.name.value == "TDA")
        #expect(contract.name.location.line == 6)
        #expect(contract.topics.map(\.name) == ["tda_jobs", "tda_results", "tda_events", "tda_monitoring"])
        #expect(contract.topics.map(\.partitions.value) == [6, 3, 12, 3])
        #expect(
            contract.topics.first?.config.map { "\($0.key)=\($0.value)" } == [
                "cleanup.policy=delete", "compression.type=lz4", "min.insync.replicas=2", "retention.ms=604800000",
            ])
        #expect(contract.messages.map(\.events.count) == [5, 2, 5, 4])
        #expect(contract.messages.map(\.schema.value) == contract.messages.map(\.topic.value).map(schema))
        #expect(contract.schemas.map(\.stem) == ["event", "job", "monitoring", "result"])
    }

    private func schema(of topic: String) -> String {
        (topic.hasSuffix("s") ? String(topic.dropLast()) : topic) + ".schema.json"
    }

    @Test("a manifest that uses every key is read into every property")
    func everyKey() throws {
        let reading = try Reading.of(Manifest.whole)
        #expect(reading.text == "")
        let contract = try #require(reading.contract)
        #expect(contract.summary == "Orders.")
        #expect(contract.dialect.value == .draft2020)
        #expect(contract.assertsFormats)
        #expect(contract.services.map(\.summary) == ["The shop.", nil])
        let topic = try #require(contract.topics.first)
        #expect(topic.name == "shop_orders")
        #expect(topic.purpose == "Orders")
        #expect(topic.replication == Located(3, at: topic.replication.location))
        #expect(topic.producers.map(\.value) == ["web"])
        #expect(topic.consumers.map(\.value) == ["web", "mail"])
        let message = try #require(contract.messages.first)
        #expect(message.recordKey?.value == JSONPointer(tokens: ["id"]))
        #expect(message.headers.map(\.value.value) == ["application/json"])
        #expect(message.envelope.map(\.value.value) == ["{id}"])
        #expect(message.openEnums.map(\.value) == ["/status"])
        let event = try #require(message.events.first)
        #expect(event.name.value == "order.placed")
        #expect(event.fixed.map(\.value.jsonValue) == ["placed"])
        #expect(event.required.map(\.value.description) == ["/total"])
    }

    @Test("all errors are reported at once, including those of schemas")
    func allAtOnce() throws {
        let reading = try Reading.of(
            """
            contract: shop
            version: 1.0.0
            topics:
              orders: {partitions: 0, replication: 3, retention: soon}
            messages:
              OrderMessage: {schema: order.schema.json, topic: order, discriminator: type, events: {a: }}
            """, files: ["order.schema.json": "{\n  \"type\": }"])
        #expect(
            reading.rules == [
                .invalidJSON, .missingKey, .invalidName, .partitionCount, .duration, .unknownTopic, .pointerSyntax,
            ])
    }

    @Test("schemas are checked where the manifest can't be read")
    func brokenManifest() throws {
        let reading = try Reading.of("a: [", files: ["order.schema.json": "{]"])
        #expect(reading.contract == nil)
        #expect(reading.rules == [.invalidJSON, .invalidYAML])
    }

    @Test(
        "one cause gives one finding",
        arguments: [
            // A message that can't be read leaves no schema unused, a section that can't be read no name unknown.
            (Manifest.Change("    topic: orders\n", ""), [Rule.missingKey]),
            (.init("schema: order.schema.json", "schema: ordr.schema.json"), [.missingFile]),
            (.init("schema: order.schema.json", "schema: [order.schema.json]"), [.wrongType]),
            (.init("services:\n  web: The shop.\n  mail:\n", "services: [web, mail]\n"), [.wrongType]),
            (.init("{replication: 3}", "{replication: 0}"), [.replicationFactor]),
            (.init("topic_prefix: shop_", "topic_prefix: \"shop \""), [.topicName]),
            (.init("partitions: 6", "partitions: none"), [.wrongType]),
            (.init("shop-backend", "7"), [.wrongType]),
            // What can't be read is told of once, and what it declares is there all the same.
            (.init("description: Orders.", "description: .inf"), [.invalidYAML]),
            (.init("description: Orders.", "description: !!int x"), [.invalidYAML]),
            (.init("partitions: 6", "partitions: -.inf"), [.invalidYAML]),
            (.init("  orders:\n    purpose", "  404:\n    purpose"), [.wrongType, .unknownTopic]),
            (.init("description: Orders.", "7: Orders."), [.wrongType]),
        ])
    func oneCause(change: Manifest.Change, rules: [Rule]) throws {
        #expect(try Reading.of(Manifest.with(change)).rules == rules)
    }

    @Test("a topic's own value replaces that of topic_defaults, in any notation")
    func overrides() throws {
        let change = Manifest.Change(
            "{replication: 3}", "{replication: 1, retention: 1d, compression: zstd, config: {cleanup.policy: compact}}")
        let own = Manifest.Change("retention: 7d", "replication: 3\n    retention: forever")
        let manifest = Manifest.with(change).replacing(own.old, with: own.new)
        let reading = try Reading.of(manifest)
        #expect(reading.text == "")
        #expect(
            reading.contract?.topics.first?.config.map { "\($0.key)=\($0.value)" } == [
                "cleanup.policy=delete", "compression.type=lz4", "min.insync.replicas=2", "retention.ms=-1",
            ])
    }

    @Test("schemas are found in folders below, but not in hidden ones")
    func folders() throws {
        let files = [
            "orders/v1/line.schema.json": "{}", ".hidden/a.schema.json": "{}", ".build/b.schema.json": "{}",
            ".c.schema.json": "{}", "d.json": "{}",
        ]
        let reading = try Reading.of(Manifest.whole, files: files)
        #expect(reading.contract?.schemas.map(\.name) == ["order.schema.json", "orders/v1/line.schema.json"])
    }

    @Test("a value is reported where an alias repeats it")
    func aliases() throws {
        let manifest = Manifest.with(.init("topic_prefix: shop_", "topic_prefix: &p shop_"))
            .replacing("partitions: 6", with: "partitions: *p")
        #expect(
            try Reading.of(manifest).text
                == "topics.yaml:14:17: error: 'partitions' must be a whole number, found a string [wrong-type]\n")
    }

    @Test("a schema outside of the schema folders is not reported as missing")
    func hiddenSchemas() throws {
        let files = [".a/order.schema.json": Manifest.schema]
        let change = Manifest.Change("schema: order.schema.json", "schema: .a/order.schema.json")
        let reading = try Reading.of(Manifest.with(change), files: files)
        #expect(
            reading.text == """
                topics.yaml:25:13: error: '.a/order.schema.json' is not where schemas are looked for [missing-file]
                topics.yaml:25:13: note: they are not in hidden folders, behind links to folders, or more than 16 folders \
                below the manifest

                """)
    }

    @Test("a finding abbreviates a value of megabytes in the middle")
    func longValues() throws {
        let long = String(repeating: "x", count: 2 << 20)
        let text = try Reading.of(Manifest.with(.init("version: 1.0.0", "version: \(long)"))).text
        #expect(text.utf8.count < 3000)
        #expect(text.hasPrefix("topics.yaml:2:10: error: invalid version 'xxx"))
        #expect(text.contains("xxx' [invalid-value]"))
    }

    @Test("reading arbitrary bytes as a contract never traps or hangs")
    func fuzzing() throws {
        let words = [
            "[", "]", "{", "}", ": ", "- ", "&a ", "*a", "!!int ", "\"", "'", "|\n", "null", "-1", "1e999999999",
            "\n", "  ", "? ", "%YAML 1.1\n", "---\n", "\t", "\u{FEFF}", "\u{2028}", "orders", "/a~2",
            "99999999999999999999",
        ]
        var generator = SeededGenerator(seed: 42)
        try ContractFolder.with(["order.schema.json": Manifest.schema]) { folder in
            for _ in 0..<3000 {
                try folder.write(generator.mutate(Array(Manifest.whole.utf8), words: words), to: "topics.yaml")
                let reading = folder.read()
                #expect(reading.contract != nil || !reading.diagnostics.isEmpty)
                #expect(reading.diagnostics.allSatisfy { $0.location.line > 0 && $0.location.column > 0 })
            }
        }
    }
}
