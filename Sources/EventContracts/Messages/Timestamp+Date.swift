#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Timestamp {
    /// A date's instant, UTC, cut off after so many digits of the second's fraction.
    public init(_ date: Date, fractionDigits: Int = 3) {
        let since1970 = date.timeIntervalSince1970
        let whole = since1970.rounded(.down)
        guard let seconds = Int64(exactly: whole) else {
            self.init(secondsSince1970: whole > 0 ? .max : .min, fractionDigits: fractionDigits)
            return
        }
        // A Date tells microseconds at best: nanoseconds hold its fraction with nothing lost that it meant.
        let nanoseconds = min(999_999_999, UInt64(((since1970 - whole) * 1e9).rounded()))
        self.init(
            secondsSince1970: seconds, attoseconds: nanoseconds * 1_000_000_000, fractionDigits: fractionDigits)
    }

    /// The instant, as exactly as a `Date` tells it.
    public var date: Date {
        Date(timeIntervalSince1970: Double(secondsSince1970) + Double(attoseconds) / 1e18)
    }
}
