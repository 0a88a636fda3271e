/// The effects of settled messages outside of the outbox's lock: metrics, log lines, resumed tasks.
struct Settlement: Sendable {
    struct Entry: Sendable {
        enum Result: Sendable {
            case failed(ProducerError)
            /// The transport's report of a message whose sender had stopped waiting.
            case late(DeliveryOutcome)
        }

        let message: OutgoingMessage
        let result: Result
        let duration: Duration?
    }

    enum Resumption: Sendable {
        case caller(UnsafeContinuation<PendingMessage.Outcome, Never>, PendingMessage.Outcome)
        case batch(UnsafeContinuation<[PendingMessage.Outcome], Never>, [PendingMessage.Outcome])
        case room(UnsafeContinuation<ProducerError?, Never>, ProducerError?)
        case idle(UnsafeContinuation<Void, Never>)

        func resume() {
            switch self {
            case .caller(let continuation, let outcome): continuation.resume(returning: outcome)
            case .batch(let continuation, let outcomes): continuation.resume(returning: outcomes)
            case .room(let continuation, let error): continuation.resume(returning: error)
            case .idle(let continuation): continuation.resume()
            }
        }
    }

    /// The messages that were delivered in time, and at the same positions the time that each took.
    var delivered: [OutgoingMessage] = []
    var durations: [Duration] = []
    /// All others.
    var entries: [Entry] = []
    var resumptions: [Resumption] = []

    /// Forgets everything, and keeps the memory.
    mutating func removeAll() {
        delivered.removeAll(keepingCapacity: true)
        durations.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        resumptions.removeAll(keepingCapacity: true)
    }
}
