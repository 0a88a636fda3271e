/// A record on its way, with everything that metrics and logs need of its message.
///
/// A class, so that the outbox, the transport and its retries share one copy, which stays in memory until the record's
/// outcome is reported.
final class OutgoingMessage: Sendable {
    let record: Record
    /// The message's name in the contract, and its event.
    let name: String
    let event: String
    /// The bytes of key, value and headers.
    let size: Int
    let measurement: Measurement?
    /// How long the sender waits, and when its call came, by the producer's clock.
    let timeout: Duration
    let submitted: Duration
    let isInBackground: Bool

    /// The series that count a message, in one of the producer's metrics.
    struct Measurement: Sendable {
        /// The position of the metrics among those of the producer.
        let metrics: Int
        let labels: MessageLabels
        /// Counts the content of the message once it is delivered.
        let observation: (@Sendable () -> Void)?
    }

    init(
        record: Record, size: Int? = nil, name: String = "", event: String = "", measurement: Measurement? = nil,
        timeout: Duration,
        submitted: Duration = .zero, isInBackground: Bool = false
    ) {
        self.record = record
        self.name = name
        self.event = event
        self.size = size ?? record.size
        self.measurement = measurement
        self.timeout = timeout
        self.submitted = submitted
        self.isInBackground = isInBackground
    }

    /// When the sender's patience ends, by the producer's clock.
    var due: Duration { submitted + timeout }
}
