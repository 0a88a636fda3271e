/// The place of a value: a token of ``AESGCM`` is authentic only there.
public struct ValuePlace: Hashable, Sendable {
    /// The contract's name.
    public var contract: String
    /// The message type's name.
    public var message: String
    /// The JSON Pointer (RFC 6901) of the value in its message.
    public var field: String
    /// The ID of the message that holds the value; empty where the message has none.
    public var messageID: String

    public init(contract: String, message: String, field: String, messageID: String) {
        self.contract = contract
        self.message = message
        self.field = field
        self.messageID = messageID
    }

    private var parts: [String] { [contract, message, field, messageID] }

    var associatedSize: Int {
        contract.utf8.count + message.utf8.count + field.utf8.count + messageID.utf8.count + 4 * 4
    }

    func append(to associated: inout [UInt8]) {
        for part in parts {
            let size = UInt32(clamping: part.utf8.count)
            for shift in stride(from: UInt32(24), through: 0, by: -8) {
                associated.append(UInt8(truncatingIfNeeded: size >> shift))
            }
            associated.append(contentsOf: part.utf8)
        }
    }
}
