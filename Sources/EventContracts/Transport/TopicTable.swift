/// The answer of a transport that keeps its own topics to a record for a topic that no contract of its producer has.
public enum UnknownTopics: Hashable, Sendable {
    /// The record is refused with ``TransportError/Kind/unknownTopic``.
    case refused
    /// The topic comes into being, with a number of partitions (from one to a million), as on a broker that creates topics by
    /// itself.
    case created(partitions: Int)
}

/// The topics of a transport that is its own broker: partitions, and each partition's next offset.
struct TopicTable: Sendable {
    private struct Entry: Sendable {
        var nextOffsets: [Int64]
        var nextInTurn = 0

        init(partitions: Int) {
            nextOffsets = Array(repeating: 0, count: min(max(partitions, 1), TopicTable.mostPartitions))
        }
    }

    struct Place: Hashable, Sendable {
        var partition: Int32
        var offset: Int64
    }

    /// The most partitions of a topic: each takes memory.
    private static let mostPartitions = 1_000_000

    private var entries: [String: Entry]
    private let unknown: UnknownTopics

    init(partitions: [String: Int], unknown: UnknownTopics) {
        entries = partitions.mapValues(Entry.init(partitions:))
        self.unknown = unknown
    }

    /// Adds the topics that a producer knows, unless they exist.
    mutating func declare(_ topics: [String: Topic]) {
        for (name, topic) in topics where entries[name] == nil { entries[name] = Entry(partitions: topic.partitions) }
    }

    var names: [String] { entries.keys.sorted() }

    /// Gives a record its place as Kafka's default partitioner does: the partition that it names; else the one that its
    /// key hashes to; else the next in turn.
    mutating func place(_ record: Record) throws(TransportError) -> Place {
        var entry = try entry(of: record.topic)
        let count = entry.nextOffsets.count
        let partition: Int
        if let explicit = record.partition {
            guard let exact = Int(exactly: explicit), entry.nextOffsets.indices.contains(exact) else {
                throw TransportError(
                    .unknownTopic, "topic '\(record.topic)' has \(count) partitions, and none of number \(explicit)")
            }
            partition = exact
        } else if let key = record.key {
            partition = Int(Murmur2.hash(key) & 0x7fff_ffff) % count
        } else {
            partition = entry.nextInTurn
            entry.nextInTurn = (entry.nextInTurn + 1) % count
        }
        let offset = entry.nextOffsets[partition]
        entry.nextOffsets[partition] += 1
        entries[record.topic] = entry
        return Place(partition: Int32(partition), offset: offset)
    }

    /// The most partitions that ``skip(topic:partition:through:)`` adds: corrupt lines must not ask for gigabytes.
    private static let mostAddedPartitions = 1_000_000
    private var addedPartitions = 0

    /// Records that a place is taken, so that later records come after it. Ignores topics that are refused, and offsets that
    /// leave no room for later ones.
    mutating func skip(topic: String, partition: Int, through offset: Int64) {
        guard (0...Int(Int32.max)).contains(partition), (0..<Int64.max / 2).contains(offset) else { return }
        // A topic that is not known yet takes memory too.
        let known = entries[topic]
        guard var entry = known ?? (try? self.entry(of: topic)) else { return }
        let missing = max(known == nil ? 1 : 0, partition + 1 - entry.nextOffsets.count)
        guard missing <= Self.mostAddedPartitions - addedPartitions else { return }
        addedPartitions += missing
        while entry.nextOffsets.count <= partition { entry.nextOffsets.append(0) }
        entry.nextOffsets[partition] = max(entry.nextOffsets[partition], offset + 1)
        entries[topic] = entry
    }

    private func entry(of topic: String) throws(TransportError) -> Entry {
        if let entry = entries[topic] { return entry }
        switch unknown {
        case .refused: throw TransportError(.unknownTopic, "no topic '\(topic)'")
        case .created(let partitions): return Entry(partitions: partitions)
        }
    }
}
