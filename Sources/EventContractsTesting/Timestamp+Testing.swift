public import EventContracts

extension Timestamp {
    /// The time at which messages in tests are sent: 2023-11-14T22:13:20Z.
    public static var testing: Timestamp { Timestamp(secondsSince1970: 1_700_000_000) }
}
