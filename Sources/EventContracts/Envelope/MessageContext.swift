/// The source of the values that fill messages' envelopes: a clock, a source of ids, and the service's name.
///
/// Each producer has one and stamps every ``Draft`` from it. Tests give their own.
public struct MessageContext: Sendable {
    /// The service that messages name as their source.
    public var service: String
    /// The time that messages carry.
    public var now: @Sendable () -> Timestamp
    /// Returns a new id, different from all others; `nil` for random UUIDs.
    public var makeID: (@Sendable () -> String)?
    /// Headers for each message that is sent, such as those of a trace; called in the sender's task. A sender's own header of
    /// the same name takes precedence.
    public var headers: (@Sendable () -> [RecordHeader])?

    /// Creates a context with the system's clock, to the microsecond, and random UUIDs (RFC 9562, version 4).
    public init(
        service: String,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now,
        makeID: (@Sendable () -> String)? = nil,
        headers: (@Sendable () -> [RecordHeader])? = nil
    ) {
        self.service = service
        self.now = now
        self.makeID = makeID
        self.headers = headers
    }

    /// Returns a random UUID in lower case, unique across threads and processes, without a system call.
    @Sendable
    public static func randomID() -> String {
        UniqueIDs.next().description
    }
}

/// The values that fill one message's envelope.
public struct MessageStamp: Hashable, Sendable {
    /// The service that the message names as its source.
    public let service: String
    /// The message's time.
    public let now: Timestamp
    /// The message's id.
    public let id: StampedID
}

extension MessageContext {
    /// Returns the values for one message: the time, and a new id.
    @usableFromInline
    func stamp() -> MessageStamp {
        MessageStamp(
            service: service, now: now(), id: makeID.map { StampedID($0()) } ?? StampedID(UniqueIDs.next()))
    }
}
