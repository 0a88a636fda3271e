/// The 32-bit MurmurHash2 that Kafka's own clients hash record keys with.
///
/// The seed and the treatment of the last bytes are those of `org.apache.kafka.common.utils.Utils.murmur2`, so that a key
/// goes to the same partition whichever client sends it.
package enum Murmur2 {
    package static func hash(_ bytes: [UInt8]) -> Int32 {
        let multiplier: UInt32 = 0x5bd1_e995
        var hash = 0x9747_b28c ^ UInt32(truncatingIfNeeded: bytes.count)
        bytes.withUnsafeBytes { buffer in
            var position = 0
            while position + 4 <= buffer.count {
                var word = UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: position, as: UInt32.self))
                word = word &* multiplier
                word ^= word >> 24
                word = word &* multiplier
                hash = (hash &* multiplier) ^ word
                position += 4
            }
            guard position < buffer.count else { return }
            for offset in position..<buffer.count {
                hash ^= UInt32(buffer[offset]) << UInt32(8 * (offset - position))
            }
            hash = hash &* multiplier
        }
        hash ^= hash >> 13
        hash = hash &* multiplier
        hash ^= hash >> 15
        return Int32(bitPattern: hash)
    }
}
