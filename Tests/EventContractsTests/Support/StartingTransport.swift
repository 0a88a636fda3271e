import EventContracts

/// A transport that starts when the test lets it.
struct StartingTransport: Transport {
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
    let mayStart = Signal()
    let heedsCancellation: Bool

    func start() async throws(TransportError) {
        isStarting.fulfil()
        let start = mayStart
        if heedsCancellation {
            await start.value()
            if Task.isCancelled { throw TransportError(.cancelled, "the start was cancelled") }
        } else {
            await Task { await start.value() }.value
        }
    }

    func send(_ record: Record) async throws(TransportError) -> Delivery {
        throw TransportError(.unavailable, "nothing is ever sent")
    }

    func flush() async throws(TransportError) {}
    func health() async -> TransportHealth { TransportHealth(.healthy) }
    func shutdown() async {}
}
