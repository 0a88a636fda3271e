import EventContracts

extension Timestamp {
    /// Creates an instant of a record's timestamp.
    init(millisecondsSince1970 milliseconds: Int64) {
        let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000)
        self.init(
            secondsSince1970: seconds, attoseconds: UInt64(max(rest, 0)) * 1_000_000_000_000_000, fractionDigits: 3)
    }
}
