import JSONTape
import Testing

@Suite struct WalkingTests {
    /// The document of RFC 6901, section 5.
    private let document = #"""
        {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8}
        """#

    @Test(
        "the pointers of RFC 6901, section 5, lead to their values",
        arguments: [
            ("/foo/0", JSONValue.string("bar")), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3), ("/g|h", 4),
            ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8), ("/foo", ["bar", "baz"]),
        ] as [(String, JSONValue)])
    func find(text: String, expected: JSONValue) throws {
        let tape = try JSONTape(parsing: Array(document.utf8))
        let parsed = try #require(JSONPointer(text))
        let place = tape.find(parsed)
        let found = try #require(place)
        let value = try tape.value(at: found)
        let pointer = tape.pointer(to: found)
        #expect(value == expected)
        #expect(pointer == parsed)
        #expect(parsed.description == text)
    }

    @Test("pointers that lead nowhere", arguments: ["/bar", "/foo/2", "/foo/-", "/foo/01", "/foo/0/x", "//"])
    func findNothing(pointer: String) throws {
        let tape = try JSONTape(parsing: Array(document.utf8))
        let found = tape.find(try #require(JSONPointer(pointer)))
        #expect(found == nil)
    }

    @Test("texts that are no pointers", arguments: ["foo", "~", "/~", "/~2", "#/foo"])
    func refuseSyntax(text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test(
        "a literal matches a string of the same bytes only",
        arguments: [
            "", "a", "ab", "abc", "abcd", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq",
        ])
    func matchLiterals(text: String) throws {
        let tape = try JSONTape(parsing: Array("[\"\(text)\",\"\(text)x\",1]".utf8))
        let first = tape.first(in: .root)
        let second = tape.end(of: first)
        let matches = tape.string(at: first, equals: text) && !tape.string(at: second, equals: text)
        #expect(matches)
        let matchesLiteral =
            switch text {
            case "": tape.string(at: first, is: "") && !tape.string(at: second, is: "")
            case "abcdefg": tape.string(at: first, is: "abcdefg") && !tape.string(at: first, is: "abcdefh")
            case "abcdefghi": tape.string(at: first, is: "abcdefghi") && !tape.string(at: first, is: "abcdefghj")
            case "abcdefghijklmnopq":
                tape.string(at: first, is: "abcdefghijklmnopq") && !tape.string(at: first, is: "abcdefghijklmnopr")
            default: true
            }
        #expect(matchesLiteral)
        let matchesNumber = tape.string(at: tape.end(of: second), is: "1")
        #expect(!matchesNumber, "a number is no string")
    }

    @Test("a string's length is counted in Unicode scalars")
    func countScalars() throws {
        let tape = try JSONTape(parsing: Array(#"["abc","é漢😀","e\u0301"]"#.utf8))
        let first = tape.first(in: .root)
        let second = tape.end(of: first)
        let third = tape.end(of: second)
        let counts = [tape.scalarCount(at: first), tape.scalarCount(at: second), tape.scalarCount(at: third)]
        #expect(counts == [3, 3, 2])
    }
}
