#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What fills a message's envelope: the clock, the source of ids, and the service's name. Tests give their own.
public struct MessageContext: Sendable {
    /// The service that messages name as their source.
    public var service: String
    /// The time that messages carry.
    public var now: @Sendable () -> Timestamp
    /// A new id, different from all others.
    public var makeID: @Sendable () -> String

    /// A context with the system's clock, to the microsecond, and random UUIDs (RFC 4122, version 4).
    public init(
        service: String,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now,
        makeID: @escaping @Sendable () -> String = MessageContext.randomID
    ) {
        self.service = service
        self.now = now
        self.makeID = makeID
    }

    /// A random UUID in lower case.
    @Sendable
    public static func randomID() -> String {
        UUID().uuidString.lowercased()
    }
}

/// What one message's envelope is filled with.
public struct MessageStamp: Hashable, Sendable {
    public let service: String
    public let now: Timestamp
    public let id: String
}

extension MessageContext {
    /// The time, and a new id, for one message.
    public func stamp() -> MessageStamp {
        MessageStamp(service: service, now: now(), id: makeID())
    }
}
