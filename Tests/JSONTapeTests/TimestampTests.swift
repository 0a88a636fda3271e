import Foundation
import JSONTape
import Testing

@Suite struct TimestampTests {
    @Test(
        "a timestamp is written as it was said",
        arguments: [
            "2024-01-15T14:30:22Z", "2024-01-15T14:30:22.1Z", "2024-01-15T14:30:22.120Z",
            "2024-01-15T14:30:22.123456789012345678Z", "2024-01-15T14:30:22+00:00", "2024-01-15T14:30:22-00:00",
            "2024-01-15T14:30:22+05:30", "2024-01-15T14:30:22-23:59", "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999Z",
            "2024-02-29T00:00:00Z", "1998-12-31T23:59:60Z", "1998-12-31T15:59:60.123-08:00",
            "0000-01-01T00:00:00+12:00",
            "9999-12-31T23:59:59-12:00",
        ])
    func keepsNotation(text: String) throws {
        let timestamp = try #require(Timestamp(text))
        #expect(timestamp.description == text)
        let data = try JSONEncoder().encode([timestamp])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(text)\"]")
        #expect(try JSONDecoder().decode([Timestamp].self, from: data) == [timestamp])
    }

    @Test(
        "texts that are no RFC 3339 date-time",
        arguments: [
            "", "2024-01-15", "2024-01-15 14:30:22Z", "2024-01-15T14:30:22", "2024-13-01T00:00:00Z",
            "2024-00-01T00:00:00Z",
            "2023-02-29T00:00:00Z", "2024-01-32T00:00:00Z", "2024-01-15T24:00:00Z", "2024-01-15T14:60:00Z",
            "2024-01-15T14:30:61Z", "2024-01-15T14:30:60Z", "1998-12-31T23:59:60+01:00", "2024-01-15T14:30:22.Z",
            "2024-01-15T14:30:22.1234567890123456789Z", "2024-01-15T14:30:22+24:00", "2024-01-15T14:30:22+05:60",
            "2024-01-15T14:30:22+0530", "2024-1-15T14:30:22Z", "02024-01-15T14:30:22Z", "2024-01-15T14:30:22ZZ",
            "2024-01-15T14:30:22Z ", "২০২৪-01-15T14:30:22Z",
        ])
    func refuses(text: String) {
        #expect(Timestamp(text) == nil)
        #expect(!StringFormat.dateTime.matches(text))
    }

    @Test("letters may be small, and are written large")
    func normalizesCase() throws {
        #expect(try #require(Timestamp("2024-01-15t14:30:22z")).description == "2024-01-15T14:30:22Z")
    }

    @Test("instants are those of Foundation")
    func agreesWithFoundation() throws {
        // From 1590 on: before October 1582 Foundation reckons by the Julian calendar, which RFC 3339 does not.
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2000 {
            let seconds = Int64.random(in: -12_000_000_000...250_000_000_000, using: &generator)
            let offset = Timestamp.Offset(minutes: Int.random(in: -720...720, using: &generator))
            let timestamp = Timestamp(secondsSince1970: seconds, offset: offset)
            #expect(try #require(Timestamp(timestamp.description)) == timestamp)
            let date = try Date(timestamp.description, strategy: .iso8601)
            #expect(Int64(date.timeIntervalSince1970) == seconds, "\(timestamp)")
        }
    }

    @Test("order is by instant, and goes with equality")
    func orders() throws {
        let early = try #require(Timestamp("2024-01-15T14:30:22Z"))
        let same = try #require(Timestamp("2024-01-15T15:30:22.000+01:00"))
        let late = try #require(Timestamp("2024-01-15T14:30:22.001Z"))
        let leap = try #require(Timestamp("1998-12-31T23:59:60Z"))
        let next = try #require(Timestamp("1999-01-01T00:00:00Z"))
        #expect(early < late && same < late && early != same && early.isSameInstant(as: same))
        #expect((early < same) != (same < early))
        #expect(leap < next)
    }

    @Test(
        "instants that four digits of a year can't say are held to those they can",
        arguments: [Int64.min, -70_000_000_000, 260_000_000_000, .max])
    func holdsToTheCalendar(seconds: Int64) throws {
        for minutes in [-1439, 0, 1439] {
            let timestamp = Timestamp(
                secondsSince1970: seconds, attoseconds: .max, fractionDigits: 99, offset: .init(minutes: minutes))
            #expect(try #require(Timestamp(timestamp.description)) == timestamp)
        }
    }

    @Test(
        "the other formats",
        arguments: [
            (StringFormat.date, "2024-02-29", true), (.date, "2023-02-29", false), (.date, "2024-02-29T", false),
            (.time, "14:30:22Z", true), (.time, "14:30:22", false), (.time, "23:59:60Z", true),
            (.uuid, "3f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a11", true),
            (.uuid, "3F6C2A9E-8A52-4C1E-9D5B-0C8F1F3B7A11", true),
            (.uuid, "3f6c2a9e8a524c1e9d5b0c8f1f3b7a11", false), (.uuid, "3f6c2a9e-8a52-4c1e-9d5b-0c8f1f3b7a1g", false),
        ])
    func formats(format: StringFormat, text: String, expected: Bool) {
        #expect(format.matches(text) == expected)
    }
}
