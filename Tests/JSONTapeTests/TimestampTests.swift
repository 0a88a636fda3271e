import Foundation
import MessageCoding
import JSONTape
import TestSupport
import Testing

@Suite("timestamps (RFC 3339)")
struct TimestampTests {
    @Test(
        "a canonical text survives a round trip",
        arguments: [
            "1970-01-01T00:00:00Z", "2024-01-15T14:30:22.123456Z", "2024-02-29T23:59:59Z", "2000-02-29T00:00:00Z",
            "0000-01-01T00:00:00Z", "0000-02-29T00:00:00Z", "0000-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59.999999999999999999-23:59",
            "1985-04-12T23:20:50.52Z", "1996-12-19T16:39:57-08:00", "1990-12-31T23:59:60Z", "1990-12-31T15:59:60-08:00",
            "1937-01-01T12:00:27.87+00:20", "2024-01-01T00:00:00+00:00", "2024-01-01T00:00:00-00:00",
            "1969-12-31T23:59:59.9Z",
            "2024-01-01T00:00:00.0Z", "2024-01-01T00:00:00.000000Z", "2024-01-01T00:00:00.000000000000000001Z",
            "2024-01-01T00:00:00.12345678Z", "2024-01-01T00:00:00.123456789Z", "2016-12-31T23:59:60.999Z",
            "2017-01-01T05:29:60+05:30",
        ])
    func roundTrips(text: String) throws {
        let timestamp = try #require(Timestamp(text))
        #expect(timestamp.description == text)
        var writer = JSONWriter()
        writer.write(timestamp)
        let written = try writer.finish()
        #expect(written == Array("\"\(text)\"".utf8))
        let tape = try JSONTape(parsing: "\"\(text)\"".utf8)
        let read = tape.timestamp(at: .root)
        #expect(read == timestamp)
        #expect(StringFormat.dateTime.matches(text))
    }

