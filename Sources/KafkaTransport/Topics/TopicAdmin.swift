public import EventContracts
public import Logging

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An administrator of a contract's topics in a cluster. It compares them, and changes the cluster to match the contract.
///
/// ```swift
/// let admin = try TopicAdmin(configuration)
/// let plan = try await admin.plan(TDA.topics)
/// let report = try await admin.apply(plan)
/// await admin.close()
/// ```
///
/// Nothing changes without ``apply(_:consent:)``. Partitions are never removed, topics never deleted. What can lose data or
/// move keys needs a ``TopicConsent``. End it with ``close()``.
public final class TopicAdmin: Sendable {
    let timeout: Duration
    let names: TopicNames
    let client: KafkaClient
    private let handler: LoggingHandler
    private let logger: Logger
    private let library: KafkaLibrary

    /// Creates an administrator, which begins to connect.
    ///
    /// - Parameters:
    ///   - configuration: The cluster, its security, and the names of topics.
    ///   - options: Further properties of librdkafka.
    ///   - timeout: The time for each answer of the cluster.
    ///   - logger: The receiver of librdkafka's log.
    /// - Throws: All that is wrong with the configuration. Nothing has connected then.
    public convenience init(
        _ configuration: KafkaConfiguration, options: KafkaClientOptions = KafkaClientOptions(),
        timeout: Duration = .seconds(30), logger: Logger = Logger(label: "kafka.admin")
    ) throws(ConfigurationError) {
        try self.init(configuration, options: options, timeout: timeout, logger: logger, library: .current)
    }

    /// - Parameter library: The abilities of the library to count on.
    init(
        _ configuration: KafkaConfiguration, options: KafkaClientOptions = KafkaClientOptions(),
        timeout: Duration = .seconds(30), logger: Logger = Logger(label: "kafka.admin"), library: KafkaLibrary
    ) throws(ConfigurationError) {
        handler = LoggingHandler(log: ClientLog(logger, clock: ContinuousClock()))
        client = try KafkaClient(
            ClientProperties(connectingTo: configuration, options: options), handler: handler)
        names = configuration.topicNames
        self.timeout = timeout
        self.logger = logger
        self.library = library
    }

    /// Ends the connection. Requests fail from then on.
    public func close() async {
        await client.close()
        handler.log.flush()
    }

    /// Asks the cluster for its brokers and for topics.
    ///
    /// - Throws: At once where the brokers refuse the client; else, after the timeout, the reason why none answers.
    func metadata(of topics: Set<String>, timeout: Duration) async throws(KafkaError) -> KafkaMetadata {
        let metadata = try await client.firstMetadata(of: topics, until: .now + timeout.bounded)
        handler.answered()
        return metadata
    }

    // MARK: Plan

    /// Compares topics with the cluster. Changes nothing.
    ///
    /// - Parameters:
    ///   - topics: The contract's topics.
    ///   - replication: A replication that replaces the contract's, for clusters with fewer brokers. `min.insync.replicas` is
    ///     lowered to it.
    /// - Throws: The cluster's or the library's error; then nothing is known.
    public func plan(_ topics: [Topic], replication: Int? = nil) async throws(KafkaError) -> TopicPlan {
        let desired = topics.map { topic in
            DesiredTopic(topic, name: names.name(of: topic), replication: replication)
        }
        let cluster = try await state(of: desired.map(\.name))
        var plan = TopicPlanner(altersIncrementally: library.altersIncrementally).plan(desired, cluster: cluster)
        try await estimateLosses(&plan, cluster: cluster)
        return plan
    }

    private func state(of names: [String]) async throws(KafkaError) -> ClusterState {
        var metadata = try await metadata(of: Set(names), timeout: timeout)
        var state = ClusterState(brokers: metadata.brokers.count, topics: [:])
        guard !names.isEmpty else { return state }
        let answers = try await client.configs(of: names, timeout: timeout)
        // A topic may have been created between the two answers.
        if answers.contains(where: { metadata.topics[$0.key] == nil && (try? $0.value.get()) != nil }) {
            metadata = try await self.metadata(of: Set(names), timeout: timeout)
        }
        for (name, answer) in answers {
            switch answer {
            case .success(let configs):
                // Without its partitions, any number of them would seem to be too few.
                guard let partitions = metadata.topics[name] else {
                    throw metadata.failures[name]?.about(topic: name) ?? KafkaError(undescribed: name)
                }
                state.topics[name] = ClusterState.TopicState(
                    partitions: partitions.count, replication: partitions.map(\.replicas.count).min() ?? 0,
                    configs: configs)
            case .failure(let error):
                guard error.kind == .unknownTopic else { throw error.about(topic: name) }
            }
        }
        return state
    }

