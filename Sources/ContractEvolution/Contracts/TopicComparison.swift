import ContractModel

/// A comparison of the topics of two versions of a contract.
enum TopicComparison {
    static func changes(_ old: Contract, _ new: Contract) -> [Change] {
        var changes: [Change] = []
        // Where a metric has topics as values of a label, each is a case of an enum, which has its name.
        let isLabel = old.metrics?.families.contains { $0.labels.contains { $0.isTopic } } ?? false
        for topic in new.topics {
            var found: [Change] = []
            if let before = old.topics.first(where: { $0.key.value == topic.key.value }) {
                found = Self.changes(before, topic) + SourceComparison.changes(before, topic)
            } else {
                found = [Change(.topicAdded, at: topic.key.location, "the topic '\(topic.key.value)' was added")]
            }
            for index in found.indices where isLabel && [.topicAdded, .topicName].contains(found[index].rule) {
                found[index].affected.insert(.source)
            }
            changes += found.at(topic.key.value)
        }
        for topic in old.topics where !new.topics.contains(where: { $0.key.value == topic.key.value }) {
            changes += [
                Change(
                    .topicRemoved, at: topic.key.location, "the topic '\(topic.key.value)' was removed",
                    affected: [.source, .operations])
            ].at(topic.key.value)
        }
        return changes
    }

    private static func changes(_ old: TopicDeclaration, _ new: TopicDeclaration) -> [Change] {
        let key = new.key.value
        var changes: [Change] = []
        func add(
            _ rule: ChangeRule, at location: SourceLocation, _ subject: String, _ message: String, breaks: Bool,
            _ notes: [String] = []
        ) {
            changes.append(
                Change(
                    rule, at: location, "the \(subject) of the topic '\(key)' changed \(message)",
                    affected: breaks ? [.operations] : [],
                    notes: notes))
        }
        if old.name != new.name {
            changes.append(
                Change(
                    .topicName, at: new.key.location,
                    "the name of the topic '\(key)' changed from '\(old.name)' to '\(new.name)'",
                    affected: [.operations],
                    notes: ["records of the old topic stay there; consumers must read both until it is empty"]))
        }
        if old.partitions.value != new.partitions.value {
            add(
                .topicPartitions, at: new.partitions.location,
                "number of partitions", "from \(old.partitions.value) to \(new.partitions.value)",
                breaks: true, [partitionNote(old.partitions.value, new.partitions.value)])
        }
        if old.replication.value != new.replication.value {
            add(
                .topicReplication, at: new.replication.location,
                "replication factor", "from \(old.replication.value) to \(new.replication.value)",
                breaks: new.replication.value < old.replication.value)
        }
        changes += TopicConfigComparison(old: old, new: new).changes()
        return changes + silenceChanges(old, new)
    }

    /// Returns the change of the time after which an alert fires because no message has come.
    private static func silenceChanges(_ old: TopicDeclaration, _ new: TopicDeclaration) -> [Change] {
        let (before, after) = (old.expectedWithin?.value, new.expectedWithin?.value)
        guard before != after else { return [] }
        func text(_ time: Duration?) -> String {
            time.map { "within \(PrometheusDuration.text(of: $0))" } ?? "at no time"
        }
        let isLooser = before.map { before in after.map { $0 > before } ?? true } ?? false
        return [
            Change(
                .topicSilence, at: new.expectedWithin?.location ?? new.key.location,
                "messages of the topic '\(new.key.value)' are expected \(text(after)), not \(text(before))",
                affected: isLooser ? [.operations] : [], notes: isLooser ? ["the alert on its silence fires later"] : []
            )
        ]
    }

    /// Returns the share of keys whose records go to another partition than those before.
    private static func partitionNote(_ old: Int, _ new: Int) -> String {
        guard new > old else { return "Kafka can't remove partitions: create the topic again" }
        // A hash is in the same partition by both numbers where its remainders agree: one in the larger number of all
        // pairs of remainders that occur, which repeat with the least common multiple.
        let period = old.multipliedReportingOverflow(by: new / divisor(old, new)).partialValue
        let same = Double(min(old, new)) / Double(max(1, period))
        let percent = Int(((1 - same) * 100).rounded())
        return "\(percent) % of the keys go to another partition than before: their order is lost at that moment"
    }

    private static func divisor(_ left: Int, _ right: Int) -> Int {
        var (a, b) = (left, right)
        while b != 0 { (a, b) = (b, a % b) }
        return max(1, a)
    }
}

extension LabelDeclaration {
    /// Whether the values of the label are the contract's topics.
    fileprivate var isTopic: Bool {
        if case .dimension(let dimension) = values { dimension.value == "topic" } else { false }
    }
}
