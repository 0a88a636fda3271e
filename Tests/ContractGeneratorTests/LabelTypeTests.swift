import ContractGenerator
import Foundation
import Testing

/// The Swift types of labels.
@Suite struct LabelTypeTests {
    private static let manifest = """
        contract: Two
        version: 1.0.0
        service: two
        topics:
          first: {partitions: 3, replication: 1}
          second: {partitions: 3, replication: 1}
        messages:
          M: {schema: m.schema.json, topic: first, discriminator: /type, events: {a: , b: {forbids: [/note]}}}
          N: {schema: n.schema.json, topic: second, discriminator: /action}
        metrics:
          families:
            two_messages_total:
              {type: counter, help: Messages, labels: [topic, event, status], from: producer.messages}
            two_invalid_total: {type: counter, help: Invalid messages, labels: [rule], from: producer.invalid}
        """
    private static let schemas = [
        "m.schema.json": """
        {"type": "object", "required": ["type"], "properties": {
          "type": {"type": "string", "enum": ["a", "b"]}, "note": {"type": "string"}}}
        """,
        "n.schema.json": """
        {"type": "object", "required": ["action"], "properties": {"action": {"type": "string", "enum": ["a", "c"]}}}
        """,
    ]

    private func metrics() throws -> String {
        let files = try Contracts.inFolder(Self.schemas.merging(["topics.yaml": Self.manifest]) { $1 }) {
            try Contracts.generate(try Contracts.compile($0))
        }
        return try #require(files.first { $0.name == "contract.metrics.swift" }).contents
    }

    @Test("an event that two messages have is one value")
    func sharedEvents() throws {
        #expect(try metrics().contains(#"public static let texts = ["a", "b", "c"]"#))
    }

    @Test("the rules of events are values where an event has them")
    func rules() throws {
        #expect(try metrics().contains(#"texts = ["enum", "forbids", "required", "type", "other"]"#))
    }
}
