import JSONTape
import TestSupport
import Testing

@Suite("JSON Pointer (RFC 6901)")
struct JSONPointerTests {
    private static let example = #"""
        {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}
        """#

    @Test(
        "the examples of section 5",
        arguments: [
            ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/foo/1", #""baz""#), ("/", "0"), ("/a~1b", "1"),
            ("/c%d", "2"),
            ("/e^f", "3"), ("/g|h", "4"), (#"/i\j"#, "5"), (#"/k"l"#, "6"), ("/ ", "7"), ("/m~0n", "8"), ("", example),
        ])
    func findsExamples(text: String, value: String) throws {
        let tape = try JSONTape(parsing: Self.example.utf8)
        let pointer = try #require(JSONPointer(text))
        let index = try tape.place(text)
        let found = try tape.value(at: index)
        #expect(found == (try parsed(value)))
        #expect(pointer.description == text)
        let back = tape.pointer(to: index)
        #expect(back == pointer)
    }

    @Test(
        "a pointer without a value finds nothing",
        arguments: [
            "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/+1", "/foo/-1", "/foo/1e0", "/foo/4294967296", "/foo/ 1",
            "/foo/", "/foo/0/0",
            "/bar", "/foo/bar", "//", "/a/b", "/m~1n",
        ])
    func findsNothing(text: String) throws {
        let tape = try JSONTape(parsing: Self.example.utf8)
        let pointer = try #require(JSONPointer(text))
        let index = tape.find(pointer)
        #expect(index == nil)
    }

    @Test(
        "invalid pointers are rejected",
        arguments: ["a", "foo/bar", " /a", "#/a", "/~", "/~2", "/a~", "/a~b/c", "~0", "\u{301}/a"])
    func refuses(text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test(
        "the fragments of section 6 are the pointers of section 5",
        arguments: [
            ("", ""), ("/foo", "/foo"), ("/foo/0", "/foo/0"), ("/", "/"), ("/a~1b", "/a~1b"), ("/c%25d", "/c%d"),
            ("/e%5Ef", "/e^f"), ("/g%7Ch", "/g|h"), ("/i%5cj", #"/i\j"#), ("/k%22l", #"/k"l"#), ("/%20", "/ "),
            ("/m~0n", "/m~0n"), ("/%c3%A9", "/é"), ("/a%2Fb", "/a/b"),
        ])
    func readsFragments(fragment: String, text: String) {
        #expect(JSONPointer(fragment: fragment[...]) == JSONPointer(text))
        #expect(JSONPointer(text) != nil)
    }

    @Test(
        "invalid fragments are rejected",
        arguments: ["/%", "/%2", "/%2g", "/%+1", "/%-1", "/%c3", "/% 1", "a", "%61"])
    func refusesFragments(fragment: String) {
        #expect(JSONPointer(fragment: fragment[...]) == nil)
    }

    @Test(
        "tokens survive a round trip through the pointer's text",
        arguments: [
            [], [""], ["", ""], ["a"], ["~"], ["/"], ["~1"], ["~0", "/~/"], ["a", "0", "b"], ["\u{301}"],
            ["a", "\u{301}b"], ["e\u{301}"],
            ["é"], ["\r\n"], ["👨‍👩‍👧"],
        ])
    func roundTrips(tokens: [String]) {
        let pointer = JSONPointer(tokens: tokens)
        #expect(JSONPointer(pointer.description) == pointer)
    }

    @Test("tokens are compared scalar by scalar, and each by itself")
    func comparesTokens() {
        #expect(JSONPointer(tokens: ["\u{e9}"]) != JSONPointer(tokens: ["e\u{301}"]))
        #expect(JSONPointer(tokens: ["a", "b"]) != JSONPointer(tokens: ["ab"]))
        #expect(Set([JSONPointer(tokens: ["a"]), JSONPointer().appending("a")]).count == 1)
    }

    @Test("the pointer to every value and name of random documents finds that value")
    func invertsFind() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<500 {
            let tape = try JSONTape(parsing: try written(random.value(depth: 6)))
            var places: [(index: JSONTape.Index, isName: Bool)] = [(.root, false)]
            while let (index, isName) = places.popLast() {
                let found = tape.find(tape.pointer(to: index))
                let expected = isName ? tape.value(ofKey: index) : index
                if found != expected { Issue.record("\(tape.pointer(to: index))") }
                guard !isName, tape.kind(at: index) == .object || tape.kind(at: index) == .array else { continue }
                var child = tape.first(in: index)
                let end = tape.end(of: index)
                while child != end {
                    if tape.kind(at: index) == .object {
                        places.append((child, true))
                        child = tape.value(ofKey: child)
                    }
                    places.append((child, false))
                    child = tape.end(of: child)
                }
            }
        }
    }
}
