import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler

/// The Kafka bindings 0.5.0 of AsyncAPI.
enum KafkaBindings {
    static let keyPointerKey = "x-key-pointer"

    static func channel(_ topic: TopicDeclaration) -> JSONObject {
        var config = JSONObject()
        for entry in topic.config {
            config[entry.key] =
                entry.key == TopicConfigKeys.cleanupPolicy
                ? .array(entry.value.split(separator: ",").map { .string(String($0)) }) : value(entry.value)
        }
        var binding: JSONObject = [
            "topic": .string(topic.name),
            "partitions": .number(JSONNumber(topic.partitions.value)),
            "replicas": .number(JSONNumber(topic.replication.value)),
        ]
        if !config.isEmpty { binding["topicConfiguration"] = .object(config) }
        binding["bindingVersion"] = AsyncAPIExport.bindingVersion
        return binding
    }

    /// Returns a config's value: of numbers and booleans, the value itself.
    private static func value(_ text: String) -> JSONValue {
        if let number = Int64(text), String(number) == text { return .number(JSONNumber(number)) }
        return text == "true" ? true : text == "false" ? false : .string(text)
    }

    static func message(_ message: CompiledMessage, _ registry: RegistryDeclaration?) -> JSONObject {
        var binding = JSONObject()
        if let key = message.recordKey {
            binding["key"] = .object([
                "type": "string", "description": .string("The value of \(key.pointer)."),
                keyPointerKey: .string(key.pointer.description),
            ])
        }
        switch registry?.wire {
        case .prefix:
            binding["schemaIdLocation"] = "payload"
            binding["schemaIdPayloadEncoding"] = "confluent"
        case .header: binding["schemaIdLocation"] = "header"
        case RegistryDeclaration.Wire.none?, nil: break
        }
        if let naming = registry?.naming.value {
            binding["schemaLookupStrategy"] =
                switch naming {
                case .topicName: "TopicNameStrategy"
                case .recordName: "RecordNameStrategy"
                case .topicRecordName: "TopicRecordNameStrategy"
                }
        }
        binding["bindingVersion"] = AsyncAPIExport.bindingVersion
        return binding
    }
}
