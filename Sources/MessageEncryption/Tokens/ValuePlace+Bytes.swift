import EventContracts

extension ValuePlace {
    private var parts: [String] { [contract, message, field, messageID] }

    /// The number of bytes that ``append(to:)`` appends.
    var associatedSize: Int {
        contract.utf8.count + message.utf8.count + field.utf8.count + messageID.utf8.count + 4 * 4
    }

    /// Appends each part after its size, in 4 bytes.
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
