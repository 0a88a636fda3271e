import EventContracts
import Foundation
import Testing

/// Strings of a message as Foundation's types: read only where they are written back as the same text.
@Suite("Foundation's types in messages")
struct FoundationTypeTests {
    private static func quoted(_ text: String) throws -> JSONTape {
        try JSONTape(parsing: Array(JSONEncoder().encode(text)))
    }

    @Test("a UUID in lower case is read and written")
    func uuids() throws {
        let text = "c0ffee00-1234-5678-9abc-def012345678"
        let value = try Self.quoted(text).decode(UUID.self, at: .root)
        #expect(value == UUID(uuidString: text))
        #expect(JSONWriter.text(of: value) == text)
        var writer = JSONWriter()
        writer.write(value)
        #expect(try writer.finish() == Array("\"\(text)\"".utf8))
    }

    @Test(
        "another text is an error",
        arguments: [
            "C0FFEE00-1234-5678-9ABC-DEF012345678", "c0ffee00-1234-5678-9abc-def01234567F", "c0ffee00", "",
            "{c0ffee00-1234-5678-9abc-def01234567}",
        ])
    func wrongUUIDs(text: String) throws {
        let tape = try Self.quoted(text)
        #expect(throws: JSONDecodingError(.expected("a UUID in lower case", found: "a string"), at: JSONPointer())) {
            try tape.decode(UUID.self, at: .root)
        }
    }

    @Test(
        "a URL is read where it is written back as the same text",
        arguments: [
            "https://example.com", "https://example.com/", "HTTPS://Example.COM/%7Euser/?q=%C3%A9&r=a+b#top",
            "http://user:pass@[2001:db8::1]:8080/a/./b/../c?x=1;y=2", "urn:isbn:0451450523", "mailto:a@example.com",
            "tel:+1-816-555-1212", "file:///etc/hosts", "a:", "http://example.com/(a)/b,c;d='e'!*$",
        ])
    func urls(text: String) throws {
        #expect(StringFormat.uri.matches(text))
        let value = try Self.quoted(text).decode(URL.self, at: .root)
        #expect(JSONWriter.text(of: value) == text)
        var writer = JSONWriter()
        writer.write(value)
        let bytes = try writer.finish()
        #expect(try JSONTape(parsing: bytes).decode(URL.self, at: .root) == value)
    }

    @Test(
        "a text that URL would change is an error", arguments: ["", "http://example.com/a b", "a{b}:c"])
    func oddURLs(text: String) throws {
        let tape = try Self.quoted(text)
        let expected = "a URI that Foundation's URL keeps as it is"
        #expect(throws: JSONDecodingError(.expected(expected, found: "a string"), at: JSONPointer())) {
            try tape.decode(URL.self, at: .root)
        }
    }

    @Test("a calendar date becomes a date and date components, and is made from them")
    func calendarDates() throws {
        let day = try #require(CalendarDate("2026-11-29"))
        #expect(day.date == Timestamp("2026-11-29T00:00:00Z")?.date)
        #expect(CalendarDate(day.date) == day)
        #expect(CalendarDate(day.date.addingTimeInterval(-0.001))?.description == "2026-11-28")
        #expect(CalendarDate(Date(timeIntervalSince1970: -1))?.description == "1969-12-31")
        #expect(day.dateComponents == DateComponents(year: 2026, month: 11, day: 29))
        #expect(CalendarDate(day.dateComponents) == day)
        #expect(CalendarDate(DateComponents(year: 2026, month: 11)) == nil)
        #expect(CalendarDate(DateComponents(year: 2026, month: 11, day: 31)) == nil)
    }

    @Test(
        "a date beyond every year of a calendar date is refused", arguments: [.infinity, -.infinity, 1e300, .nan, 1e15])
    func extremes(seconds: Double) {
        #expect(CalendarDate(Date(timeIntervalSince1970: seconds)) == nil)
    }
}
