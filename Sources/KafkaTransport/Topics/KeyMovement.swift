import EventContracts

/// The part of all keys that go to another partition when a topic grows.
enum KeyMovement {
    private static let sampleSize = 65_536

    /// Hashes many keys as Kafka's clients do, and counts those whose partition changes.
    ///
    /// - Returns: A ratio from 0 to 1.
    static func ratio(from old: Int, to new: Int) -> Double {
        guard old > 0, new > 0, old != new else { return 0 }
        var moved = 0
        for number in 0..<sampleSize {
            let hash = Int(Murmur2.hash(Array("key-\(number)".utf8)) & 0x7fff_ffff)
            if hash % old != hash % new { moved += 1 }
        }
        return Double(moved) / Double(sampleSize)
    }
}
