extension KafkaError {
    /// Returns the same error, with its topic.
    func about(topic: String) -> KafkaError {
        var error = self
        error.message = "topic '\(topic)': " + message
        return error
    }

    /// Creates the error of a change of configs that would lose another config.
    init(unreadable config: String, of topic: String) {
        self.init(
            kind: .configuration, name: "UNREADABLE_CONFIG",
            message: "the broker does not report the value of \(config) of topic '\(topic)', which would be lost",
            advice: "use librdkafka 2.2.0 or newer, which changes single configs")
    }

    /// Creates the error of a topic with configs but without partitions.
    init(undescribed topic: String) {
        self.init(
            kind: .authorization, name: "UNDESCRIBED_TOPIC",
            message: "topic '\(topic)': the cluster reports its configs, and not its partitions",
            advice: "grant the client DESCRIBE on the topic")
    }

    /// Creates the error of a topic that can't be created.
    init(refused reason: String, topic: String) {
        self.init(
            kind: .rejected, name: "REFUSED", message: "topic '\(topic)' can't be created: \(reason)",
            advice: "see event-contracts-deploy topics plan")
    }
}
