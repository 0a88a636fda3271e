import EventContracts

extension ValuePlace {
    /// The number of bytes that ``append(to:)`` appends.
    var associatedSize: Int {
        contract.utf8.count + topic.utf8.count + message.utf8.count + field.utf8.count + messageID.utf8.count + 5 * 4
    }

    /// Appends each part after its size, in 4 bytes.
    func append(to associated: inout [UInt8]) {
        associated.append(part: contract)
        associated.append(part: topic)
        associated.append(part: message)
        associated.append(part: field)
        associated.append(part: messageID)
    }
}

extension [UInt8] {
    fileprivate mutating func append(part: String) {
        let size = UInt32(clamping: part.utf8.count)
        append(UInt8(truncatingIfNeeded: size >> 24))
        append(UInt8(truncatingIfNeeded: size >> 16))
        append(UInt8(truncatingIfNeeded: size >> 8))
        append(UInt8(truncatingIfNeeded: size))
        append(contentsOf: part.utf8)
    }
}
