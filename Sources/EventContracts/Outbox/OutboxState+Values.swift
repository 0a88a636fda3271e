extension OutboxState {
    /// The states of accepting messages and passing them to the transport.
    enum Gate: Hashable, Sendable {
        /// Before the transport has started: messages are accepted and wait.
        case waiting
        case open
        /// Nothing more is accepted; what has been accepted is still sent.
        case draining
        /// Nothing is accepted or sent.
        case shut

        var accepts: Bool {
            switch self {
            case .waiting, .open: true
            case .draining, .shut: false
            }
        }

        var sends: Bool {
            switch self {
            case .open, .draining: true
            case .waiting, .shut: false
            }
        }
    }

    /// Messages of the background that are not completed.
    struct Load: Hashable, Sendable {
        var messages = 0
        var bytes = 0
    }

    /// A message, or messages that were sent together, whose sender gives up at a time.
    enum Deadline: Sendable {
        case message(RecordID)
        case batch(RecordID)

        func isAwaited(_ slots: SlotTable<PendingMessage>, _ batches: SlotTable<PendingBatch>) -> Bool {
            switch self {
            case .message(let id): slots.read(id) { $0.isWaiting } == true
            case .batch(let id): batches.read(id) { $0.remaining > 0 } == true
            }
        }
    }

    enum BackgroundAcceptance: Sendable {
        case queued
        /// It waits for room.
        case held(RecordID)
        /// There is no room.
        case full(QueueLimit)
    }

    /// Messages that failed since shutdown began, by topic.
    struct Losses: Sendable {
        var undelivered: [String: Int] = [:]
        var unknown: [String: Int] = [:]
    }

    enum IdleCondition: Sendable {
        /// Every accepted message is with the transport.
        case handedOver
        /// Every accepted message has its outcome, which has been counted and logged.
        case settled
    }
}
