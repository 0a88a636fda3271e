import EventContracts
import TDAContracts
import Testing

@testable import KafkaTransport

@Suite("Kafka topic plans")
struct KafkaTopicPlanTests {
    private let topic = DesiredTopic(
        key: "jobs", name: "tda_jobs", partitions: 6, replication: 1,
        config: ["retention.ms": "604800000", "cleanup.policy": "compact,delete", "min.insync.replicas": "1"])

    private func cluster(
        partitions: Int = 6, replication: Int = 1, _ configs: [String: ClusterState.Config] = [:]
    ) -> ClusterState {
        var all: [String: ClusterState.Config] = [
            "retention.ms": dynamic("604800000"), "cleanup.policy": dynamic("delete, compact"),
            "min.insync.replicas": ClusterState.Config(value: "1", isDynamic: false, isReadOnly: false),
        ]
        all.merge(configs) { _, new in new }
        return ClusterState(
            brokers: 1,
            topics: ["tda_jobs": .init(partitions: partitions, replication: replication, configs: all)])
    }

    private func dynamic(_ value: String?, isReadOnly: Bool = false) -> ClusterState.Config {
        ClusterState.Config(value: value, isDynamic: true, isReadOnly: isReadOnly)
    }

    private func entry(_ cluster: ClusterState, incrementally: Bool = true) throws -> TopicPlan.Entry {
        let plan = TopicPlanner(altersIncrementally: incrementally).plan([topic], cluster: cluster)
        return try #require(plan.entries.first)
    }

