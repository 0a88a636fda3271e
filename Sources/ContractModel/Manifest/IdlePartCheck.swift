/// A check that reports topics and services that no other part of the contract uses.
enum IdlePartCheck {
    /// - Parameter areTopicsValid: Whether no error of a topic has been reported. An error may be the reason for which a part
    ///   looks idle.
    static func check(_ contract: Contract, areTopicsValid: Bool, diagnostics: inout Diagnostics) {
        guard contract.complete.topics else { return }
        if contract.complete.messages { checkTopics(contract, diagnostics: &diagnostics) }
        guard areTopicsValid else { return }
        checkUnusedTopics(contract, diagnostics: &diagnostics)
        checkServices(contract, diagnostics: &diagnostics)
    }

    /// Words of topics that records reach without a message of their own.
    private static let forwarded: Set<String> = ["dead", "deadletter", "deadletters", "dlq", "dlt", "retries", "retry"]

    private static func checkTopics(_ contract: Contract, diagnostics: inout Diagnostics) {
        let used = Set(contract.messages.map(\.topic.value))
        for topic in contract.topics
        where !used.contains(topic.key.value) && !diagnostics.hasFinding(at: topic.key.location) {
            let words = topic.key.value.lowercased().split { !$0.isLetter }.map(String.init)
            guard !words.contains(where: forwarded.contains) else { continue }
            diagnostics.warning(
                .idleTopic, at: topic.key.location, "no message is sent to the topic '\(topic.key.value)'",
                hint: "name it as the 'topic' of a message, or remove it")
        }
    }

    /// Reports topics without services, if others have some.
    private static func checkUnusedTopics(_ contract: Contract, diagnostics: inout Diagnostics) {
        let namesServices = contract.topics.contains { !$0.producers.isEmpty || !$0.consumers.isEmpty }
        for topic in contract.topics
        where namesServices && topic.producers.isEmpty && topic.consumers.isEmpty
            && !diagnostics.hasFinding(at: topic.key.location)
        {
            diagnostics.warning(
                .idleTopic, at: topic.key.location,
                "the topic '\(topic.key.value)' has neither producers nor consumers, unlike the others",
                hint: "list its 'producers' and 'consumers'")
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
