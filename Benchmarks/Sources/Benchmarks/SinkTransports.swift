import EventContracts
import Foundation
import Synchronization

/// Accepts every record at once and keeps none.
struct ImmediateSink: Transport {
    func start() async throws(TransportError) {}
    func send(_ record: Record) async throws(TransportError) -> Delivery {
        Delivery(topic: record.topic, partition: 0, offset: 0, timestamp: Timestamp(secondsSince1970: 0))
    }
    func flush() async throws(TransportError) {}
    func health() async -> TransportHealth { TransportHealth(.healthy) }
    func shutdown() async {}
}

/// Reports deliveries from a thread of its own, all that have come together.
final class ThreadedSink: Transport {
    private let pending = Mutex<[(String, CheckedContinuation<Delivery, Never>)]>([])
    private let wakeUp = DispatchSemaphore(value: 0)

    func start() async throws(TransportError) {
        Thread.detachNewThread { [self] in
            while true {
                wakeUp.wait()
                let batch = pending.withLock { pending in
                    defer { pending = [] }
                    return pending
                }
                for (topic, continuation) in batch {
                    continuation.resume(
                        returning: Delivery(
                            topic: topic, partition: 0, offset: 0, timestamp: Timestamp(secondsSince1970: 0)))
                }
            }
        }
    }

    func send(_ record: Record) async throws(TransportError) -> Delivery {
        await withCheckedContinuation { continuation in
            let isFirst = pending.withLock { pending in
                pending.append((record.topic, continuation))
                return pending.count == 1
            }
            if isFirst { wakeUp.signal() }
        }
    }

    func flush() async throws(TransportError) {}
    func health() async -> TransportHealth { TransportHealth(.healthy) }
    func shutdown() async {}
}
