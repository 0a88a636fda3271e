import EventContracts
import Foundation
import Logging
import TDAContracts
import TestSupport
import Testing

@testable import KafkaTransport

@Suite("Kafka topics on a broker")
struct KafkaTopicAdminTests {
    private func admin(_ broker: Broker, incrementally: Bool? = nil) throws -> TopicAdmin {
        var configuration = KafkaConfiguration(service: "shop")
        configuration.bootstrapServers = [broker.address]
        let current = KafkaLibrary.current
        return try TopicAdmin(
            configuration,
            library: KafkaLibrary(
                number: current.number, version: current.version,
                altersIncrementally: incrementally ?? current.altersIncrementally))
    }

    private func topic(_ partitions: Int, _ config: [String: String]) -> Topic {
        Topic(
            key: "notes", prefix: "test_", purpose: "", partitions: partitions, replication: 1, config: config,
            producers: [], consumers: [])
    }

    @Test("all four topics of the TDA platform are created, and a second apply does nothing")
    func create() async throws {
        let broker = try Broker()
        let admin = try admin(broker)
        let plan = try await admin.plan(TDA.topics, replication: 1)
        #expect(plan.entries.map(\.name) == ["tda_jobs", "tda_results", "tda_events", "tda_monitoring"])
        #expect(plan.entries.allSatisfy { $0.isMissing })
        // A plan alone changes nothing.
        #expect(try await admin.plan(TDA.topics, replication: 1) == plan)

        let report = try await admin.apply(plan)
        #expect(report.isComplete)
        #expect(report.outcomes.count == 4)
        let second = try await admin.plan(TDA.topics, replication: 1)
        #expect(!second.hasDrift)
        #expect(try await admin.apply(second).outcomes.isEmpty)

        let seen = try OutsideProgram.kcat().run("-b", broker.address, "-L", "-J").output
        let listing = try #require(JSONSerialization.jsonObject(with: Data(seen.utf8)) as? [String: Any])
        let topics = try #require(listing["topics"] as? [[String: Any]])
        let counts = topics.map { ($0["topic"] as? String ?? "", ($0["partitions"] as? [Any])?.count) }
        for topic in TDA.topics {
            #expect(counts.first { $0.0 == topic.name }?.1 == topic.partitions)
        }
        await admin.close()
    }

    @Test("the contract's replication is rejected by a single broker, with a hint")
    func refusedReplication() async throws {
        let broker = try Broker()
        let admin = try admin(broker)
        let plan = try await admin.plan(TDA.topics)
        let report = try await admin.apply(plan)
        #expect(!report.isComplete)
        #expect(report.failures.isEmpty)
        #expect(report.text.contains("replication 3 needs 3 brokers, the cluster has 1; deploy with --replication 1"))
        await #expect(throws: KafkaError.self) { try await admin.ensureTopics(TDA.topics) }
        await admin.close()
    }

    @Test("partitions grow with consent only", arguments: [true, false])
    func growth(consents: Bool) async throws {
        let broker = try Broker()
        let admin = try admin(broker)
        _ = try await admin.apply(try await admin.plan([topic(3, [:])]))
        let plan = try await admin.plan([topic(6, [:])])
        let report = try await admin.apply(plan, consent: TopicConsent(growsPartitions: consents))
        #expect(report.isComplete == consents)
        let metadata = try await admin.client.metadata(of: ["test_notes"], timeout: .seconds(10))
        #expect(metadata.topics["test_notes"]?.count == (consents ? 6 : 3))
        // Back again is never applied.
        let back = try await admin.apply(
            try await admin.plan([topic(2, [:])]),
            consent: TopicConsent(growsPartitions: true, allowsDataLoss: true))
        #expect(!back.isComplete)
        #expect(back.failures.isEmpty)
        await admin.close()
    }

    /// With 2.0.2, only reading, merging and writing; with a newer library, both ways.
    private static let ways = KafkaLibrary.current.altersIncrementally ? [true, false] : [false]

