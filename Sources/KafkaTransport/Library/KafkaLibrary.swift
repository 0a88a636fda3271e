import CRdKafka

/// The librdkafka that is loaded: its version, and the faults and gaps of that version.
package struct KafkaLibrary: Hashable, Sendable {
    /// The version as librdkafka encodes it: `0xMMmmrrxx`.
    package let number: Int32
    /// The version in text: `2.0.2`.
    package let version: String
    /// Whether the library can alter single configs of a topic (since 2.2.0).
    package let altersIncrementally: Bool

    /// The library in this process.
    package static let current = KafkaLibrary(
        number: rd_kafka_version(), version: String(cString: rd_kafka_version_str()),
        altersIncrementally: event_contracts_can_alter_incrementally() != 0)

    package init(number: Int32, version: String, altersIncrementally: Bool) {
        self.number = number
        self.version = version
        self.altersIncrementally = altersIncrementally
    }

    /// Whether the library sends a SCRAM client's nonce twice, which brokers since Kafka 4.0 refuse (fixed in 2.6.1).
    package var sendsNonceTwice: Bool { number < 0x0206_01ff }
}
