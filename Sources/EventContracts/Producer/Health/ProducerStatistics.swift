public import JSONTape

/// The counters of a ``Producer`` since it was created.
public struct ProducerStatistics: Hashable, Sendable {
    /// Messages delivered.
    public var messagesSent = 0
    /// Messages not delivered: refused, failed, timed out, dropped. Each has been logged.
    public var messagesFailed = 0
    /// Messages that the transport got and did not acknowledge: they may have been delivered. Each has been logged.
    public var messagesUnknown = 0
    /// Bytes of the values delivered.
    public var bytesSent = 0
    /// The time from hand-over to delivery, summed over the messages delivered.
    public var sendDurationTotal = Duration.zero
    /// The time at which the last message was delivered.
    public var lastSendTime: Timestamp?
    /// Messages not delivered, or not acknowledged, by the raw value of ``ProducerError/reason-swift.property``.
    public var errorsByType: [String: Int] = [:]
    /// Attempts after the first, counted for each message.
    public var retries = 0
    /// Messages of unknown outcome that were acknowledged later.
    public var deliveredLate = 0
    /// Messages that the transport has, and has not reported, including those whose senders no longer wait.
    public var inFlight = 0
    /// Messages sent in the background that are not completed.
    public var backgroundQueued = 0
    /// Messages to be sent in the background that never reached the transport.
    public var backgroundDropped = 0

    /// Creates statistics whose counts are zero.
    public init() {}
}

extension ProducerStatistics: Codable {
    private enum CodingKeys: String, CodingKey {
        case messagesSent = "messages_sent"
        case messagesFailed = "messages_failed"
        case messagesUnknown = "messages_unknown"
        case bytesSent = "bytes_sent"
        case sendDurationTotal = "send_duration_total"
        case lastSendTime = "last_send_time"
        case errorsByType = "errors_by_type"
        case retries
        case deliveredLate = "delivered_late"
        case inFlight = "in_flight"
        case backgroundQueued = "background_queued"
        case backgroundDropped = "background_dropped"
    }

    /// Reads what ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        messagesSent = try container.decode(Int.self, forKey: .messagesSent)
        messagesFailed = try container.decode(Int.self, forKey: .messagesFailed)
        messagesUnknown = try container.decode(Int.self, forKey: .messagesUnknown)
        bytesSent = try container.decode(Int.self, forKey: .bytesSent)
        sendDurationTotal = .seconds(try container.decode(Double.self, forKey: .sendDurationTotal))
        lastSendTime = try container.decodeIfPresent(Timestamp.self, forKey: .lastSendTime)
        errorsByType = try container.decode([String: Int].self, forKey: .errorsByType)
        retries = try container.decode(Int.self, forKey: .retries)
        deliveredLate = try container.decode(Int.self, forKey: .deliveredLate)
        inFlight = try container.decode(Int.self, forKey: .inFlight)
        backgroundQueued = try container.decode(Int.self, forKey: .backgroundQueued)
        backgroundDropped = try container.decode(Int.self, forKey: .backgroundDropped)
    }

    /// Durations are written in seconds; a time that has not come, as `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(messagesSent, forKey: .messagesSent)
        try container.encode(messagesFailed, forKey: .messagesFailed)
        try container.encode(messagesUnknown, forKey: .messagesUnknown)
        try container.encode(bytesSent, forKey: .bytesSent)
        try container.encode(sendDurationTotal / .seconds(1), forKey: .sendDurationTotal)
        try container.encode(lastSendTime, forKey: .lastSendTime)
        try container.encode(errorsByType, forKey: .errorsByType)
        try container.encode(retries, forKey: .retries)
        try container.encode(deliveredLate, forKey: .deliveredLate)
        try container.encode(inFlight, forKey: .inFlight)
        try container.encode(backgroundQueued, forKey: .backgroundQueued)
        try container.encode(backgroundDropped, forKey: .backgroundDropped)
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("messages_sent")
        writer.write(messagesSent)
        writer.key("messages_failed")
        writer.write(messagesFailed)
        writer.key("messages_unknown")
        writer.write(messagesUnknown)
        writer.key("bytes_sent")
        writer.write(bytesSent)
        writer.key("send_duration_total")
        writer.write(sendDurationTotal / .seconds(1))
        writer.key("last_send_time")
        if let lastSendTime { writer.write(lastSendTime) } else { writer.write(literal: "null") }
        writer.key("errors_by_type")
        writer.beginObject()
        for (type, count) in errorsByType.sorted(by: { $0.key < $1.key }) {
            writer.key(name: type)
            writer.write(count)
        }
        writer.endObject()
        writer.key("retries")
        writer.write(retries)
        writer.key("delivered_late")
        writer.write(deliveredLate)
        writer.key("in_flight")
        writer.write(inFlight)
        writer.key("background_queued")
        writer.write(backgroundQueued)
        writer.key("background_dropped")
        writer.write(backgroundDropped)
        writer.endObject()
    }
}
