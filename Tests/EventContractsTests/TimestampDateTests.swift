import EventContracts
import Foundation
import Testing

@Suite struct TimestampDateTests {
    @Test(
        "a date becomes the timestamp of its instant, and back",
        arguments: [0.0, 1_700_000_000.123456, -1.5, -62_000_000_000.25])
    func dates(seconds: Double) {
        let date = Date(timeIntervalSince1970: seconds)
        let timestamp = Timestamp(date, fractionDigits: 6)
        #expect(abs(timestamp.date.timeIntervalSince(date)) < 0.000_002)
        #expect(timestamp.secondsSince1970 == Int64(seconds.rounded(.down)))
    }

    @Test(
        "dates that RFC 3339 can't say are held to those it can",
        arguments: [-63_114_076_800.0, 64_092_211_200, 1e300, -1e300, .infinity, -.infinity, .nan])
    func extremes(seconds: Double) {
        let timestamp = Timestamp(Date(timeIntervalSince1970: seconds), fractionDigits: 18)
        #expect(Timestamp(timestamp.description) == timestamp)
    }

    @Test("now is now")
    func now() {
        let before = Date()
        let now = Timestamp.now()
        #expect(now.date.timeIntervalSince(before) > -0.001)
        #expect(now.fractionDigits == 6 && now.offset == .utc)
    }
}
