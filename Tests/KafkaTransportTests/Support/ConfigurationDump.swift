import CRdKafka

/// The values that a librdkafka configuration holds.
enum ConfigurationDump {
    /// Reads a configuration, and frees it. Topic properties are among those of the default topic configuration.
    static func values(consuming configuration: OpaquePointer) -> [String: String] {
        defer { rd_kafka_conf_destroy(configuration) }
        var values = pairs { rd_kafka_conf_dump(configuration, $0) }
        if let topic = rd_kafka_conf_get_default_topic_conf(configuration) {
            values.merge(pairs { rd_kafka_topic_conf_dump(topic, $0) }) { first, _ in first }
        }
        return values
    }

    private static func pairs(
        _ dump: (UnsafeMutablePointer<Int>) -> UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) -> [String: String] {
        var count = 0
        guard let texts = dump(&count) else { return [:] }
        defer { rd_kafka_conf_dump_free(texts, count) }
        var values: [String: String] = [:]
        // Names and values alternate.
        for index in stride(from: 0, to: count - 1, by: 2) {
            guard let name = texts[index], let value = texts[index + 1] else { continue }
            values[String(cString: name)] = String(cString: value)
        }
        return values
    }
}
