import EventContracts

extension ValuePlace {
    private var parts: [String] { [contract, topic, message, field, messageID] }

    /// The number of bytes that ``append(to:)`` appends.
    var associatedSize: Int {
        parts.reduce(0) { $0 + 4 + $1.utf8.count }
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
