import EventContracts
import Foundation
import Synchronization

/// Accepts every record at once, reports it delivered, and keeps none.
final class ImmediateSink: Transport {
    private let session = Mutex<TransportSession?>(nil)
    let failuresAreFinal = true

    func start(_ session: TransportSession) async throws(TransportError) {
        self.session.withLock { $0 = session }
    }

    func enqueue(_ records: [OutboundRecord]) -> Int {
        let sink = session.withLock { $0?.sink }
        sink?.complete(records.map { RecordOutcome($0.id, .delivered(delivery(of: $0))) })
        return records.count
    }

    func flush() async throws(TransportError) {}
    func health() async -> TransportHealth { TransportHealth(.healthy) }
    func shutdown() async { session.withLock { $0 = nil } }
}

/// Accepts every record, and reports all of them when it is asked to.
final class HeldSink: Transport {
    private let session = Mutex<TransportSession?>(nil)
    private let held = Mutex<[OutboundRecord]>([])
    let failuresAreFinal = true

    func start(_ session: TransportSession) async throws(TransportError) {
        self.session.withLock { $0 = session }
    }

    func enqueue(_ records: [OutboundRecord]) -> Int {
        held.withLock { $0 += records }
        return records.count
    }

    func complete() {
        let sink = session.withLock { $0?.sink }
        let records = held.withLock { held in
            defer { held.removeAll(keepingCapacity: true) }
            return held
        }
        // As many at once as an event of librdkafka may have.
        for start in stride(from: 0, to: records.count, by: 1000) {
            let some = records[start..<min(start + 1000, records.count)]
            sink?.complete(some.map { RecordOutcome($0.id, .delivered(delivery(of: $0))) })
        }
    }

    func flush() async throws(TransportError) {}
    func health() async -> TransportHealth { TransportHealth(.healthy) }
    func shutdown() async { session.withLock { $0 = nil } }
}

/// Reports deliveries from a thread of its own, all that have come together.
final class ThreadedSink: Transport {
    private let session = Mutex<TransportSession?>(nil)
    private let pending = Mutex<[OutboundRecord]>([])
    private let wakeUp = DispatchSemaphore(value: 0)
    let failuresAreFinal = true

    func start(_ session: TransportSession) async throws(TransportError) {
        self.session.withLock { $0 = session }
        Thread.detachNewThread { [self] in
            var batch: [OutboundRecord] = []
            while let sink = self.session.withLock({ $0?.sink }) {
                wakeUp.wait()
                pending.withLock { swap(&batch, &$0) }
                sink.complete(batch.map { RecordOutcome($0.id, .delivered(delivery(of: $0))) })
                batch.removeAll(keepingCapacity: true)
            }
        }
    }

    func enqueue(_ records: [OutboundRecord]) -> Int {
        let isFirst = pending.withLock { pending in
            pending += records
            return pending.count == records.count
        }
        if isFirst { wakeUp.signal() }
        return records.count
    }

    func flush() async throws(TransportError) {}
    func health() async -> TransportHealth { TransportHealth(.healthy) }

    func shutdown() async {
        session.withLock { $0 = nil }
        wakeUp.signal()
    }
}

private func delivery(of record: OutboundRecord) -> Delivery {
    Delivery(topic: record.topic, partition: 0, offset: 0, timestamp: Timestamp(secondsSince1970: 0))
}