    @Test(
        "invalid date-times are rejected",
        arguments: [
            "", "2024", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "2024-01-01T00:00Z",
            "2024-01-01T00:00:00ZZ",
            "2024-01-01T00:00:00Z ", " 2024-01-01T00:00:00Z", "2024-00-01T00:00:00Z", "2024-13-01T00:00:00Z",
            "2024-01-00T00:00:00Z",
            "2024-01-32T00:00:00Z", "2024-04-31T00:00:00Z", "2024-06-31T00:00:00Z", "2024-09-31T00:00:00Z",
            "2024-11-31T00:00:00Z",
            "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-02-30T00:00:00Z", "2024-01-01T24:00:00Z",
            "2024-01-01T00:60:00Z",
            "2024-01-01T00:00:61Z", "2024-01-01T00:00:60Z", "2024-01-01T23:58:60Z", "2024-01-01T22:59:60Z",
            "2024-01-01T23:59:60+01:00",
            "1990-12-31T15:59:60-07:00", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00,5Z", "2024-01-01T00:00:00.5",
            "2024-01-01T00:00:00+24:00",
            "2024-01-01T00:00:00+00:60", "2024-01-01T00:00:00+0000", "2024-01-01T00:00:00+00",
            "2024-01-01T00:00:00+00:0",
            "2024-01-01T00:00:00+00:000", "2024-01-01T00:00:00 Z", "2024-1-01T00:00:00Z", "24-01-01T00:00:00Z",
            "+2024-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z", "12024-01-01T00:00:00Z", "2024/01/01T00:00:00Z", "2024-01-01T00.00.00Z",
            "20240101T000000Z",
            "2024-01-01T00:00:00.12a4Z", "2024-01-01T00:00:00.5.5Z", "2024-01-01T00:00:00\u{661}Z",
            "２024-01-01T00:00:00Z",
            "2024-01-01T00:00:00é", "2024-W01-1T00:00:00Z", "2024-001T00:00:00Z", "2024-01-01X00:00:00Z",
            "2024-01-0:T00:00:00Z",
            "2024-01-01\u{54}00:00:0/Z", "2024-01-01T00:00:00.1234567890123456789Z", "2024-01-01T00:00:00z\0",
        ])
    func refuses(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("lowercase letters are accepted and written in uppercase")
    func acceptsSmallLetters() {
        #expect(Timestamp("2024-01-01t00:00:00z")?.description == "2024-01-01T00:00:00Z")
        #expect(Timestamp("2024-01-01t00:00:00.5+01:00")?.description == "2024-01-01T00:00:00.5+01:00")
    }

    @Test("a fraction finer than attoseconds is a date-time, though no Timestamp can hold it")
    func judgesFineFractions() {
        #expect(StringFormat.dateTime.matches("2024-01-01T00:00:00.1234567890123456789012345Z"))
        #expect(StringFormat.time.matches("00:00:00.1234567890123456789012345Z"))
        #expect(Timestamp("2024-01-01T00:00:00.1234567890123456789Z") == nil)
    }

    @Test("instants are those that Foundation reads")
    func agreesWithFoundation() throws {
        var random = SeededGenerator(seed: 8)
        let formatter = ISO8601DateFormatter()
        for _ in 0..<2000 {
            // Foundation's calendar is Julian before 1582.
            let text = Self.text(year: 1600 + random.below(8400), random: &random, fractionDigits: 0)
            let timestamp = try #require(Timestamp(text))
            let date = try #require(formatter.date(from: text))
            if Double(timestamp.secondsSince1970) != date.timeIntervalSince1970 { Issue.record("\(text)") }
        }
    }

    @Test("random texts of every year and offset survive a round trip, and days count up without a gap")
    func roundTripsRandomTexts() throws {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<20_000 {
            let text = Self.text(year: random.below(10_000), random: &random, fractionDigits: random.below(19))
            if Timestamp(text)?.description != text { Issue.record("\(text)") }
        }
    }

    @Test("days count up without a gap: each of one era of 400 years, and some of every month to the year 9999")
    func countsDays() {
        var seconds: Int64 = -62_167_219_200
        var day = 0
        var last = "0"
        while seconds <= 253_402_214_400 {
            let timestamp = Timestamp(secondsSince1970: seconds)
            let text = timestamp.description
            if text <= last || Timestamp(text) != timestamp { Issue.record("\(text) after \(last)") }
            last = text
            seconds += 86400 * (day < 146_097 ? 1 : 29)
            day += 1
        }
        #expect(last.hasPrefix("9999-12"))
    }

    private static func text(year: Int, random: inout SeededGenerator, fractionDigits: Int) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        var text = String(repeating: "0", count: 4 - "\(year)".count) + "\(year)"
        text += "-\(two(1 + random.below(12)))-\(two(1 + random.below(28)))"
        text += "T\(two(random.below(24))):\(two(random.below(60))):\(two(random.below(60)))"
        if fractionDigits > 0 { text += "." + random.digits(fractionDigits) }
        return text
            + random.pick([
                "Z", "+\(two(random.below(24))):\(two(random.below(60)))", "-\(two(1 + random.below(23))):30",
            ])
    }

    @Test(
        "a timestamp of any parts is written as a valid date-time",
        arguments: [
            Int64.min, -62_167_219_201, -62_167_219_200, -62_167_219_199, -1, 0, 1, 253_402_300_799, 253_402_300_800,
            Int64.max,
        ])
    func isAlwaysValid(seconds: Int64) {
        for minutes in [Int.min, -1440, -1439, -60, -1, 0, 1, 60, 1439, 1440, Int.max] {
            for digits in [-1, 0, 1, 9, 18, 19] {
                let timestamp = Timestamp(
                    secondsSince1970: seconds, attoseconds: .max, fractionDigits: digits,
                    offset: .init(minutes: minutes))
                #expect(Timestamp(timestamp.description) == timestamp)
            }
        }
    }

