import EventContracts

/// The content of a record as its topic, headers and discriminator identify it.
enum RecordContent {
    case tombstone
    /// A message, valid or not, and the name of its event; `nil` where the value names none.
    case message(any Message.Type, event: String?)
    /// A record that is not a message of the contracts.
    case unknown(reason: String)

    /// Returns whether the record is a message of a type and, where one is given, of an event.
    func isMessage<M: Message>(of type: M.Type, event: M.MessageType?) -> Bool {
        guard case .message(let message, let name) = self, message == type else { return false }
        return event.map { $0.rawValue == name } ?? true
    }
}

extension RecordContent: CustomStringConvertible {
    var description: String {
        switch self {
        case .tombstone: "a tombstone"
        case .message(let message, let event?) where event != message.messageName: "\(message.messageName) \(event)"
        case .message(let message, _): message.messageName
        case .unknown(let reason): "not a message of the contract: \(reason)"
        }
    }
}
