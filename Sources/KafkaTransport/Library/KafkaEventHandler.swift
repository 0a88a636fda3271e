import EventContracts

/// The receiver of a client's events. Calls come from the client's own thread, one at a time, and must not block it.
protocol KafkaEventHandler: Sendable {
    /// The last failure that belongs to no record or request: the reason why no broker answers, where one does not. `nil` where
    /// there is none, or the handler does not keep it.
    var lastFailure: KafkaError? { get }
    /// Receives a log line of the library.
    func logged(_ entry: LogEntry)
    /// Receives an error that belongs to no record or request: of a connection, an authentication, or the whole client.
    func failed(_ error: KafkaError)
    /// Receives the library's statistics, as JSON.
    func measured(_ statistics: String)
    /// Records have their outcomes.
    func delivered(_ outcomes: [RecordOutcome])
    /// Reports that the queue has room again, after it was full.
    func hasRoom()
}

extension KafkaEventHandler {
    var lastFailure: KafkaError? { nil }
    func delivered(_ outcomes: [RecordOutcome]) {}
    func hasRoom() {}
}
