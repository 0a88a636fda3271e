package import ContractModel

/// Compiles a contract: every schema understood, every message held against its schema.
package enum ContractCompiler {
    /// What could be compiled, so that later stages find what else is wrong; it is sound only where no diagnostic is an
    /// error.
    package static func compile(_ contract: Contract, diagnostics: inout Diagnostics) -> CompiledContract {
        let topics = contract.topics.map { CompiledTopic(declaration: $0, name: SwiftName.member($0.key.value)) }
        checkTopicNames(topics, diagnostics: &diagnostics)
        var found = Diagnostics()
        let graphs = Dictionary(
            contract.schemas.map { file in
                let graph = SchemaReader.read(
                    file, dialect: contract.dialect.value, assertsFormats: contract.assertsFormats, diagnostics: &found)
                return (file.name, graph)
            }, uniquingKeysWith: { first, _ in first })
        let topicsByKey = Dictionary(
            topics.map { ($0.declaration.key.value, $0) }, uniquingKeysWith: { first, _ in first })
        let messages = contract.messages.compactMap { declaration -> CompiledMessage? in
            guard let graph = graphs[declaration.schema.value] else { return nil }
            // That there is no such topic has been told; nothing else of a message depends on it.
            let topic = topicsByKey[declaration.topic.value] ?? CompiledTopic(unknown: declaration.topic)
            return MessageCompiler.compile(declaration, topic: topic, graph: graph, in: contract, diagnostics: &found)
        }
        checkMessageNames(contract, diagnostics: &diagnostics)
        checkEventNames(contract.messages, diagnostics: &diagnostics)
        let isWhole = contract.known.messages && messages.count == contract.messages.count && !found.hasErrors
        diagnostics.append(found)
        return CompiledContract(contract: contract, topics: topics, messages: messages, hasAllMessages: isWhole)
    }

    private static func checkTopicNames(_ topics: [CompiledTopic], diagnostics: inout Diagnostics) {
        var seen: [String: String] = [:]
        for topic in topics {
            if let other = seen.updateValue(topic.declaration.key.value, forKey: topic.name) {
                diagnostics.error(
                    .nameCollision, at: topic.declaration.key.location,
                    "'\(topic.declaration.key.value)' and '\(other)' both become '\(topic.name)' in Swift",
                    hint: "rename one of them")
            }
        }
    }

    private static func checkMessageNames(_ contract: Contract, diagnostics: inout Diagnostics) {
        for message in contract.messages where message.name.value == contract.name.value {
            diagnostics.error(
                .nameCollision, at: message.name.location,
                "the message '\(message.name.value)' has the contract's own name", hint: "rename one of them")
        }
    }

    /// An event tells which message it belongs to, so two messages that tell events by one pointer can't share a name.
    private static func checkEventNames(_ messages: [MessageDeclaration], diagnostics: inout Diagnostics) {
        var seen: [String: String] = [:]
        for message in messages {
            for event in message.events {
                let sender = SwiftName.member(event.name.value)
                if let other = seen.updateValue(message.name.value, forKey: sender), other != message.name.value {
                    diagnostics.error(
                        .nameCollision, at: event.name.location,
                        "'\(event.name.value)' is an event of \(other) already, or becomes the same name in Swift",
                        hint: "an event's name tells which message it belongs to; rename one of them")
                }
            }
        }
    }
}
