#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Timestamp {
    /// Creates a date's instant in UTC, rounded to microseconds, which is the precision of a `Date`, and truncated after some
    /// digits of the second's fraction.
    public init(_ date: Date, fractionDigits: Int = 3) {
        let since1970 = date.timeIntervalSince1970
        let whole = since1970.rounded(.down)
        guard var seconds = Int64(exactly: whole) else {
            self.init(secondsSince1970: whole > 0 ? .max : .min, fractionDigits: fractionDigits)
            return
        }
        // Around today a Date is a multiple of 2^-23 seconds: without rounding, half of all milliseconds would be one early.
        var microseconds = UInt64(((since1970 - whole) * 1e6).rounded())
        if microseconds == 1_000_000, seconds < .max {
            seconds += 1
            microseconds = 0
        }
        self.init(
            secondsSince1970: seconds, attoseconds: microseconds * 1_000_000_000_000, fractionDigits: fractionDigits)
    }

    /// The instant, to the precision of a `Date`. A leap second is the first of the next minute, as a `Date` counts none.
    public var date: Date {
        Date(
            timeIntervalSince1970: Double(secondsSince1970) + (isLeapSecond ? 1 : 0) + Double(attoseconds) / 1e18)
    }
}
