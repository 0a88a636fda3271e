/// A planner of the changes of topics in a cluster. Reads nothing and changes nothing by itself.
struct TopicPlanner: Sendable {
    /// Whether the library can alter single configs.
    var altersIncrementally: Bool

    func plan(_ topics: [DesiredTopic], cluster: ClusterState) -> TopicPlan {
        TopicPlan(entries: topics.map { entry($0, cluster: cluster) })
    }

    private func entry(_ topic: DesiredTopic, cluster: ClusterState) -> TopicPlan.Entry {
        var entry = TopicPlan.Entry(
            key: topic.key, name: topic.name, steps: [], agreements: [:], rewrittenConfigs: [], notes: topic.notes)
        guard let state = cluster.topics[topic.name] else {
            entry.steps = [creation(of: topic, brokers: cluster.brokers)]
            return entry
        }
        entry.steps = structure(topic, state)
        compareConfigs(topic, state, into: &entry)
        return entry
    }

    private func creation(of topic: DesiredTopic, brokers: Int) -> TopicPlan.Step {
        let change = TopicChange.create(
            partitions: topic.partitions, replication: topic.replication, config: topic.config)
        guard topic.replication > brokers else { return TopicPlan.Step(change: change, requirement: .none) }
        let reason =
            "replication \(topic.replication) needs \(topic.replication) brokers, the cluster has \(brokers); "
            + "deploy with --replication \(brokers)"
        return TopicPlan.Step(change: change, requirement: .impossible(reason))
    }

    private func structure(_ topic: DesiredTopic, _ state: ClusterState.TopicState) -> [TopicPlan.Step] {
        var steps: [TopicPlan.Step] = []
        if state.partitions < topic.partitions {
            let moved = KeyMovement.ratio(from: state.partitions, to: topic.partitions)
            let change = TopicChange.growPartitions(from: state.partitions, to: topic.partitions, movedKeys: moved)
            steps.append(TopicPlan.Step(change: change, requirement: .growPartitions))
        } else if state.partitions > topic.partitions {
            let change = TopicChange.shrinkPartitions(from: state.partitions, to: topic.partitions)
            let reason =
                "Kafka can't remove partitions; write \(state.partitions) into the contract, or use a new topic"
            steps.append(TopicPlan.Step(change: change, requirement: .impossible(reason)))
        }
        if state.replication != topic.replication {
            let change = TopicChange.changeReplication(from: state.replication, to: topic.replication)
            let reason = "reassign the partitions with kafka-reassign-partitions, or deploy with --replication"
            steps.append(TopicPlan.Step(change: change, requirement: .impossible(reason)))
        }
        return steps
    }

    // MARK: Configs

    private func compareConfigs(
        _ topic: DesiredTopic, _ state: ClusterState.TopicState, into entry: inout TopicPlan.Entry
    ) {
        let unreadable = state.configs.filter { $0.value.isDynamic && $0.value.value == nil }.keys.sorted()
        for (name, value) in topic.config.sorted(by: { $0.key < $1.key }) {
            let current = state.configs[name]
            if let current, let text = current.value, ConfigMeaning.areEqual(name, text, value) {
                entry.agreements[name] = current.isDynamic ? .same : .brokerDefault
                continue
            }
            entry.steps.append(
                setting(name, to: value, current: current, state, unreadable: unreadable))
        }
        for (name, config) in state.configs where config.isDynamic && topic.config[name] == nil {
            entry.agreements[name] = .notInContract
        }
        let changes = entry.steps.contains { step in
            if case .setConfig = step.change, !step.requirement.isImpossible { true } else { false }
        }
        if changes, !altersIncrementally {
            entry.rewrittenConfigs = state.configs.filter(\.value.isDynamic).keys.sorted()
        }
    }

    private func setting(
        _ name: String, to value: String, current: ClusterState.Config?, _ state: ClusterState.TopicState,
        unreadable: [String]
    ) -> TopicPlan.Step {
        let cuts = cutsRetention(name, from: current?.value, to: value)
        let mayLose = cuts || allowsUncleanLeaders(name, from: current?.value, to: value)
        let change = TopicChange.setConfig(name: name, from: current?.value, to: value, loss: cuts ? .init() : nil)
        let requirement: TopicChange.Requirement =
            if current?.isReadOnly == true {
                .impossible("the broker does not let topics set it")
            } else if !altersIncrementally, !unreadable.isEmpty {
                .impossible(
                    "this librdkafka writes all configs at once, and the broker does not report the value of "
                        + unreadable.joined(separator: ", ") + "; use librdkafka 2.2.0 or newer")
            } else if name == "min.insync.replicas", let minimum = Int(value), minimum > state.replication {
                .impossible(
                    "the topic has \(state.replication == 1 ? "1 replica" : "\(state.replication) replicas"): no record "
                        + "would be acknowledged")
            } else {
                mayLose ? .dataLoss : .none
            }
        return TopicPlan.Step(change: change, requirement: requirement)
    }

    /// Returns whether a new value lets a replica lead that lacks acknowledged records, which are then gone.
    private func allowsUncleanLeaders(_ name: String, from old: String?, to new: String) -> Bool {
        name == "unclean.leader.election.enable" && new.lowercased() == "true" && old?.lowercased() != "true"
    }

    /// Returns whether a new value lets the brokers delete records that they keep now.
    private func cutsRetention(_ name: String, from old: String?, to new: String) -> Bool {
        switch name {
        case "retention.ms", "retention.bytes", "local.retention.ms", "local.retention.bytes", "delete.retention.ms":
            guard let new = ConfigMeaning.integer(name, new) else { return false }
            guard let old = old.flatMap({ ConfigMeaning.integer(name, $0) }) else { return true }
            // Negative is without limit, or, for local retention, the same as the whole retention.
            return new >= 0 && (old < 0 || new < old)
        case "cleanup.policy":
            // Compaction deletes all but the last record of a key, deletion all that is old.
            guard let old else { return true }
            return !policies(new).isSubset(of: policies(old))
        // Both let the brokers delete what they keep in remote storage.
        case "remote.storage.enable": return old?.lowercased() == "true" && new.lowercased() != "true"
        case "remote.log.delete.on.disable": return new.lowercased() == "true"
        default: return false
        }
    }

    private func policies(_ value: String) -> Set<String> {
        Set(value.split(separator: ",").map { $0.filter { !$0.isWhitespace }.lowercased() })
    }
}
