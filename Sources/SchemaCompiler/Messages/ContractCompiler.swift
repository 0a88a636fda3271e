package import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// A compiler of a contract: all schemas, and all messages, which are checked against their schemas.
package enum ContractCompiler {
    /// Compiles the parts without errors, so that later stages report their own; the result is complete if no diagnostic is an
    /// error.
    package static func compile(_ contract: Contract, diagnostics: inout Diagnostics) -> CompiledContract {
        let topics = contract.topics.map { topic in
            CompiledTopic(declaration: topic, name: topic.swiftName?.value ?? SwiftName.member(topic.key.value))
        }
        checkTopicNames(topics, diagnostics: &diagnostics)
        let contract = withUniqueNames(contract, diagnostics: &diagnostics)
        var found = Diagnostics()
        let types = ContractTypes(contract, diagnostics: &found)
        let topicsByKey = Dictionary(
            topics.map { ($0.declaration.key.value, $0) }, uniquingKeysWith: { first, _ in first })
        let messages = contract.messages.compactMap { declaration -> CompiledMessage? in
            // An unknown topic has been reported; nothing else of a message depends on it.
            let topic = topicsByKey[declaration.topic.value] ?? CompiledTopic(unknown: declaration.topic)
            return MessageCompiler.compile(declaration, topic: topic, types: types, in: contract, diagnostics: &found)
        }
        checkIdentification(of: messages, diagnostics: &found)
        let isComplete = contract.complete.messages && messages.count == contract.messages.count && !found.hasErrors
        diagnostics.append(found)
        var compiled = CompiledContract(
            contract: contract, topics: topics, messages: messages,
            plan: Plan(types.simplified, roots: messages.map(\.root)), model: types.model, sharedTypes: types.shared,
            registry: nil, notes: types.notes, hasCompleteMessages: isComplete)
        compiled.registry = CompiledRegistry.compile(compiled, diagnostics: &diagnostics)
        return compiled
    }

    private static func checkTopicNames(_ topics: [CompiledTopic], diagnostics: inout Diagnostics) {
        var seen: [String: String] = [:]
        for topic in topics {
            if let other = seen.updateValue(topic.declaration.key.value, forKey: topic.name) {
                diagnostics.error(
                    .nameCollision, at: topic.declaration.key.location,
                    "'\(topic.declaration.key.value)' and '\(other)' both become '\(topic.name)' in Swift",
                    hint: "set the 'swift_name' of one of them")
            }
        }
    }

    /// Reports names of messages that collide. Messages share a namespace with each other and with nothing else: the
    /// contract's own name would hide it, and each message is a case of the type that messages are read as.
    ///
    /// - Returns: The contract with a type name of its own for each message, so that no later stage takes one for another.
    private static func withUniqueNames(_ contract: Contract, diagnostics: inout Diagnostics) -> Contract {
        var result = contract
        var seen: [String: MessageDeclaration] = [:]
        var types: Set<String> = []
        for (index, message) in contract.messages.enumerated() {
            let name = message.swiftName ?? message.name
            let member = SwiftName.member(name.value)
            if name.value == contract.name.value {
                diagnostics.error(
                    .nameCollision, at: name.location, "the message '\(name.value)' has the contract's own name",
                    hint: "rename one of them, or set the message's 'swift_name'")
            } else if let other = seen.updateValue(message, forKey: member) {
                let isSameType = (other.swiftName ?? other.name).value == name.value
                diagnostics.error(
                    .nameCollision, at: name.location,
                    "'\(message.name.value)' and '\(other.name.value)' both become '\(isSameType ? name.value : member)' in Swift",
                    hint: "set the 'swift_name' of one of them")
            }
            let unique = SwiftName.unique([name.value], besides: types)
            types.insert(unique)
            if unique != name.value { result.messages[index].swiftName = Located(unique, at: name.location) }
        }
        return result
    }

    /// Reports messages of one topic that readers cannot distinguish.
    private static func checkIdentification(of messages: [CompiledMessage], diagnostics: inout Diagnostics) {
        struct Key: Hashable {
            var topic: String
            var identification: CompiledMessage.Identification
        }
        var seen: [Key: String] = [:]
        for message in messages {
            for (text, single) in message.identification.alternatives {
                let key = Key(topic: message.topic.declaration.key.value, identification: single)
                guard let other = seen.updateValue(message.name, forKey: key), other != message.name else { continue }
                diagnostics.error(
                    .ambiguousMessage,
                    at: message.declaration.identification?.location ?? message.declaration.discriminator?.location
                        ?? message.declaration.name.location,
                    "readers of '\(key.topic)' cannot distinguish \(message.name) from \(other): both are identified by \(text)",
                    hint: "distinguish them with 'identified_by': a property or a header with different values")
                break
            }
        }
        var pointers: [JSONPointer: Int] = [:]
        for case .property(let pointer, _) in messages.map(\.identification) where pointers[pointer] == nil {
            pointers[pointer] = pointers.count
        }
        // Most contracts identify all messages by one property.
        guard pointers.count > 1 || messages.contains(where: { $0.identification == .topic }) else { return }
        for ofTopic in Dictionary(grouping: messages, by: \.topic.name).values where ofTopic.count > 1 {
            for message in ofTopic { checkCarried(by: message, ofTopic, pointers, diagnostics: &diagnostics) }
        }
    }

    /// Reports a message that readers take for another one of its topic, since its values have what identifies that one.
    ///
    /// Readers look at headers first, then at properties in the order of the messages, and last at the topic alone.
    private static func checkCarried(
        by message: CompiledMessage, _ messages: [CompiledMessage], _ pointers: [JSONPointer: Int],
        diagnostics: inout Diagnostics
    ) {
        for other in messages where other.name != message.name {
            guard case .property(let pointer, let names) = other.identification,
                isRead(pointer, before: message, pointers),
                let common = message.strings(at: pointer)?.first(where: names.contains)
            else { continue }
            let place =
                message.declaration.identification?.location ?? message.declaration.discriminator?.location
                ?? message.declaration.name.location
            guard !diagnostics.hasError(.ambiguousMessage, at: place) else { return }
            diagnostics.error(
                .ambiguousMessage, at: place,
                "readers of '\(message.topic.declaration.key.value)' take \(message.name) for \(other.name), whose events "
                    + "include '\(common)' at \(pointer)",
                hint: "give '\(pointer)' other values in one of them, or identify both by a header")
            return
        }
    }

    /// Returns whether readers look at a property before they identify a message.
    private static func isRead(
        _ pointer: JSONPointer, before message: CompiledMessage, _ pointers: [JSONPointer: Int]
    ) -> Bool {
        switch message.identification {
        case .header: false
        case .topic: true
        case .property(let own, _): pointers[pointer, default: 0] < pointers[own, default: 0]
        }
    }
}

extension CompiledMessage.Identification {
    /// Each value by itself, with its words.
    fileprivate var alternatives: [(text: String, single: Self)] {
        switch self {
        case .property(let pointer, let values):
            values.map { ("'\($0)' at \(pointer)", .property(pointer, values: [$0])) }
        case .header(let name, let values):
            values.map { ("'\($0)' in the header '\(name)'", .header(name, values: [$0])) }
        case .topic: [("the topic alone", .topic)]
        }
    }
}
