public import EventContracts

/// Settings of a Kafka client beyond ``KafkaConfiguration``: any property of librdkafka, by its name.
///
/// ```swift
/// var options = KafkaClientOptions()
/// options.properties["sticky.partitioning.linger.ms"] = "0"
/// options.secretProperties["ssl.key.password"] = Secret(password)
/// ```
///
/// A property given here replaces what the configuration sets. An unknown name or an invalid value is a
/// ``ConfigurationError`` before anything connects.
public struct KafkaClientOptions: Sendable {
    /// Properties by librdkafka's names.
    public var properties: [String: String] = [:]
    /// Properties whose values are credentials.
    public var secretProperties: [String: Secret] = [:]

    /// Creates options without properties.
    public init() {}
}

extension KafkaProducerSettings {
    /// The reference's settings for throughput: those of a reliable producer, with 64 MB of memory for records that wait.
    /// Records are as safe and as ordered as with the default settings.
    public static func performance(clientID: String) -> KafkaProducerSettings {
        var settings = KafkaProducerSettings(clientID: clientID)
        settings.bufferMemory = 67_108_864
        return settings
    }
}
