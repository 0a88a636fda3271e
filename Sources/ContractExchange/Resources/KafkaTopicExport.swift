import ContractModel
import JSONTape
import MonitoringGenerator

/// An export that writes a topic as the resource that Strimzi's topic operator reads.
enum KafkaTopicExport {
    static func resources(_ topics: [TopicDeclaration], cluster: String, metadata: ResourceMetadata) -> [JSONValue] {
        let names = Set(topics.map(\.name))
        return topics.map { resource($0, among: names, cluster: cluster, metadata: metadata) }
    }

    private static func resource(
        _ topic: TopicDeclaration, among names: Set<String>, cluster: String, metadata: ResourceMetadata
    ) -> JSONValue {
        var labels: JSONObject = ["strimzi.io/cluster": .string(cluster)]
        for label in metadata.labels { labels[label.name] = .string(label.value) }
        var described: JSONObject = ["name": .string(ResourceName.kubernetes(topic.name, among: names))]
        described["namespace"] = metadata.namespace.map { .string($0.name) }
        described["labels"] = .object(labels)
        if let purpose = topic.purpose {
            described["annotations"] = .object(["description": .string(purpose)])
        }
        let config = topic.config.map { ($0.key, JSONValue.string($0.value)) }
        var spec: JSONObject = [
            "topicName": .string(topic.name),
            "partitions": .number(JSONNumber(topic.partitions.value)),
            "replicas": .number(JSONNumber(topic.replication.value)),
        ]
        if !config.isEmpty { spec["config"] = .object(JSONObject(config)) }
        return .object([
            "apiVersion": "kafka.strimzi.io/v1beta2",
            "kind": "KafkaTopic",
            "metadata": .object(described),
            "spec": .object(spec),
        ])
    }
}

/// Names of resources, made from names that other systems allow.
enum ResourceName {
    /// Returns a DNS subdomain (RFC 1123): lower-case letters, digits, hyphens and dots. `tda_jobs` becomes `tda-jobs`; a name
    /// that had to be changed in another way, or that is then another of the names, ends with a hash, so that names stay
    /// different.
    static func kubernetes(_ name: String, among names: Set<String>) -> String {
        let mapped = mapped(name.lowercased(), inner: "-.")
        let isPlain = String(name.map { $0 == "_" ? "-" : $0 }) == mapped && (name == mapped || !names.contains(mapped))
        return isPlain && mapped.utf8.count <= 253 ? mapped : hashed(name, mapped, length: 253)
    }

    /// Returns a name of Backstage: letters, digits, hyphens, underscores and dots, at most 63.
    static func backstage(_ name: String) -> String {
        let mapped = mapped(name, inner: "-._")
        return mapped == name && mapped.utf8.count <= 63 ? mapped : hashed(name, mapped, length: 63)
    }

    private static func mapped(_ name: String, inner: String) -> String {
        var words = ""
        for character in name {
            if character.isASCII, character.isLetter || character.isNumber {
                words.append(character)
            } else if let last = words.last, inner.contains(last) {
                continue
            } else if !words.isEmpty {
                words.append(inner.contains(character) ? character : "-")
            }
        }
        while let last = words.last, inner.contains(last) { words.removeLast() }
        return words
    }

    private static func hashed(_ name: String, _ mapped: String, length: Int) -> String {
        let hash = String(StableHash.fnv1a(name.utf8), radix: 36)
        return mapped.prefix(length - hash.utf8.count - 1) + "-" + hash
    }
}
