import ContractModel
import JSONTape
package import MonitoringGenerator
package import SchemaCompiler

/// An export of topics as the resources that Strimzi's topic operator reads.
package struct KafkaTopicExport {
    /// The versions of the resource.
    package enum Version: String, CaseIterable, Sendable {
        /// Of Strimzi 0.49 and later.
        case v1
        /// Of Strimzi before 1.0.
        case v1beta2
    }

    private let contract: CompiledContract
    private let version: Version
    private let cluster: String
    private let metadata: ResourceMetadata

    /// - Parameter cluster: The name of the `Kafka` resource that the topics belong to.
    package init(
        _ contract: CompiledContract, version: Version = .v1, cluster: String, metadata: ResourceMetadata
    ) {
        (self.contract, self.version) = (contract, version)
        (self.cluster, self.metadata) = (cluster, metadata)
    }

    /// Returns a `KafkaTopic` for each topic.
    package func text() -> String {
        let topics = contract.topics.map(\.declaration)
        let names = Set(topics.map(\.name))
        return ContractExport.yaml(topics.map { resource($0, among: names) }, of: contract)
    }

    private func resource(_ topic: TopicDeclaration, among names: Set<String>) -> JSONValue {
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
            "apiVersion": .string("kafka.strimzi.io/\(version.rawValue)"),
            "kind": "KafkaTopic",
            "metadata": .object(described),
            "spec": .object(spec),
        ])
    }
}

/// Names of resources, made from names that other systems allow.
enum ResourceName {
    /// Returns a DNS subdomain (RFC 1123): lower-case letters, digits, hyphens and dots. `tda_jobs` becomes `tda-jobs`; a
    /// name that had to be changed in another way, or that is then another of the names, ends with a hash, so that names
    /// stay different.
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
