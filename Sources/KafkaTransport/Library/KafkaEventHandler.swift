/// The receiver of a client's events. Calls come from the client's own thread, one after another, and must not block it.
protocol KafkaEventHandler: Sendable {
    /// The library wrote a line of log.
    func logged(_ entry: LogEntry)
    /// Something failed that belongs to no record or request: a connection, an authentication, the whole client.
    func failed(_ error: KafkaError)
    /// The library's statistics came, as JSON.
    func measured(_ statistics: String)
}
