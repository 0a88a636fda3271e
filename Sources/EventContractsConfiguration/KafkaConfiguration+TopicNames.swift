import Configuration
import EventContracts
import KafkaSettings
import StringFormats

extension KafkaConfiguration {
    mutating func readTopicNames(_ reader: inout SettingsReader, topics: [Topic]) {
        let prefix = KafkaVariable.topicPrefix
        topicNames.prefix = reader.rawText(prefix.rawValue, at: SettingsReader.key(prefix.rawValue))
        var namedBy: [String: String] = [:]
        for topic in topics {
            let variable = TopicVariable.name(ofTopic: topic.key)
            let name = reader.rawText(variable, at: ConfigKey(["kafka", topic.key, "topic"]))
            if let name, !name.isEmpty { topicNames.overrides[topic.key] = name }
            let resolved = topicNames.name(of: topic)
            let isNamed = topicNames.overrides[topic.key] != nil
            if let problem = Self.problem(ofTopicName: resolved) {
                reader.report(
                    isNamed ? variable : prefix.rawValue,
                    "expected a topic name of 1 to 249 characters (a-z A-Z 0-9 . _ -): \(problem)")
                // A prefix that is invalid for one topic is invalid for all.
                if !isNamed { return }
            } else if let other = namedBy.updateValue(topic.key, forKey: resolved.replacing(".", with: "_")) {
                reader.report(
                    variable,
                    "expected a name that differs from that of the topic '\(other)'; Kafka's metrics take '.' and '_' "
                        + "for the same")
            }
        }
    }

    private static func problem(ofTopicName name: String) -> String? {
        if name.isEmpty { return "the name is empty" }
        if name == "." || name == ".." { return "'.' and '..' are reserved" }
        let isValid = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        if !isValid { return "the name has other characters" }
        return name.utf8.count > 249 ? "the name has \(name.utf8.count) characters" : nil
    }
}