    @Test("values with the same meaning, and defaults, are not drift")
    func agreement() throws {
        let entry = try entry(cluster())
        #expect(entry.isUpToDate)
        #expect(
            entry.agreements == [
                "retention.ms": .same, "cleanup.policy": .same, "min.insync.replicas": .brokerDefault,
            ])
    }

    @Test(
        "values are compared by meaning",
        arguments: [
            ("retention.ms", "604800000", "7d", true), ("retention.ms", " 604800000 ", "604800000", true),
            ("retention.ms", "-1", "7d", false), ("max.message.bytes", "1024", "1024.0", false),
            ("cleanup.policy", "compact , delete", "delete,compact", true),
            ("cleanup.policy", "compact", "delete,compact", false), ("preallocate", "TRUE", "true", true),
            ("min.cleanable.dirty.ratio", "0.50", "0.5", true), ("min.cleanable.dirty.ratio", "0", "0.0", true),
            ("retention.bytes", "7d", "604800000", false),
            ("compression.type", "producer", "lz4", false), ("segment.ms", "90m", "5400000", true),
        ])
    func meaning(name: String, first: String, second: String, equal: Bool) {
        #expect(ConfigMeaning.areEqual(name, first, second) == equal)
        #expect(ConfigMeaning.areEqual(name, second, first) == equal)
    }

    @Test("a missing topic is created")
    func missing() throws {
        let entry = try entry(ClusterState(brokers: 1, topics: [:]))
        #expect(entry.isMissing)
        #expect(entry.steps.map(\.requirement) == [.none])
    }

    @Test("an impossible replication is rejected with a hint")
    func replication() throws {
        var topic = topic
        topic.replication = 3
        let plan = TopicPlanner(altersIncrementally: true).plan([topic], cluster: ClusterState(brokers: 2, topics: [:]))
        guard case .impossible(let reason) = plan.entries[0].steps[0].requirement else {
            Issue.record("not refused")
            return
        }
        #expect(reason == "replication 3 needs 3 brokers, the cluster has 2; deploy with --replication 2")
    }

    @Test("additional partitions require consent, and state the ratio of keys that move")
    func growth() throws {
        let step = try #require(try entry(cluster(partitions: 3)).steps.first)
        #expect(step.requirement == .growPartitions)
        guard case .growPartitions(3, 6, let moved) = step.change else {
            Issue.record("no growth: \(step.change)")
            return
        }
        // Of the keys of a partition, half go to the partition three further on.
        #expect(abs(moved - 0.5) < 0.01)
        #expect(abs(KeyMovement.ratio(from: 3, to: 5) - 0.8) < 0.01)
        #expect(abs(KeyMovement.ratio(from: 1, to: 12) - 11.0 / 12) < 0.01)
        #expect(KeyMovement.ratio(from: 6, to: 6) == 0)
    }

    @Test("partitions are never removed, replication is never changed")
    func impossible() throws {
        let steps = try entry(cluster(partitions: 8, replication: 2)).steps
        #expect(steps.count == 2)
        for step in steps {
            guard case .impossible = step.requirement else {
                Issue.record("\(step.change) would be applied")
                continue
            }
        }
    }

    @Test(
        "leaders that may lack records require consent",
        arguments: [("false", "true", true), ("true", "false", false), (nil, "true", true), (nil, "false", false)])
    func uncleanLeaders(current: String?, wanted: String, requiresConsent: Bool) throws {
        let name = "unclean.leader.election.enable"
        var topic = topic
        topic.config[name] = wanted
        let cluster = cluster(current.map { [name: dynamic($0)] } ?? [:])
        let plan = TopicPlanner(altersIncrementally: true).plan([topic], cluster: cluster)
        let step = try #require(plan.entries[0].steps.first)
        #expect(step.requirement == (requiresConsent ? .dataLoss : .none))
    }

    @Test(
        "a shorter retention requires consent",
        arguments: [
            ("retention.ms", "604800001", true), ("retention.ms", "-1", true), ("retention.ms", "604799999", false),
            ("cleanup.policy", "delete", true), ("cleanup.policy", "compact", true),
            ("min.insync.replicas", "0", false), ("remote.storage.enable", "true", true),
            ("remote.log.delete.on.disable", "false", true),
        ])
    func retention(name: String, current: String, cuts: Bool) throws {
        var topic = topic
        topic.config.merge(["remote.storage.enable": "false", "remote.log.delete.on.disable": "true"]) { $1 }
        let remote = ["remote.storage.enable": dynamic("false"), "remote.log.delete.on.disable": dynamic("true")]
        let cluster = cluster(remote.merging([name: dynamic(current)]) { $1 })
        let plan = TopicPlanner(altersIncrementally: true).plan([topic], cluster: cluster)
        #expect(plan.entries[0].steps.count == 1)
        let step = try #require(plan.entries[0].steps.first)
        #expect(step.requirement == (cuts ? .dataLoss : .none))
        guard case .setConfig(_, _, _, let loss) = step.change else {
            Issue.record("no change of a config")
            return
        }
        #expect((loss != nil) == cuts)
    }

    @Test("a config that the contract does not name stays, and is named")
    func foreign() throws {
        let entry = try entry(cluster(["segment.bytes": dynamic("1000")]))
        #expect(entry.isUpToDate)
        #expect(entry.agreements["segment.bytes"] == .notInContract)
    }

    @Test("without incremental changes, the plan names the configs that are written again")
    func rewriting() throws {
        let configs = ["min.insync.replicas": dynamic("2"), "segment.bytes": dynamic("1000")]
        #expect(
            try entry(cluster(configs), incrementally: false).rewrittenConfigs == [
                "cleanup.policy", "min.insync.replicas", "retention.ms", "segment.bytes",
            ])
        #expect(try entry(cluster(configs)).rewrittenConfigs == [])
        let onlyImpossible = ["min.insync.replicas": dynamic("2", isReadOnly: true)]
        #expect(try entry(cluster(onlyImpossible), incrementally: false).rewrittenConfigs == [])
    }

    @Test("without incremental changes, a config that can't be read forbids all changes of configs")
    func unreadable() throws {
        let configs = ["min.insync.replicas": dynamic("2"), "some.password": dynamic(nil)]
        let step = try #require(try entry(cluster(configs), incrementally: false).steps.first)
        guard case .impossible(let reason) = step.requirement else {
            Issue.record("not refused")
            return
        }
        #expect(reason.contains("some.password"))
        #expect(try entry(cluster(configs)).steps.first?.requirement == TopicChange.Requirement.none)
    }

    @Test("a read-only config is not changed")
    func readOnly() throws {
        let step = try #require(
            try entry(cluster(["min.insync.replicas": dynamic("2", isReadOnly: true)])).steps.first)
        #expect(step.requirement == .impossible("the broker does not let topics set it"))
    }

    @Test("more in-sync replicas than a topic has are never demanded")
    func inSyncReplicas() throws {
        var topic = topic
        topic.config["min.insync.replicas"] = "2"
        let plan = TopicPlanner(altersIncrementally: true).plan([topic], cluster: cluster())
        #expect(
            plan.entries[0].steps.map(\.requirement) == [
                .impossible("the topic has 1 replica: no record would be acknowledged")
            ])
    }

    @Test("the text of a plan")
    func text() throws {
        let other = DesiredTopic(
            key: "marks", name: "tda_marks", partitions: 3, replication: 1, config: ["retention.ms": "86400000"])
        let cluster = cluster(
            partitions: 3, ["retention.ms": dynamic("1209600000"), "segment.bytes": dynamic("1000")])
        let plan = TopicPlanner(altersIncrementally: false).plan([topic, other], cluster: cluster)
        #expect(
            plan.text == """
                tda_jobs: 2 differences
                  ~ partitions: 3 -> 6; about 50 % of keys move to another partition; needs --grow-partitions
                  ~ retention.ms: 1209600000 (14d) -> 604800000 (7d); records are deleted; the broker does not report how many; needs --allow-data-loss
                  * written again with the changes, because this librdkafka can't alter single configs: cleanup.policy, retention.ms, segment.bytes
                  * set on the topic, not in the contract: segment.bytes
                tda_marks: missing
                  + create with 3 partitions, replication 1
                      retention.ms  86400000 (1d)
                2 topics: 1 to create, 1 to change, 0 as in the contract

                """)
    }

    @Test("a lower replication lowers min.insync.replicas")
    func smallCluster() throws {
        let jobs = try #require(TDA.topics.first { $0.key == "jobs" })
        let topic = DesiredTopic(jobs, name: "tda_jobs", replication: 1)
        #expect(topic.replication == 1)
        #expect(topic.config["min.insync.replicas"] == "1")
        #expect(topic.notes.count == 1)
        #expect(DesiredTopic(jobs, name: "tda_jobs", replication: nil).config["min.insync.replicas"] == "2")
    }
}
