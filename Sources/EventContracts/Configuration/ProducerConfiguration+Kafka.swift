public import KafkaSettings

extension ProducerConfiguration {
    /// Creates the settings of a Kafka client that a ``Producer`` applies itself: retries, their backoff, the delivery timeout as
    /// the timeout of a send, and the largest request as the largest record.
    public init(_ settings: KafkaProducerSettings) {
        self.init(
            maximumRetries: settings.retries, retryBackoff: settings.retryBackoff, timeout: settings.deliveryTimeout,
            maximumRecordSize: settings.maximumRequestSize)
    }
}
