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

/// One hand-over to the transport, from the moment that it is admitted until the outcome of each of its messages is told:
/// by the transport, by the deadline, by the caller's cancellation, or by shutdown; whichever comes first, and only once.
final class Flight: Sendable {
    typealias Outcome = Result<Delivery, ProducerError>
    /// Outcomes of some of the messages, by position.
    typealias Outcomes = [(position: Int, outcome: Outcome)]

    private struct State: Sendable {
        var outcomes: [Outcome?]
        /// How many outcomes have been told to whom it concerns.
        var told = 0
        var isAbandoned = false
        var task: Task<Void, Never>?
    }

    let id: UInt64
    let messages: [OutgoingMessage]
    private let state: Mutex<State>
    private let promise = Promise<[Outcome]>()
    private let onOutcomes: @Sendable (Flight, Outcomes) -> Void
    private let onEnd: @Sendable (Flight) -> Void

    /// - Parameters:
    ///   - onOutcomes: Is told each message's outcome, once, as soon as it is known.
    ///   - onEnd: Runs when all outcomes have been told, before the caller hears of them.
    init(
        id: UInt64, messages: [OutgoingMessage], onOutcomes: @escaping @Sendable (Flight, Outcomes) -> Void,
        onEnd: @escaping @Sendable (Flight) -> Void
    ) {
        self.id = id
        self.messages = messages
        self.onOutcomes = onOutcomes
        self.onEnd = onEnd
        state = Mutex(State(outcomes: Array(repeating: nil, count: messages.count)))
    }

    /// Waits for the outcomes, in the messages' order.
    func outcomes() async -> [Outcome] {
        await promise.value()
    }

    /// Takes what the transport says of some of the messages.
    ///
    /// - Returns: The outcomes of messages of which something else was told before.
    func settle(_ outcomes: Outcomes) -> Outcomes {
        let (first, late) = state.withLock { state -> (Outcomes, Outcomes) in
            var first: Outcomes = []
            var late: Outcomes = []
            for one in outcomes {
                if state.outcomes[one.position] == nil {
                    state.outcomes[one.position] = one.outcome
                    first.append(one)
                } else {
                    late.append(one)
                }
            }
            return (first, late)
        }
        tell(first)
        return late
    }

    /// Fails all messages that have no outcome yet, and cancels what still tries to send them.
    func abandon(_ error: ProducerError) {
        let (open, task) = state.withLock { state -> (Outcomes, Task<Void, Never>?) in
            state.isAbandoned = true
            let open = messages.indices.filter { state.outcomes[$0] == nil }
            for position in open { state.outcomes[position] = .failure(error) }
            return (open.map { ($0, .failure(error)) }, state.task)
        }
        tell(open)
        task?.cancel()
    }

    private func tell(_ outcomes: Outcomes) {
        guard !outcomes.isEmpty else { return }
        onOutcomes(self, outcomes)
        let all = state.withLock { state -> [Outcome]? in
            state.told += outcomes.count
            return state.told == messages.count ? state.outcomes.compactMap(\.self) : nil
        }
        guard let all else { return }
        onEnd(self)
        promise.fulfil(all)
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
