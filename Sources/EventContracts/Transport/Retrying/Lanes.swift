/// The records that must stay in order among themselves: those of a topic with equal keys, or with an equal explicit
/// partition.
struct Lane: Hashable, Sendable {
    private enum Place: Hashable, Sendable {
        case key([UInt8])
        case partition(Int32)
    }

    private let topic: String
    private let place: Place

    /// Creates the lane of a record; `nil` where nothing decides its partition, so that no order is guaranteed.
    init?(of record: OutboundRecord) {
        topic = record.topic
        if let partition = record.partition {
            place = .partition(partition)
        } else if let key = record.key {
            place = .key(Array(key))
        } else {
            return nil
        }
    }
}

/// A gate that lets one record of each lane through at a time, in the order in which they came. Others wait for it, and
/// nothing else.
struct LaneGate: Sendable {
    /// The records that wait behind the one that is through, by lane.
    private var waiting: [Lane: RingBuffer<OutboundRecord>] = [:]
    /// The lanes of the records that are through.
    private var lanes: [RecordID: Lane] = [:]

    /// Asks to let a record through.
    ///
    /// - Returns: Whether it may go at once; if not, ``leave(_:)`` of the record before it returns it.
    mutating func enter(_ record: OutboundRecord) -> Bool {
        guard let lane = Lane(of: record) else { return true }
        guard waiting[lane] == nil else {
            waiting[lane]?.append(record)
            return false
        }
        waiting[lane] = RingBuffer()
        lanes[record.id] = lane
        return true
    }

    /// Records that a record has its outcome.
    ///
    /// - Returns: The next record of its lane, which may now go.
    mutating func leave(_ id: RecordID) -> OutboundRecord? {
        guard let lane = lanes.removeValue(forKey: id) else { return nil }
        guard let next = waiting[lane]?.popFirst() else {
            waiting[lane] = nil
            return nil
        }
        lanes[next.id] = lane
        return next
    }

    /// Takes out all records that wait.
    mutating func removeWaiting() -> [OutboundRecord] {
        var removed: [OutboundRecord] = []
        for lane in waiting.keys {
            while let record = waiting[lane]?.popFirst() { removed.append(record) }
        }
        return removed
    }
}
