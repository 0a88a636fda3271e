/// A check that reports topics and services that no other part of the contract uses.
enum IdlePartCheck {
    static func check(_ contract: Contract, diagnostics: inout Diagnostics) {
        guard contract.complete.topics, contract.complete.messages else { return }
        checkTopics(contract, diagnostics: &diagnostics)
        checkServices(contract, diagnostics: &diagnostics)
    }

    /// Words of topics that records reach without a message of their own.
    private static let forwarded: Set<String> = ["dead", "deadletter", "deadletters", "dlq", "dlt", "retries", "retry"]

    private static func checkTopics(_ contract: Contract, diagnostics: inout Diagnostics) {
        let used = Set(contract.messages.map(\.topic.value))
        let namesServices = contract.topics.contains { !$0.producers.isEmpty || !$0.consumers.isEmpty }
        for topic in contract.topics {
            let words = topic.key.value.lowercased().split { !$0.isLetter }.map(String.init)
            if !used.contains(topic.key.value), !words.contains(where: forwarded.contains) {
                diagnostics.warning(
                    .idleTopic, at: topic.key.location, "no message is sent to the topic '\(topic.key.value)'",
                    hint: "name it as the 'topic' of a message, or remove it")
            } else if namesServices, topic.producers.isEmpty, topic.consumers.isEmpty {
                diagnostics.warning(
                    .idleTopic, at: topic.key.location,
                    "the topic '\(topic.key.value)' has neither producers nor consumers, unlike the others",
                    hint: "list its 'producers' and 'consumers'")
            }
        }
    }

    private static func checkServices(_ contract: Contract, diagnostics: inout Diagnostics) {
        let active = Set(contract.topics.flatMap { $0.producers + $0.consumers }.map(\.value))
        guard !active.isEmpty else { return }
        for service in contract.services
        where !active.contains(service.name.value) && service.name.value != contract.service.value {
            diagnostics.warning(
                .idleService, at: service.name.location,
                "the service '\(service.name.value)' neither produces to a topic nor consumes from one",
                hint: "list it under 'producers' or 'consumers' of a topic, or remove it")
        }
    }
}
