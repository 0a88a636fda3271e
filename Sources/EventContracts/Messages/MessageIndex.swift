/// The messages of a contract, by the events that tell them apart. Generated code makes one for each contract.
public struct MessageIndex: Sendable {
    /// The messages whose events are told by one pointer.
    private struct Group {
        var discriminator: JSONPointer
        var messages: [any Message.Type]
        /// The position among the contract's messages, by event.
        var positions: [String: Int]
    }

    /// The message that a value is.
    enum Finding {
        /// The position of the message among those of the contract.
        case message(Int)
        case unknownEvent(UnknownEvent)
    }

    private let groups: [Group]

    /// Creates an index.
    ///
    /// - Parameter messages: The contract's messages, in its order.
    public init(_ messages: [any Message.Type]) {
        var groups: [Group] = []
        for (position, message) in messages.enumerated() {
            let place =
                groups.firstIndex { $0.discriminator == message.discriminator }
                ?? {
                    groups.append(Group(discriminator: message.discriminator, messages: [], positions: [:]))
                    return groups.count - 1
                }()
            groups[place].messages.append(message)
            for event in message.eventNames { groups[place].positions[event] = position }
        }
        self.groups = groups
    }

    /// Finds the message that a value is, by its event.
    ///
    /// - Parameters:
    ///   - topic: The topic that the value was read from, if known.
    ///   - contract: The contract's name, for failures.
    /// - Throws: ``MessageError/invalid(_:)`` where no discriminator of the contract leads to a text.
    func find(
        in tape: borrowing JSONTape, at node: JSONTape.Index, from topic: Topic?, contract: String
    ) throws(MessageError) -> Finding {
        var name: String?
        var candidates: [any Message.Type] = []
        for group in groups {
            guard let event = tape.find(group.discriminator, from: node), tape.kind(at: event) == .string else {
                continue
            }
            let text = tape.string(at: event)
            if let position = group.positions[text] { return .message(position) }
            name = name ?? text
            candidates += group.messages
        }
        guard let name else {
            throw .invalid(missingDiscriminators(in: tape, at: node, location: contract + "#/discriminator"))
        }
        if let topic { candidates.removeAll { $0.topic.key != topic.key } }
        let topics = Set(candidates.map { $0.topic })
        return .unknownEvent(
            UnknownEvent(
                name: name, messageName: candidates.count == 1 ? candidates[0].messageName : nil,
                topic: topic ?? (topics.count == 1 ? topics.first : nil)))
    }

    private func missingDiscriminators(
        in tape: borrowing JSONTape, at node: JSONTape.Index, location: String
    ) -> [ValidationFailure] {
        var report = AllFailures()
        for group in groups {
            if let event = tape.find(group.discriminator, from: node) {
                _ = report.expected("the name of an event", at: event, of: tape, by: location)
                continue
            }
            // The innermost object that is there lacks the next member.
            var object = node
            for token in group.discriminator.tokens {
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
        return report.failures
    }
}

extension Message {
    /// The values of the discriminator.
    fileprivate static var eventNames: [String] { MessageType.allCases.map(\.rawValue) }
}
