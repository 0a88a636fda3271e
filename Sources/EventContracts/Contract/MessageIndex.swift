/// The messages of a contract, by what identifies them. Generated code makes one for each contract.
public struct MessageIndex: Sendable {
    /// The messages that are identified in one place: one property, or one header.
    private struct Group {
        var messages: [Int] = []
        /// The positions among the contract's messages, by the value that identifies them.
        var positions: [String: [Int]] = [:]

        mutating func add(_ position: Int, _ values: [String]) {
            messages.append(position)
            for value in values { positions[value, default: []].append(position) }
        }
    }

    /// The message that a value is.
    package enum Finding {
        /// The position of the message among those of the contract.
        case message(Int)
        case unknownEvent(UnknownEvent)
    }

    private let messages: [any Message.Type]
    private var properties: [(pointer: JSONPointer, group: Group)] = []
    private var headers: [(name: String, group: Group)] = []
    /// The messages that their topics alone identify, by the topics' keys.
    private var byTopic: [String: Int] = [:]

    /// Creates an index.
    ///
    /// - Parameter messages: The contract's messages, in its order.
    public init(_ messages: [any Message.Type]) {
        self.messages = messages
        for (position, message) in messages.enumerated() {
            switch message.identification {
            case .property(let pointer, let values):
                let place = properties.firstIndex { $0.pointer == pointer } ?? properties.endIndex
                if place == properties.endIndex { properties.append((pointer, Group())) }
                properties[place].group.add(position, values)
            case .header(let name, let values):
                let place = headers.firstIndex { $0.name == name } ?? headers.endIndex
                if place == headers.endIndex { headers.append((name, Group())) }
                headers[place].group.add(position, values)
            case .topic:
                byTopic[message.topic.key] = position
            }
        }
    }

    /// Finds the message that a value is: by a header, by a property, and last by the topic alone.
    ///
    /// - Parameters:
    ///   - topic: The topic that the value was read from, if known.
    ///   - recordHeaders: The headers that the value was read with.
    ///   - contract: The contract's name, for failures.
    /// - Throws: ``MessageError/invalid(_:)`` where nothing says which message the value is, and
    ///   ``MessageError/ambiguous(messages:)`` if it depends on the topic.
    package func find(
        in tape: borrowing JSONTape, at node: JSONTape.Index, from topic: Topic?, headers recordHeaders: [RecordHeader],
        contract: String
    ) throws(MessageError) -> Finding {
        var unknown: (name: String, candidates: [Int])?
        func choose(_ name: String, in group: Group) throws(MessageError) -> Finding? {
            let found = group.positions[name] ?? []
            let candidates = found.filter { isOf(topic, $0) }
            // A message that was sent to a foreign topic is still that message.
            let chosen = candidates.isEmpty ? found : candidates
            if chosen.count > 1 { throw .ambiguous(messages: chosen.map { messages[$0].messageName }) }
            if let position = chosen.first { return .message(position) }
            unknown = (unknown?.name ?? name, (unknown?.candidates ?? []) + group.messages)
            return nil
        }
        for (name, group) in headers {
            guard let header = recordHeaders.first(where: { $0.name == name }) else { continue }
            if let finding = try choose(String(decoding: header.value, as: UTF8.self), in: group) { return finding }
        }
        for (pointer, group) in properties {
            guard let event = tape.find(pointer, from: node), tape.kind(at: event) == .string else { continue }
            if let finding = try choose(tape.string(at: event), in: group) { return finding }
        }
        if let position = try messageByTopic(topic) { return .message(position) }
        guard let unknown else {
            let others = messagesWithoutProperty
            if topic == nil, !others.isEmpty { throw .ambiguous(messages: others.map { messages[$0].messageName }) }
            throw .invalid(missingProperties(in: tape, at: node, location: contract + "#/discriminator"))
        }
        return .unknownEvent(unknownEvent(unknown.name, candidates: unknown.candidates, topic: topic))
    }

    /// The messages that a header or the topic identifies, in the contract's order.
    private var messagesWithoutProperty: [Int] {
        (headers.flatMap(\.group.messages) + byTopic.values).sorted()
    }

    private func isOf(_ topic: Topic?, _ position: Int) -> Bool {
        topic.map { messages[position].topic.key == $0.key } ?? true
    }

    /// Returns the message that the topic alone identifies. Of a contract with one message, the topic need not be
    /// given.
    private func messageByTopic(_ topic: Topic?) throws(MessageError) -> Int? {
        if let topic { return byTopic[topic.key] }
        guard properties.isEmpty, headers.isEmpty else { return nil }
        guard byTopic.count <= 1 else {
            throw .ambiguous(messages: byTopic.values.sorted().map { messages[$0].messageName })
        }
        return byTopic.values.first
    }

    private func unknownEvent(_ name: String, candidates: [Int], topic: Topic?) -> UnknownEvent {
        let candidates = candidates.filter { isOf(topic, $0) }.map { messages[$0] }
        let topics = Set(candidates.map { $0.topic })
        return UnknownEvent(
            name: name, messageName: candidates.count == 1 ? candidates[0].messageName : nil,
            topic: topic ?? (topics.count == 1 ? topics.first : nil))
    }

    private func missingProperties(
        in tape: borrowing JSONTape, at node: JSONTape.Index, location: String
    ) -> [ValidationFailure] {
        var report = AllFailures()
        for (pointer, _) in properties {
            if let event = tape.find(pointer, from: node) {
                _ = report.expected("the name of an event", at: event, of: tape, by: location)
                continue
            }
            // The innermost object that is there lacks the next member.
            var object = node
            for token in pointer.tokens {
                guard tape.kind(at: object) == .object else {
                    _ = report.expected("an object", at: object, of: tape, by: location)
                    break
                }
                guard let member = tape.member(token, of: object) else {
                    _ = report.missing(token, in: object, of: tape, by: location)
                    break
                }
                object = member
            }
        }
        if properties.isEmpty || !headers.isEmpty {
            _ = report.expected("a message of the topic, or with a header of one", at: node, of: tape, by: location)
        }
        return report.failures
    }
}
