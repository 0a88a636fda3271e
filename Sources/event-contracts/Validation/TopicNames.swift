import ArgumentParser
import ContractModel
import Suggestions

/// The names of a contract's topics in records: those that the command line states, the contract's names, and the keys.
struct TopicNames {
    private var keys: [String: String] = [:]

    /// Creates the names where no topic is known.
    init() {}

    /// - Parameters:
    ///   - prefix: In place of the contract's, as `KAFKA_TOPIC_PREFIX`.
    ///   - renamed: `key=name` of topics with another name, as `KAFKA_<KEY>_TOPIC`.
    /// - Throws: A usage error for an unknown key, or for a name that two topics have.
    init(of topics: [TopicDeclaration], prefix: String?, renamed: [String]) throws {
        let stated = try Self.read(renamed, keys: topics.map(\.key.value))
        for topic in topics { keys[topic.key.value] = topic.key.value }
        for topic in topics { keys[topic.name] = topic.key.value }
        var owners: [String: String] = [:]
        for topic in topics {
            let key = topic.key.value
            let name = stated[key] ?? prefix.map { $0 + key } ?? topic.name
            if let other = owners.updateValue(key, forKey: name) {
                throw ExitStatus.usage("the topics '\(other)' and '\(key)' have the same name '\(name)'")
            }
        }
        keys.merge(owners) { _, stated in stated }
    }

    /// Returns the key of the topic that has a name in records.
    func key(ofTopic name: String) -> String? { keys[name] }

    private static func read(_ renamed: [String], keys: [String]) throws -> [String: String] {
        var names: [String: String] = [:]
        for text in renamed {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[1].isEmpty else {
                throw ExitStatus.usage("expected key=name for --topic, found '\(text)'")
            }
            guard keys.contains(parts[0]) else {
                throw ExitStatus.usage(
                    "the contract has no topic '\(parts[0])'; \(Suggestion.hint(for: parts[0], among: keys))")
            }
            guard names.updateValue(parts[1], forKey: parts[0]) == nil else {
                throw ExitStatus.usage("duplicate --topic '\(parts[0])'")
            }
        }
        return names
    }
}
