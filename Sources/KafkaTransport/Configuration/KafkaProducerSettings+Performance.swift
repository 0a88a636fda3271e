public import EventContracts

extension KafkaProducerSettings {
    /// Returns the reference's settings for throughput: those of a reliable producer, with 64 MB of memory for records that wait.
    /// Records are as safe and as ordered as with the default settings.
    public static func performance(clientID: String) -> KafkaProducerSettings {
        var settings = KafkaProducerSettings(clientID: clientID)
        settings.bufferMemory = 67_108_864
        return settings
    }
}
