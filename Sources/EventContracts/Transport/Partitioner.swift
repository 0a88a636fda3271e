/// Chooses partitions as Kafka's own clients do, so that records of one key meet whoever wrote them.
enum Partitioner {
    /// The partition of a key: `toPositive(murmur2(key)) % partitions`, as Kafka's `BuiltInPartitioner`.
    static func partition(of key: [UInt8], partitions: Int) -> Int32 {
        let hash = murmur2(key) & 0x7FFF_FFFF
        return Int32(truncatingIfNeeded: Int(hash) % partitions)
    }

    /// The 32-bit MurmurHash2 with Kafka's seed (`org.apache.kafka.common.utils.Utils.murmur2`).
    static func murmur2(_ data: [UInt8]) -> Int32 {
        let multiplier: UInt32 = 0x5BD1_E995
        var hash = UInt32(0x9747_B28C) ^ UInt32(truncatingIfNeeded: data.count)
        let whole = data.count & ~3
        for index in stride(from: 0, to: whole, by: 4) {
            var word =
                UInt32(data[index]) | UInt32(data[index + 1]) << 8 | UInt32(data[index + 2]) << 16
                | UInt32(data[index + 3]) << 24
            word &*= multiplier
            word ^= word >> 24
            word &*= multiplier
            hash = (hash &* multiplier) ^ word
        }
        let rest = data[whole...]
        if !rest.isEmpty {
            for (index, byte) in rest.enumerated() { hash ^= UInt32(byte) << UInt32(8 * index) }
            hash &*= multiplier
        }
        hash ^= hash >> 13
        hash &*= multiplier
        hash ^= hash >> 15
        return Int32(bitPattern: hash)
    }
}

/// Gives records their partitions, and each partition its next offset.
struct PartitionLog {
    private let partitionCounts: [String: Int]
    /// The partitions of topics that are not known; `nil` refuses them.
    private let defaultPartitionCount: Int?
    private var offsets: [String: [Int32: Int64]] = [:]
    private var turns: [String: Int] = [:]

    init(partitionCounts: [String: Int], defaultPartitionCount: Int?) {
        self.partitionCounts = partitionCounts.mapValues { max($0, 1) }
        self.defaultPartitionCount = defaultPartitionCount.map { max($0, 1) }
    }

    /// Where a record goes: its own partition, that of its key, or each in turn.
    mutating func place(_ record: Record) throws(TransportError) -> (partition: Int32, offset: Int64) {
        guard let count = partitionCounts[record.topic] ?? defaultPartitionCount else {
            throw TransportError(.unknownTopic, "there is no topic '\(record.topic)'")
        }
        let partition: Int32
        if let wanted = record.partition {
            guard wanted >= 0, Int(wanted) < count else {
                throw TransportError(.unknownTopic, "the topic '\(record.topic)' has no partition \(wanted)")
            }
            partition = wanted
        } else if let key = record.key {
            partition = Partitioner.partition(of: key, partitions: count)
        } else {
            partition = Int32(truncatingIfNeeded: turns[record.topic, default: 0] % count)
            turns[record.topic, default: 0] += 1
        }
        let offset = offsets[record.topic, default: [:]][partition, default: 0]
        offsets[record.topic, default: [:]][partition] = offset + 1
        return (partition, offset)
    }

    /// Takes back the last place given in a partition, which nothing came to lie at.
    mutating func takeBack(_ topic: String, partition: Int32) {
        offsets[topic, default: [:]][partition, default: 1] -= 1
    }
}
