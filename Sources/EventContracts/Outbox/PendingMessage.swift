/// A message in the outbox, from its acceptance to the report of its outcome.
struct PendingMessage: Sendable {
    typealias Outcome = Result<Delivery, ProducerError>

    /// The progress of the message.
    enum Phase: Sendable {
        /// Waits for room among the background messages, or behind a message of its key that does.
        case held
        /// Waits for the transport.
        case queued
        /// With the transport.
        case handedOver
        /// With the transport, but its sender no longer waits: its outcome was reported as unknown.
        case abandoned
    }

    /// The caller that waits for the outcome.
    ///
    /// Continuations are unsafe ones, which cost no allocation: each is in one slot, and is taken out of it under the lock
    /// by whoever resumes it.
    enum Waiter: Sendable {
        case nobody
        /// A task that waits for one message.
        case caller(UnsafeContinuation<Outcome, Never>)
        /// A task that waits for a batch.
        case batch(RecordID, position: Int)
        /// A task that waits for room.
        case room(UnsafeContinuation<ProducerError?, Never>)
    }

    let message: OutgoingMessage
    var phase: Phase
    var waiter: Waiter

    /// Whether the message still needs an outcome.
    var isWaiting: Bool {
        switch phase {
        case .held, .queued, .handedOver: true
        case .abandoned: false
        }
    }
}

extension PendingMessage.Outcome {
    /// Converts the outcome that a transport reports to that of the sender.
    init(_ outcome: DeliveryOutcome) {
        self =
            switch outcome {
            case .delivered(let delivery): .success(delivery)
            case .failed(let error): .failure(.transport(error))
            case .unknown(let error): .failure(.unknown(.unacknowledged(error)))
            }
    }
}

/// The messages that one task sends together.
struct PendingBatch: Sendable {
    /// In the messages' order, from the first. Where a message before others has no outcome yet, its place is taken by a
    /// failure.
    private(set) var outcomes: [PendingMessage.Outcome] = []
    var ids: [RecordID] = []
    private(set) var remaining: Int
    let continuation: UnsafeContinuation<[PendingMessage.Outcome], Never>

    init(count: Int, continuation: UnsafeContinuation<[PendingMessage.Outcome], Never>) {
        self.continuation = continuation
        remaining = count
        outcomes.reserveCapacity(count)
    }

    mutating func complete(_ position: Int, _ outcome: PendingMessage.Outcome) {
        remaining -= 1
        if position < outcomes.count {
            outcomes[position] = outcome
        } else {
            while outcomes.count < position { outcomes.append(.failure(.notRunning)) }
            outcomes.append(outcome)
        }
    }
}

/// A reason why a sender stops to wait.
enum GiveUp: Sendable {
    case timedOut, cancelled, shutDown
    /// The transport did not start.
    case notStarted(ProducerError)

    /// Returns the error for a message that was never handed over, and so will not arrive.
    func error(of message: OutgoingMessage) -> ProducerError {
        switch self {
        case .timedOut: .timedOut(after: message.timeout)
        case .cancelled: .cancelled
        case .shutDown: .shutDown
        case .notStarted(let error): error
        }
    }

    /// Returns the error for a message that the transport has, and that may arrive.
    func unknown(of message: OutgoingMessage) -> ProducerError {
        switch self {
        case .timedOut: .unknown(.timedOut(after: message.timeout))
        case .cancelled: .unknown(.cancelled)
        case .shutDown, .notStarted: .unknown(.shutDown)
        }
    }
}
