import Foundation
import MessageCoding
import JSONTape
import Testing

@Suite("calendar dates")
struct CalendarDateTests {
    @Test(
        "a date survives a round trip, with its parts and its count of days",
        arguments: [
            ("0000-01-01", 0, 1, 1, -719_528), ("0000-02-29", 0, 2, 29, -719_469), ("1969-12-31", 1969, 12, 31, -1),
            ("1970-01-01", 1970, 1, 1, 0), ("2000-02-29", 2000, 2, 29, 11016), ("2026-11-29", 2026, 11, 29, 20786),
            ("9999-12-31", 9999, 12, 31, 2_932_896),
        ])
    func roundTrips(text: String, year: Int, month: Int, day: Int, days: Int) throws {
        let date = try #require(CalendarDate(text))
        #expect((date.year, date.month, date.day) == (year, month, day))
        #expect(date.description == text)
        #expect(date.daysSince1970 == days)
        #expect(CalendarDate(daysSince1970: days) == date)
        #expect(CalendarDate(year: year, month: month, day: day) == date)
        let data = try JSONEncoder().encode([date])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(text)\"]")
        #expect(try JSONDecoder().decode([CalendarDate].self, from: data) == [date])
        var writer = JSONWriter()
        writer.write(date)
        let tape = try JSONTape(parsing: try writer.finish())
        #expect(try tape.decode(CalendarDate.self, at: .root) == date)
    }

    @Test(
        "invalid days are rejected",
        arguments: [
            "", "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-01", "2026-13-01", "2026-1-1", "2026-01-01Z",
        ])
    func refuses(text: String) throws {
        #expect(CalendarDate(text) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CalendarDate].self, from: Data("[\"\(text)\"]".utf8))
        }
        let tape = try JSONTape(parsing: "\"\(text)\"".utf8)
        #expect(throws: JSONDecodingError.self) { try tape.decode(CalendarDate.self, at: .root) }
    }

    @Test(
        "invalid parts are rejected, however large",
        arguments: [
            (-1, 1, 1), (10000, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 2, 29), (2026, 1, .min), (.max, .max, .max),
        ])
    func refusesParts(year: Int, month: Int, day: Int) {
        #expect(CalendarDate(year: year, month: month, day: day) == nil)
    }

    @Test("counts of days beyond the years are refused", arguments: [-719_529, 2_932_897, .min, .max])
    func refusesDays(days: Int) {
        #expect(CalendarDate(daysSince1970: days) == nil)
    }

    @Test("dates are ordered by day")
    func order() throws {
        let texts = ["0000-12-31", "0999-01-01", "2025-12-31", "2026-01-30", "2026-02-01", "2026-02-02"]
        let dates = texts.compactMap(CalendarDate.init)
        #expect(dates.count == texts.count)
        #expect(dates.reversed().sorted() == dates)
    }
}