    @Test("a change of one config keeps the others", arguments: Self.ways)
    func configs(incrementally: Bool) async throws {
        let broker = try Broker()
        let admin = try admin(broker, incrementally: incrementally)
        let first = ["cleanup.policy": "compact", "retention.ms": "1000000", "segment.ms": "5000"]
        _ = try await admin.apply(try await admin.plan([topic(1, first)]))
        // The contract no longer names the cleanup policy: it stays.
        let second = ["retention.ms": "2000000", "segment.ms": "5000"]
        let plan = try await admin.plan([topic(1, second)])
        #expect(plan.entries[0].steps.count == 1)
        #expect(
            plan.entries[0].rewrittenConfigs
                == (incrementally ? [] : ["cleanup.policy", "retention.ms", "segment.ms"]))
        #expect(try await admin.apply(plan).isComplete)
        let configs = try await admin.client.configs(of: ["test_notes"], timeout: .seconds(10))
        let values = try #require(try configs["test_notes"]?.get())
        #expect(values["cleanup.policy"]?.value == "compact")
        #expect(values["retention.ms"]?.value == "2000000")
        #expect(values["segment.ms"]?.value == "5000")
        #expect(try await !admin.plan([topic(1, second)]).hasDrift)
        await admin.close()
    }

    @Test("a shorter retention states the number of records that it deletes, and requires consent")
    func retention() async throws {
        let broker = try Broker()
        let admin = try admin(broker)
        _ = try await admin.apply(try await admin.plan([topic(1, ["retention.ms": "-1"])]))
        let sent = try OutsideProgram.kcat().run(
            "-b", broker.address, "-t", "test_notes", "-P", input: Array("a\nb\nc\n".utf8))
        #expect(sent.status == 0)
        // Everything sent up to now is older than no time at all.
        let plan = try await admin.plan([topic(1, ["retention.ms": "0"])])
        guard case .setConfig(_, "-1", "0", let loss) = plan.entries[0].steps[0].change else {
            Issue.record("no cut: \(plan.text)")
            return
        }
        #expect(loss == TopicChange.DataLoss(records: 3, total: 3))
        #expect(try await !admin.apply(plan).isComplete)
        #expect(try await admin.apply(plan, consent: TopicConsent(allowsDataLoss: true)).isComplete)
        await admin.close()
    }

    @Test("a broker's refusal is reported at its topic, and the others are created")
    func failure() async throws {
        let broker = try Broker()
        let admin = try admin(broker)
        let wrong = topic(1, ["no.such.config": "1"])
        let report = try await admin.apply(try await admin.plan([wrong] + TDA.topics, replication: 1))
        #expect(report.failures.map(\.topic) == ["test_notes"])
        #expect(report.outcomes.count(where: { $0.result == .applied }) == 4)
        guard case .failed(let error) = report.failures[0].result else { return }
        #expect(error.name == "INVALID_CONFIG")
        #expect(error.kind == .rejected)
        #expect(error.message.contains("no.such.config"))
        await admin.close()
    }

    @Test("services create missing topics at start, also concurrently")
    func ensure() async throws {
        let broker = try Broker()
        let admins = try (0..<4).map { _ in try admin(broker) }
        try await withThrowingTaskGroup { group in
            for admin in admins { group.addTask { _ = try await admin.ensureTopics(TDA.topics, replication: 1) } }
            try await group.waitForAll()
        }
        #expect(try await !admins[0].plan(TDA.topics, replication: 1).hasDrift)
        for admin in admins { await admin.close() }
    }

    @Test("health names brokers, controller and each topic, and a dead cluster is unhealthy within the deadline")
    func health() async throws {
        let broker = try Broker()
        let admin = try admin(broker)
        let before = await admin.health(TDA.topics)
        #expect(before.status == .unhealthy)
        #expect(before.text.contains("topic tda_jobs: unhealthy, missing, or not visible"))
        try await admin.ensureTopics(TDA.topics, replication: 1)
        let health = await admin.health(TDA.topics)
        #expect(health.status == .healthy)
        #expect(Array(health.brokers.values) == [broker.address])
        #expect(health.topics.map(\.partitions) == [6, 3, 12, 3])
        let json = try #require(JSONSerialization.jsonObject(with: Data(health.json())) as? [String: Any])
        #expect(json["status"] as? String == "healthy")
        broker.kill()
        let after = await admin.health(TDA.topics, deadline: .milliseconds(300))
        #expect(after.status == .unhealthy)
        #expect(after.failure != nil)
        // Far below the time that the library waits by default, on a machine that is busy with other tests.
        #expect(after.answerTime < .seconds(15))
        await admin.close()
    }
}
