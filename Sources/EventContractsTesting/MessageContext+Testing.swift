public import EventContracts
import Synchronization

extension MessageContext {
    /// Creates a context with which messages are the same in each run: a fixed time, and the ids `id-1`, `id-2` and so on.
    ///
    /// - Parameters:
    ///   - service: The service that messages name as their source.
    ///   - start: The time of messages.
    ///   - clock: Adds the time that has passed on this clock.
    ///   - prefix: The beginning of ids.
    public static func testing(
        service: String = "test", from start: Timestamp = .testing, clock: ManualClock? = nil,
        idPrefix prefix: String = "id-"
    ) -> MessageContext {
        let ids = Numbers()
        return MessageContext(
            service: service, now: { start.advanced(by: clock?.now.offset ?? .zero) },
            makeID: { prefix + String(ids.next()) })
    }

    /// A counter, from 1.
    private final class Numbers: Sendable {
        private let last = Atomic(0)

        func next() -> Int { last.wrappingAdd(1, ordering: .relaxed).newValue }
    }
}

extension Timestamp {
    /// Returns the time after a duration from this one, to the microsecond where it is not a whole second.
    fileprivate func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let fraction = self.attoseconds + UInt64(max(attoseconds, 0))
        let second: UInt64 = 1_000_000_000_000_000_000
        return Timestamp(
            secondsSince1970: secondsSince1970 + seconds + Int64(fraction / second), attoseconds: fraction % second,
            fractionDigits: fraction % second == 0 ? fractionDigits : max(fractionDigits, 6), offset: offset)
    }
}
