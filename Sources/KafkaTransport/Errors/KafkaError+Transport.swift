import EventContracts

extension KafkaError {
    /// Whether the brokers answered and rejected the client: waiting does not help.
    var isRefusal: Bool {
        switch kind {
        case .authentication, .authorization, .encryption, .configuration: true
        case .unreachable, .unknownTopic, .tooLarge, .rejected, .queueFull, .unavailable, .timedOut, .purged, .fatal,
            .fault:
            false
        }
    }

    /// Returns whether the error is news after the last one: "all brokers are down" says less than the failure that led to it.
    func replaces(_ last: KafkaError?) -> Bool { name != "_ALL_BROKERS_DOWN" || last == nil }

    /// Creates the error of a configuration that the library rejects.
    init(invalid error: ConfigurationError) {
        self.init(
            kind: .configuration, name: "INVALID_CONFIGURATION", message: error.description,
            advice: "correct the settings that the message names")
    }

    /// Creates the error of a start or a flush that a shutdown ended.
    init(stoppedWhile activity: String) {
        self.init(
            kind: .purged, name: "STOPPED", message: "the transport was shut down while \(activity)",
            advice: "start a new transport")
    }

    /// The fault of librdkafka before 2.6.1 that brokers of Kafka 4 refuse.
    static var nonceSentTwice: KafkaError {
        KafkaError(
            kind: .authentication, name: "SCRAM",
            message:
                "librdkafka \(KafkaLibrary.current.version) sends a SCRAM client's nonce twice, which brokers refuse "
                + "since Kafka 4.0",
            advice: "install librdkafka 2.6.1 or newer, or use another SASL mechanism")
    }
}
