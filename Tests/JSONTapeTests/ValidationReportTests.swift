import MessageCoding
import JSONTape
import Testing

@Suite("reports of a validator")
struct ValidationReportTests {
    @Test("each failure has its place, message and keyword")
    func collects() throws {
        let tape = try JSONTape(parsing: #"{"a":[1,"x"],"b":{}}"#.utf8)
        let element = try tape.place("/a/1")
        let object = try tape.place("/b")
        var report = AllFailures()
        let goesOn = [
            report.expected("a number", at: element, of: tape, by: "s.json#/items/type"),
            report.missing("c", in: object, of: tape, by: "s.json#/required"),
            report.unexpected(tape.first(in: .root), of: tape, by: "s.json#/additionalProperties"),
            report.duplicate(tape.first(in: .root), of: tape, by: "s.json"),
        ]
        #expect(goesOn == [true, true, true, true])
        #expect(
            report.failures.map(\.detailedDescription) == [
                "/a/1: expected a number, found 'x' [s.json#/items/type]",
                "/b: missing member 'c' [s.json#/required]",
                "/a: unknown member 'a' [s.json#/additionalProperties]",
                "/a: duplicate member 'a' [s.json]",
            ])
        #expect(report.failures.map(\.offset) == [8, 17, 1, 1])
    }

    @Test("a description names only members of the contract and positions")
    func redacts() throws {
        let tape = try JSONTape(
            parsing: #"{"map":{"secret":{"name":[7]},"other":{"name":["x"]}},"list":[1],"extra":{"name":0}}"#.utf8)
        var report = AllFailures()
        var key = tape.first(in: try tape.place("/map"))
        for name in ["secret", "other"] {
            report.enter(key, of: tape)
            _ = report.expected("a string", at: try tape.place("/map/\(name)/name/0"), of: tape, by: "s.json#/a")
            key = tape.end(of: tape.value(ofKey: key))
        }
        _ = report.expected("a string", at: try tape.place("/list/0"), of: tape, by: "s.json#/b")
        let extra = tape.end(of: try tape.place("/list"))
        _ = report.unexpected(extra, of: tape, by: "s.json#/c")
        #expect(
            report.failures.map(\.description) == [
                "/map/*/name/0: expected a string [s.json#/a]", "/map/*/name/0: expected a string [s.json#/a]",
                "/list/0: expected a string [s.json#/b]", "/*: unknown member [s.json#/c]",
            ])
        #expect(
            report.failures.map(\.detailedDescription) == [
                "/map/secret/name/0: expected a string, found 7 [s.json#/a]",
                "/map/other/name/0: expected a string, found 'x' [s.json#/a]",
                "/list/0: expected a string, found 1 [s.json#/b]", "/extra: unknown member 'extra' [s.json#/c]",
            ])
    }

    @Test("it stops at its limit")
    func stopsAtLimit() throws {
        let tape = try JSONTape(parsing: "[0]".utf8)
        var report = AllFailures(limit: 3)
        let goesOn = (0..<5).map { _ in report.expected("a string", at: .root, of: tape, by: "s") }
        #expect(goesOn == [true, true, false, false, false])
        #expect(report.failures.count == 3)
    }

    @Test("a verdict needs only the first failure")
    func stopsAtFirst() throws {
        let tape = try JSONTape(parsing: "[0]".utf8)
        var report = FirstFailure()
        let goesOn = [
            report.expected("", at: .root, of: tape, by: ""), report.missing("", in: .root, of: tape, by: ""),
            report.unexpected(.root, of: tape, by: ""), report.duplicate(.root, of: tape, by: ""),
        ]
        #expect(goesOn == [false, false, false, false])
    }

    @Test(
        "long values are cut short, between scalars",
        arguments: [
            ("null", "null"), ("true", "true"), ("false", "false"), ("[1]", "an array"), ("{}", "an object"),
            ("1.50", "1.50"),
            ("\"\(String(repeating: "a", count: 64))\"", "'\(String(repeating: "a", count: 64))'"),
            ("\"\(String(repeating: "a", count: 65))\"", "'\(String(repeating: "a", count: 61))...'"),
            ("\"\(String(repeating: "é", count: 40))\"", "'\(String(repeating: "é", count: 30))...'"),
            ("\"\(String(repeating: "😀", count: 40))\"", "'\(String(repeating: "😀", count: 15))...'"),
            (String(repeating: "1", count: 70), String(repeating: "1", count: 61) + "..."),
        ])
    func summarizes(text: String, summary: String) throws {
        let tape = try JSONTape(parsing: text.utf8)
        let found = tape.summary(of: .root)
        #expect(found == summary)
    }

    @Test("the members seen are a set of bits")
    func notesMembers() {
        var seen = SeenMembers()
        let first = [seen.insert(0), seen.insert(63), seen.insert(0), seen.insert(5)]
        #expect(first == [true, true, false, true])
        #expect(seen.contains(63) && !seen.contains(1))
        #expect(seen.containsAll(0b100001) && !seen.containsAll(0b11))
    }
}
