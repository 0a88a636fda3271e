import EventContracts
import Locks

/// A transport that starts when the test lets it.
final class StartingTransport: Transport {
    /// Something that happens once, and that one task may wait for.
    struct Signal: Sendable {
        private let stream: AsyncStream<Void>
        private let continuation: AsyncStream<Void>.Continuation

        init() { (stream, continuation) = AsyncStream.makeStream() }

        func fulfil() { continuation.finish() }

        /// Returns when it has happened, or when the task is cancelled.
        func value() async {
            for await _ in stream {}
        }
    }

    let isStarting = Signal()
    /// Whether it has been let go of since it started.
    let isShutDown = Signal()
    let mayStart = Signal()
    let heedsCancellation: Bool
    private let hasStarted = Lock(false)

    init(heedsCancellation: Bool) {
        self.heedsCancellation = heedsCancellation
    }

    func start(_ session: TransportSession) async throws(TransportError) {
        isStarting.fulfil()
        let start = mayStart
        if heedsCancellation {
            await start.value()
            if Task.isCancelled { throw TransportError(.cancelled, "the start was cancelled") }
        } else {
            await Task { await start.value() }.value
        }
        hasStarted.withLock { $0 = true }
    }

    func enqueue(_ records: [OutboundRecord]) -> Int { 0 }

    func flush() async throws(TransportError) {}
    func health() async -> TransportHealth { TransportHealth(.healthy) }
    func shutdown() async { if hasStarted.withLock({ $0 }) { isShutDown.fulfil() } }
}
