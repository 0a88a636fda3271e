import EventContracts

extension TransportError {
    /// Creates the error that senders get for a Kafka error.
    init(_ error: KafkaError) {
        let kind: Kind =
            switch error.kind {
            case .unreachable, .unavailable, .timedOut, .encryption, .fatal, .fault: .unavailable
            case .authentication, .authorization: .notAuthorized
            case .unknownTopic: .unknownTopic
            case .tooLarge: .tooLarge
            case .rejected, .configuration: .rejected
            case .queueFull: .queueFull
            case .purged: .notRunning
            }
        self.init(kind, error.description)
    }
}
