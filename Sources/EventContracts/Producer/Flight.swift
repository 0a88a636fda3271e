import Synchronization

/// A message as the transport gets it, and what logs may tell of it.
struct OutgoingMessage: Sendable {
    let record: Record
    /// The message's name in the contract, and its event.
    let name: String
    let event: String
    /// What metrics count it by.
    var labels: MessageLabels?
    /// What is to be counted once it has been delivered.
    var observation: (@Sendable () -> Void)?

    /// The bytes that count against a broker's limit: key, value and headers.
    static func size(of record: Record) -> Int {
        record.headers.reduce(record.value.count + (record.key?.count ?? 0)) {
            $0 + $1.name.utf8.count + $1.value.count
        }
    }
}

/// One hand-over to the transport, from the moment that it is admitted until its outcome is settled: by the transport, by
/// its deadline, by its caller's cancellation, or by shutdown; whichever comes first, and only once.
final class Flight: Sendable {
    typealias Outcome = Result<Delivery, ProducerError>

    private struct State: Sendable {
        var isSettled = false
        var isAbandoned = false
        /// Outcomes that are final though others are still open: of a batch of which some records are tried again.
        var known: [Int: Outcome] = [:]
        var task: Task<Void, Never>?
    }

    let id: UInt64
    let messages: [OutgoingMessage]
    private let state = Mutex(State())
    private let promise = Promise<[Outcome]>()
    private let onSettled: @Sendable (Flight, [Outcome]) -> Void

    /// - Parameter onSettled: Runs once, with the outcomes, before the caller hears of them.
    init(id: UInt64, messages: [OutgoingMessage], onSettled: @escaping @Sendable (Flight, [Outcome]) -> Void) {
        self.id = id
        self.messages = messages
        self.onSettled = onSettled
    }

    /// Waits for the outcomes, in the messages' order.
    func outcomes() async -> [Outcome] {
        await promise.value()
    }

    /// Notes the final outcomes of some of the messages, by position.
    func note(_ outcomes: [Int: Outcome]) {
        state.withLock { state in
            // What is noted too late is heard by nobody, and told when the flight lands.
            guard !state.isSettled else { return }
            state.known.merge(outcomes) { _, new in new }
        }
    }

    /// Settles the outcomes with those of the transport.
    ///
    /// - Returns: The positions of the messages of which something else was told before.
    func settle(_ outcomes: [Outcome]) -> [Int] {
        let toldOtherwise = state.withLock { state -> [Int]? in
            guard state.isSettled else {
                state.isSettled = true
                return nil
            }
            return messages.indices.filter { state.known[$0] == nil }
        }
        if let toldOtherwise { return toldOtherwise }
        tell(outcomes)
        return []
    }

    /// Fails all messages that have no outcome yet, and cancels what still tries to send them.
    func abandon(_ error: ProducerError) {
        let (known, task) = state.withLock { state -> ([Int: Outcome]?, Task<Void, Never>?) in
            defer {
                state.isSettled = true
                state.isAbandoned = true
            }
            return (state.isSettled ? nil : state.known, state.task)
        }
        if let known { tell(messages.indices.map { known[$0] ?? .failure(error) }) }
        task?.cancel()
    }

    private func tell(_ outcomes: [Outcome]) {
        onSettled(self, outcomes)
        promise.fulfil(outcomes)
    }

    /// Names the task that sends the messages, so that abandoning cancels it.
    func attach(_ task: Task<Void, Never>) {
        let isAbandoned = state.withLock { state in
            state.task = task
            return state.isAbandoned
        }
        if isAbandoned { task.cancel() }
    }
}
