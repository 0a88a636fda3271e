import ContractEvolution
import ContractModel
import Testing

/// Changes of a topic's config entries.
@Suite
struct TopicConfigTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var old: String
        var new: String
        /// Whether operations are affected; `nil` where nothing changed.
        var breaks: Bool?

        init(_ old: String, _ new: String, breaks: Bool?) {
            (self.old, self.new, self.breaks) = (old, new, breaks)
        }

        var testDescription: String { "\(old) → \(new)" }
    }

    static let cases = [
        Case("retention: 7d", "retention: 1d", breaks: true),
        Case("retention: 7d", "retention: 14d", breaks: false),
        Case("retention: forever", "retention: 30d", breaks: true),
        // Kafka's default is seven days.
        Case("retention: 30d", "purpose: Notes", breaks: true),
        Case("purpose: Notes", "retention: 7d", breaks: false),
        Case("cleanup: delete", "cleanup: compact", breaks: true),
        Case("purpose: Notes", "cleanup: delete", breaks: false),
        Case("cleanup: [delete, compact]", "cleanup: [compact, delete]", breaks: nil),
        Case("config: {min.insync.replicas: 2}", "config: {min.insync.replicas: 1}", breaks: true),
        Case("config: {min.insync.replicas: 2}", "purpose: Notes", breaks: true),
        Case("config: {min.insync.replicas: 1}", "config: {min.insync.replicas: 2}", breaks: false),
        Case("purpose: Notes", "config: {unclean.leader.election.enable: true}", breaks: true),
        Case("config: {max.message.bytes: 2000000}", "config: {max.message.bytes: 1000000}", breaks: true),
        Case("config: {delete.retention.ms: 86400000}", "config: {delete.retention.ms: 60000}", breaks: true),
        Case("compression: lz4", "compression: zstd", breaks: false),
    ]

    @Test(arguments: cases)
    func breaksOperationsWhereRecordsGetLost(_ pair: Case) throws {
        let changes = try changes(from: pair.old, to: pair.new)
        #expect(changes.isEmpty == (pair.breaks == nil))
        for change in changes where pair.breaks != nil {
            #expect(change.affected.contains(.operations) == pair.breaks)
        }
    }

    @Test
    func pointsAtTheLineOfTheEntry() throws {
        #expect(try changes(from: "retention: 7d", to: "retention: 1d").map(\.location.line) == [8])
        #expect(try changes(from: "retention: 30d", to: "purpose: Notes").map(\.location.line) == [8])
    }

    private func changes(from old: String, to new: String) throws -> [Change] {
        func texts(_ line: String) -> [String: [UInt8]] {
            let manifest = """
                contract: Shop
                version: 1.0.0
                service: shop
                topics:
                  orders:
                    partitions: 1
                    replication: 3
                    \(line)
                messages:
                  Order: {schema: order.schema.json, topic: orders}
                """
            return [
                "topics.yaml": Array(manifest.utf8),
                "order.schema.json": Array(#"{"type": "object", "properties": {"id": {"type": "string"}}}"#.utf8),
            ]
        }
        return ContractComparison.report(old: [try version(texts(old), "old")], new: try version(texts(new), "new"))
            .changes.filter { [.topicConfig, .topicRetention, .topicCleanup].contains($0.rule) }
    }
}