    /// Asks how many records each cut of retention would delete.
    private func estimateLosses(_ plan: inout TopicPlan, cluster: ClusterState) async throws(KafkaError) {
        for (index, entry) in plan.entries.enumerated() {
            guard let partitions = cluster.topics[entry.name]?.partitions else { continue }
            for (position, step) in entry.steps.enumerated() {
                guard case .setConfig("retention.ms", let old, let new, .some) = step.change,
                    let retention = ConfigMeaning.integer("retention.ms", new)
                else { continue }
                let now = Int64(Date().timeIntervalSince1970 * 1000)
                let counts = try? await client.recordCounts(
                    in: entry.name, partitions: partitions, before: now - retention, timeout: timeout)
                let loss = TopicChange.DataLoss(records: counts?.older, total: counts?.total)
                plan.entries[index].steps[position].change = .setConfig(
                    name: "retention.ms", from: old, to: new, loss: loss)
            }
        }
    }

    // MARK: Apply

    /// Applies the changes of a plan that need no consent, or have it. The others are reported as refused.
    ///
    /// - Returns: The result of each change. A second plan afterwards has only the refused ones.
    public func apply(
        _ plan: TopicPlan, consent: TopicConsent = TopicConsent()
    ) async throws(KafkaError) -> TopicReport {
        var report = TopicReport()
        for entry in plan.entries {
            var settings: [String: String] = [:]
            for step in entry.steps {
                if let refusal = step.refusal(consent) {
                    report.outcomes.append(.init(topic: entry.name, change: step.change, result: .refused(refusal)))
                    continue
                }
                if case .setConfig(let name, _, let value, _) = step.change {
                    settings[name] = ConfigMeaning.wireValue(name, value)
                    continue
                }
                let failure = await failure(of: step.change, on: entry)
                report.outcomes.append(.init(topic: entry.name, change: step.change, failure: failure))
            }
            guard !settings.isEmpty else { continue }
            let failure = await failure { () throws(KafkaError) in try await self.set(settings, of: entry.name) }
            for step in entry.steps where step.refusal(consent) == nil {
                guard case .setConfig = step.change else { continue }
                report.outcomes.append(.init(topic: entry.name, change: step.change, failure: failure))
            }
        }
        return report
    }

    private func failure(_ body: () async throws(KafkaError) -> Void) async -> KafkaError? {
        do throws(KafkaError) {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    private func failure(of change: TopicChange, on entry: TopicPlan.Entry) async -> KafkaError? {
        do throws(KafkaError) {
            switch change {
            case .create(let partitions, let replication, let config):
                let topic = DesiredTopic(
                    key: entry.key, name: entry.name, partitions: partitions, replication: replication, config: config)
                return try await client.create([topic], timeout: timeout)[entry.name]
            case .growPartitions(_, let count, _):
                return try await client.growPartitions([entry.name: count], timeout: timeout)[entry.name]
            // Never applied, or applied with the topic's other configs.
            case .shrinkPartitions, .changeReplication, .setConfig: return nil
            }
        } catch {
            return error
        }
    }

    /// Sets configs of a topic and keeps its others. Without incremental changes, they are read right before, and written with
    /// the new ones.
    private func set(_ settings: [String: String], of topic: String) async throws(KafkaError) {
        guard !library.altersIncrementally else {
            return try await client.alterConfigs(of: topic, settings, isIncremental: true, timeout: timeout)
        }
        var all: [String: String] = [:]
        if let configs = try await client.configs(of: [topic], timeout: timeout)[topic] {
            for (name, config) in try configs.get() where config.isDynamic {
                guard let value = config.value else {
                    throw KafkaError(unreadable: name, of: topic)
                }
                all[name] = value
            }
        }
        all.merge(settings) { _, new in new }
        try await client.alterConfigs(of: topic, all, isIncremental: false, timeout: timeout)
    }

    // MARK: Services

    /// Creates the topics that are missing, and leaves the others alone: for a service at start. Differences of other topics are
    /// logged.
    ///
    /// - Returns: The plan that was found.
    /// - Throws: The first error where a topic can't be created.
    @discardableResult
    public func ensureTopics(_ topics: [Topic], replication: Int? = nil) async throws(KafkaError) -> TopicPlan {
        let plan = try await plan(topics, replication: replication)
        let missing = plan.entries.filter(\.isMissing)
        for outcome in try await apply(TopicPlan(entries: missing)).outcomes {
            switch outcome.result {
            case .applied: logger.info("created the topic \(outcome.topic)")
            // Another instance of the service was faster.
            case .failed(let error) where error.name == "TOPIC_ALREADY_EXISTS": break
            case .failed(let error): throw error.about(topic: outcome.topic)
            case .refused(let reason): throw KafkaError(refused: reason, topic: outcome.topic)
            }
        }
        for entry in plan.entries where !entry.isUpToDate && !entry.isMissing {
            logger.warning("the topic \(entry.name) differs from the contract; see event-contracts-deploy topics plan")
        }
        return plan
    }
}
