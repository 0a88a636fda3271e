import EventContracts

/// The messages of a contract, and the topics by which they are identified.
struct ContractMessages {
    let name: String
    private let topics: [Topic]
    private let messages: [any Message.Type]
    private let index: MessageIndex

    init(of contract: any EventContract.Type) {
        name = contract.contractName
        topics = contract.topics
        messages = contract.messages
        index = contract.messageIndex
    }

    /// Creates a list of one message, whose contract is not known.
    init(alone message: any Message.Type) {
        name = message.messageName
        topics = [message.topic]
        messages = [message]
        index = MessageIndex(messages)
    }

    func contains(_ message: any Message.Type) -> Bool { messages.contains { $0 == message } }

    /// Returns the topic of a name, which is not that on the broker.
    func topic(named name: String) -> Topic? { topics.first { $0.name == name } }

    /// Finds the message of a value.
    func content(
        of tape: borrowing JSONTape, from topic: Topic?, headers: [RecordHeader]
    ) -> RecordContent {
        do throws(MessageError) {
            switch try index.find(in: tape, at: .root, from: topic, headers: headers, contract: name) {
            case .message(let position):
                return .message(messages[position], event: messages[position].eventName(on: tape))
            case .unknownEvent(let event):
                return .unknown(reason: "\(event)")
            }
        } catch {
            return .unknown(reason: "\(error)")
        }
    }
}

extension Message {
    /// Returns the name of a value's event.
    fileprivate static func eventName(on tape: borrowing JSONTape) -> String? {
        guard let discriminator else { return MessageType.allCases.first?.rawValue }
        guard let event = tape.find(discriminator, from: .root), tape.kind(at: event) == .string else { return nil }
        return tape.string(at: event)
    }
}