    @Test("instants beyond the calendar are clamped, in local time")
    func clamps() {
        #expect(Timestamp(secondsSince1970: .max).description == "9999-12-31T23:59:59Z")
        #expect(Timestamp(secondsSince1970: .min).description == "0000-01-01T00:00:00Z")
        #expect(
            Timestamp(secondsSince1970: .max, offset: .init(minutes: 60)).description == "9999-12-31T23:59:59+01:00")
        #expect(Timestamp(secondsSince1970: 253_402_300_799).description == "9999-12-31T23:59:59Z")
    }

    @Test("a fraction is cut off at the digits that are written")
    func cutsFractions() {
        func text(_ attoseconds: UInt64, _ digits: Int) -> String {
            Timestamp(secondsSince1970: 0, attoseconds: attoseconds, fractionDigits: digits).description
        }
        #expect(text(123_456_789_012_345_678, 3) == "1970-01-01T00:00:00.123Z")
        #expect(text(123_456_789_012_345_678, 8) == "1970-01-01T00:00:00.12345678Z")
        #expect(text(123_456_789_012_345_678, 9) == "1970-01-01T00:00:00.123456789Z")
        #expect(text(123_456_789_012_345_678, 18) == "1970-01-01T00:00:00.123456789012345678Z")
        #expect(text(999_999_999_999_999_999, 0) == "1970-01-01T00:00:00Z")
        #expect(
            Timestamp(secondsSince1970: 0, attoseconds: 5, fractionDigits: 3)
                == Timestamp(secondsSince1970: 0, fractionDigits: 3))
    }

    @Test("timestamps are equal if their texts are; isSameInstant compares instants")
    func comparesInstants() throws {
        let texts = [
            "2024-01-01T00:00:00Z", "2024-01-01T01:00:00+01:00", "2024-01-01T00:00:00.000Z",
            "2024-01-01T00:00:00-00:00", "2023-12-31T19:00:00-05:00",
        ]
        let timestamps = try texts.map { try #require(Timestamp($0)) }
        #expect(Set(timestamps).count == texts.count)
        for timestamp in timestamps { #expect(timestamp.isSameInstant(as: timestamps[0])) }
        let sorted = timestamps.sorted()
        #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0 < $1 && !($1 < $0) })
    }

    @Test("order is that of instants, with a leap second between its neighbours")
    func ordersInstants() throws {
        let texts = [
            "0000-01-01T00:00:00Z", "1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00Z", "2016-12-31T23:59:59Z",
            "2016-12-31T23:59:59.999Z",
            "2016-12-31T23:59:60Z", "2016-12-31T18:59:60.5-05:00", "2017-01-01T00:00:00Z", "2017-01-01T00:00:00+00:00",
        ]
        let timestamps = try texts.map { try #require(Timestamp($0)) }
        #expect(timestamps.sorted() == timestamps)
        #expect(timestamps.map(\.millisecondsSince1970)[1] == -500)
    }

    @Test("the offsets UTC, unknown and zero differ")
    func readsOffsets() {
        #expect(Timestamp("2024-01-01T00:00:00Z")?.offset == .utc)
        #expect(Timestamp("2024-01-01T00:00:00-00:00")?.offset == .unknown)
        #expect(Timestamp("2024-01-01T00:00:00+00:00")?.offset == Timestamp.Offset(minutes: 0))
        #expect(Timestamp("2024-01-01T00:00:00-08:30")?.offset.minutes == -510)
    }

    @Test("only a string of the format is a timestamp", arguments: ["1", "[]", #""""#, #""2024""#, "null"])
    func readsOnlyStrings(text: String) throws {
        let tape = try JSONTape(parsing: text.utf8)
        let timestamp = tape.timestamp(at: .root)
        let hasFormat = tape.string(at: .root, has: .dateTime)
        #expect(timestamp == nil && !hasFormat)
    }

    @Test("Codable uses the text")
    func isCodable() throws {
        let timestamp = try #require(Timestamp("2024-01-01T00:00:00.50+02:00"))
        let data = try JSONEncoder().encode([timestamp])
        #expect(String(decoding: data, as: UTF8.self) == #"["2024-01-01T00:00:00.50+02:00"]"#)
        #expect(try JSONDecoder().decode([Timestamp].self, from: data) == [timestamp])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Timestamp].self, from: Data(#"["now"]"#.utf8)) }
    }
}
