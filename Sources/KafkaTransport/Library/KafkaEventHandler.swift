import EventContracts

/// The receiver of a client's events. Calls come from the client's own thread, one after another, and must not block it.
protocol KafkaEventHandler: Sendable {
    /// The library wrote a line of log.
    func logged(_ entry: LogEntry)
    /// Something failed that belongs to no record or request: a connection, an authentication, the whole client.
    func failed(_ error: KafkaError)
    /// The library's statistics came, as JSON.
    func measured(_ statistics: String)
    /// Records have their outcomes.
    func delivered(_ outcomes: [RecordOutcome])
    /// There is room again, after a record found none.
    func hasRoom()
}

extension KafkaEventHandler {
    func delivered(_ outcomes: [RecordOutcome]) {}
    func hasRoom() {}
}
