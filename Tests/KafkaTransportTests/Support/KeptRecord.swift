import EventContracts
import Locks

/// Creates records that stay in memory, as a producer keeps them until their outcome: the library reads values in place.
func keptRecord(_ id: UInt64, _ record: Record) -> OutboundRecord {
    let outbound = OutboundRecord(id: RecordID(rawValue: id), record: record)
    keptRecords.withLock { $0.append(outbound) }
    return outbound
}

private let keptRecords = Lock<[OutboundRecord]>([])
