import JSONTape
import Testing

/// Numbers at the ends of their type: no public initializer traps on one.
@Suite struct ExtremeNumberTests {
    @Test("sizes, depths, limits and times take every number", arguments: [Int.min, -1, 0, 1, Int.max])
    func numbers(number: Int) throws {
        var writer = JSONWriter(capacity: number)
        writer.write([1] as JSONValue)
        let text = try writer.finish()
        #expect(text == Array("[1]".utf8))
        #expect((try? JSONTape(parsing: text, maximumDepth: number)) != nil || number < 1)
        var report = AllFailures(limit: number)
        let tape = try JSONTape(parsing: text)
        #expect(report.expected("a string", at: .root, of: tape, by: "type") == (number > 1))
        let time = Timestamp(
            secondsSince1970: Int64(number), attoseconds: UInt64(clamping: number), fractionDigits: number,
            offset: Timestamp.Offset(minutes: number))
        #expect(Timestamp(time.description) == time)
        _ = time.millisecondsSince1970
        #expect((CalendarDate(daysSince1970: number) != nil) == (-1...1 ~= number))
        #expect((CalendarDate(year: number, month: number, day: number) != nil) == (number == 1))
    }
}
