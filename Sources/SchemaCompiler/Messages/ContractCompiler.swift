package import ContractModel

/// Compiles a contract: every schema understood, every message held against its schema.
package enum ContractCompiler {
    /// `nil` where a diagnostic is an error.
    package static func compile(_ contract: Contract, diagnostics: inout Diagnostics) -> CompiledContract? {
        // A message whose schema is not sound is left out: it would only say the same in other words.
        var graphs: [String: SchemaGraph] = [:]
        for file in contract.schemas {
            var found = Diagnostics()
            let graph = SchemaReader.read(
                file, dialect: contract.dialect.value, assertsFormats: contract.assertsFormats, diagnostics: &found)
            if !found.hasErrors { graphs[file.name] = graph }
            diagnostics.append(found)
        }
        let topics = contract.topics.map { CompiledTopic(declaration: $0, name: SwiftName.member($0.name)) }
        checkTopicNames(topics, diagnostics: &diagnostics)

        let topicsByKey = Dictionary(
            topics.map { ($0.declaration.key.value, $0) }, uniquingKeysWith: { first, _ in first })
        let messages = contract.messages.compactMap { declaration -> CompiledMessage? in
            guard let graph = graphs[declaration.schema.value], let topic = topicsByKey[declaration.topic.value] else {
                return nil
            }
            return MessageCompiler.compile(
                declaration, topic: topic, graph: graph, in: contract, diagnostics: &diagnostics)
        }
        checkMessageNames(messages, contract: contract, diagnostics: &diagnostics)
        checkEventNames(messages, diagnostics: &diagnostics)
        guard !diagnostics.hasErrors else { return nil }
        return CompiledContract(contract: contract, topics: topics, messages: messages)
    }

    private static func checkTopicNames(_ topics: [CompiledTopic], diagnostics: inout Diagnostics) {
        var seen: [String: String] = [:]
        for topic in topics {
            if let other = seen.updateValue(topic.declaration.name, forKey: topic.name) {
                diagnostics.error(
                    .nameCollision, at: topic.declaration.key.location,
                    "'\(topic.declaration.name)' and '\(other)' both become 'Topic.\(topic.name)' in Swift",
                    hint: "rename one of them")
            }
        }
    }

    private static func checkMessageNames(
        _ messages: [CompiledMessage], contract: Contract, diagnostics: inout Diagnostics
    ) {
        for message in messages where message.name == contract.name.value {
            diagnostics.error(
                .nameCollision, at: message.declaration.name.location,
                "the message '\(message.name)' has the contract's own name", hint: "rename one of them")
        }
    }

    /// An event tells which message it belongs to, so two messages that tell events by one pointer can't share a name.
    private static func checkEventNames(_ messages: [CompiledMessage], diagnostics: inout Diagnostics) {
        var seen: [String: String] = [:]
        for message in messages {
            for event in message.events {
                let name = event.declaration.name
                let sender = SwiftName.member(name.value)
                if let other = seen.updateValue(message.name, forKey: sender), other != message.name {
                    diagnostics.error(
                        .nameCollision, at: name.location,
                        "'\(name.value)' is an event of \(other) already, or becomes the same name in Swift",
                        hint: "an event's name tells which message it belongs to; rename one of them")
                }
            }
        }
    }
}
