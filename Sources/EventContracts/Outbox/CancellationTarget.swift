import Synchronization

/// The number of a record or batch, shared by the task that sends it and the handler of the task's cancellation.
///
/// The task knows the number only once the outbox has accepted its messages, and the handler may run before that.
struct CancellationTarget: ~Copyable, Sendable {
    /// No number, since a slot's generation begins at 1.
    private static let unknown: UInt64 = 0
    /// No number either: there are never so many slots.
    private static let cancelled = UInt64.max

    private let number = Atomic<UInt64>(unknown)

    /// Sets the number.
    ///
    /// - Returns: Whether the task was cancelled before.
    func isCancelled(afterSetting id: RecordID) -> Bool {
        !number.compareExchange(
            expected: Self.unknown, desired: id.rawValue, ordering: .acquiringAndReleasing
        ).exchanged
    }

    /// Records that the task was cancelled.
    ///
    /// - Returns: The number, if it is known.
    func cancel() -> RecordID? {
        let id = number.exchange(Self.cancelled, ordering: .acquiringAndReleasing)
        return id == Self.unknown ? nil : RecordID(rawValue: id)
    }
}
