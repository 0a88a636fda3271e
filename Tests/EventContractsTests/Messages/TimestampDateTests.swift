import EventContracts
import Foundation
import Testing

@Suite("Timestamps and dates")
struct TimestampDateTests {
    @Test(
        "a date becomes the instant that it means",
        arguments: [
            (0, 3, "1970-01-01T00:00:00.000Z"), (1_700_000_000.25, 3, "2023-11-14T22:13:20.250Z"),
            (-0.5, 3, "1969-12-31T23:59:59.500Z"), (1.999_999, 0, "1970-01-01T00:00:01Z"),
            (1.999_999_9, 3, "1970-01-01T00:00:02.000Z"),
            (1_700_000_000.123_456, 6, "2023-11-14T22:13:20.123456Z"),
        ] as [(Double, Int, String)])
    func dates(seconds: Double, digits: Int, text: String) {
        #expect(Timestamp(Date(timeIntervalSince1970: seconds), fractionDigits: digits).description == text)
    }

    @Test(
        "a date beyond the years of RFC 3339 becomes the nearest one",
        arguments: [
            Double.infinity, -.infinity, 1e300, -1e300, .nan,
        ])
    func extremes(seconds: Double) {
        let timestamp = Timestamp(Date(timeIntervalSince1970: seconds))
        #expect(Timestamp(timestamp.description) != nil)
    }

    @Test("every millisecond survives the way through a date")
    func milliseconds() {
        for millisecond in UInt64(0)..<1000 {
            let timestamp = Timestamp(
                secondsSince1970: 1_700_000_000, attoseconds: millisecond * 1_000_000_000_000_000, fractionDigits: 3)
            #expect(Timestamp(timestamp.date) == timestamp)
        }
    }

    @Test("a leap second is the first of the next minute")
    func leapSecond() {
        #expect(Timestamp("2016-12-31T23:59:60Z")?.date == Date(timeIntervalSince1970: 1_483_228_800))
    }

    @Test("a round trip through Date")
    func roundTrip() {
        let date = Date(timeIntervalSince1970: 1_700_000_000.5)
        #expect(Timestamp(date, fractionDigits: 6).date == date)
        #expect(Timestamp.now().fractionDigits == 6)
    }
}
