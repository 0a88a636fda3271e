import Synchronization

@testable import KafkaTransport

/// Drops all events.
struct SilentHandler: KafkaEventHandler {
    func logged(_ entry: LogEntry) {}
    func failed(_ error: KafkaError) {}
    func measured(_ statistics: String) {}
}

/// Streams a client's events to a test.
final class RecordingHandler: KafkaEventHandler {
    enum Event: Sendable {
        case log(LogEntry)
        case failure(KafkaError)
        case statistics(String)
    }

    let events: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation

    init() {
        (events, continuation) = AsyncStream.makeStream()
    }

    func logged(_ entry: LogEntry) { continuation.yield(.log(entry)) }
    func failed(_ error: KafkaError) { continuation.yield(.failure(error)) }
    func measured(_ statistics: String) { continuation.yield(.statistics(statistics)) }

    /// Ends the stream.
    func end() { continuation.finish() }
}
