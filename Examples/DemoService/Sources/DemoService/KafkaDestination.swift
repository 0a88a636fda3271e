import EventContracts

#if Kafka
import KafkaTransport

/// The cluster that the configuration names.
func kafkaTransport(_ configuration: KafkaConfiguration) throws -> some Transport {
    try KafkaTransport(configuration)
}
#else
/// An error: this build is without librdkafka.
func kafkaTransport(_ configuration: KafkaConfiguration) throws -> InMemoryTransport {
    throw TransportError(
        .unavailable,
        "KAFKA_BOOTSTRAP_SERVERS is set, and this program was built without Kafka: build it with --traits Kafka")
}
#endif
