import MessageCoding
import JSONTape
import TestSupport
import Testing

@Suite("walking a tape")
struct TapeTests {
    private let document = #"{"a":[1,{"b":"x"},[]],"c~/d":{"":true},"é":"\u00e9\n","n":null}"#

    @Test("kinds, counts and offsets are those of the text")
    func walks() throws {
        let tape = try JSONTape(parsing: document.utf8)
        var seen: [String] = []
        var index = JSONTape.Index.root
        let end = tape.end(of: .root)
        while index != end {
            seen.append("\(tape.kind(at: index)) \(tape.count(at: index)) @\(tape.offset(of: index))")
            index = tape.first(in: index)
        }
        #expect(
            seen == [
                "object 4 @0", "string 1 @1", "array 3 @5", "number 1 @6", "object 1 @8", "string 1 @9", "string 1 @13",
                "array 0 @18", "string 4 @22", "object 1 @29", "string 0 @30", "true 4 @33", "string 2 @39",
                "string 3 @44",
                "string 1 @55", "null 4 @59",
            ])
    }

    @Test("the end of a value is the next one's place; an empty container's first is its end")
    func stepsOver() throws {
        let tape = try JSONTape(parsing: "[[],{},[[1],2],3]".utf8)
        var counts: [Int] = []
        var index = tape.first(in: .root)
        let end = tape.end(of: .root)
        while index != end {
            counts.append(tape.count(at: index))
            index = tape.end(of: index)
        }
        #expect(counts == [0, 0, 2, 1])
        let empty = tape.first(in: .root)
        let isEmpty = tape.first(in: empty) == tape.end(of: empty)
        #expect(isEmpty)
    }

    @Test("members are found by name; of two with one name, the first")
    func findsMembers() throws {
        let tape = try JSONTape(parsing: #"{"a":1,"bb":2,"a":3,"\u0061b":4,"":5}"#.utf8)
        func value(_ name: String) -> Int? { tape.member(name, of: .root).flatMap { tape.integer(at: $0) } }
        #expect(value("a") == 1)
        #expect(value("bb") == 2)
        #expect(value("ab") == 4)
        #expect(value("") == 5)
        #expect(value("c") == nil)
        let named = tape.member(named: "bb", of: .root).flatMap { tape.integer(at: $0) }
        #expect(named == 2)
        let nowhere = tape.member(named: "a", of: tape.first(in: .root)) ?? tape.member("a", of: tape.first(in: .root))
        #expect(nowhere == nil)
    }

    @Test("a string is compared byte by byte, whatever its length", arguments: 0...40)
    func comparesStrings(length: Int) throws {
        let text = String("The quick brown fox jumps over the lazy dog".prefix(length))
        let tape = try JSONTape(parsing: try written(.string(text)))
        let isSame = tape.string(at: .root, equals: text)
        #expect(isSame)
        for place in 0..<length {
            var other = Array(text.utf8)
            other[place] ^= 1
            let isOther = tape.string(at: .root, equals: String(decoding: other, as: UTF8.self))
            #expect(!isOther)
        }
        let isLonger = tape.string(at: .root, equals: text + "!")
        #expect(!isLonger)
    }

    @Test("a string is compared with a literal, of one scalar too")
    func comparesLiterals() throws {
        let tape = try JSONTape(parsing: #"["","a","é","job.completed","12"]"#.utf8)
        let places = (0..<5).compactMap { tape.find(JSONPointer(tokens: ["\($0)"])) }
        try #require(places.count == 5)
        let matches = [
            tape.string(at: places[0], is: ""), tape.string(at: places[1], is: "a"),
            tape.string(at: places[2], is: "é"),
            tape.string(at: places[3], is: "job.completed"), tape.string(at: places[4], is: "12"),
        ]
        #expect(matches == [true, true, true, true, true])
        let others = [
            tape.string(at: places[0], is: "a"), tape.string(at: places[1], is: ""),
            tape.string(at: places[1], is: "b"),
            tape.string(at: places[3], is: "job.completee"), tape.string(at: places[3], is: "jpb.completed"),
            tape.string(at: .root, is: ""), tape.string(at: .root, equals: ""),
        ]
        #expect(others == Array(repeating: false, count: 7))
        let number = try JSONTape(parsing: "12".utf8)
        let isString = number.string(at: .root, is: "12") || number.string(at: .root, equals: "12")
        #expect(!isString)
    }

    @Test(
        "a string's length is counted in scalars",
        arguments: [
            (#""""#, 0), (#""abc""#, 3), (#""é""#, 1), (#""e\u0301""#, 2), (#""😀""#, 1), (#""\ud83d\ude00""#, 1),
            (#""\u00e9a""#, 2), (#""\n\t""#, 2), (#""👨‍👩‍👧""#, 5),
        ])
    func countsScalars(text: String, count: Int) throws {
        let tape = try JSONTape(parsing: text.utf8)
        let scalars = tape.scalarCount(at: .root)
        #expect(scalars == count)
    }

    @Test("escapes are decoded at every position")
    func undoesEscapes() throws {
        #expect(try parsed(#""\"\\\/\b\f\n\r\t""#) == .string("\"\\/\u{8}\u{C}\n\r\t"))
        #expect(
            try parsed(#""\u0000\u007f\u0080\u07ff\u0800\uffff\ud800\udc00\udbff\udfff""#)
                == "\u{0}\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}")
        #expect(try parsed(#"["\u00e9","\\","a\\"]"#) == ["é", "\\", "a\\"])
        for before in 0..<20 {
            for after in 0..<20 {
                let (head, tail) = (String(repeating: "x", count: before), String(repeating: "é", count: after))
                #expect(
                    try parsed("[\"\(head)\\n\(tail)\\ud83d\\ude00\(head)\",\"\(tail)\"]") == [
                        "\(head)\n\(tail)😀\(head)", .string(tail),
                    ])
            }
        }
    }

    @Test("a scalar's text is read unchanged; a container has none")
    func readsTexts() throws {
        let tape = try JSONTape(parsing: #"[1.50,true,null,"a\nb",[1],{"a":1}]"#.utf8)
        var texts: [String] = []
        var index = tape.first(in: .root)
        let end = tape.end(of: .root)
        while index != end {
            texts.append(tape.string(at: index))
            index = tape.end(of: index)
        }
        #expect(texts == ["1.50", "true", "null", "a\nb", "", ""])
    }

    @Test("a tape can parse repeatedly, and does not keep earlier values")
    func isReused() throws {
        var tape = JSONTape()
        var random = SeededGenerator(seed: 4)
        for _ in 0..<500 {
            let value = random.value(depth: 5)
            try tape.parse(try written(value))
            let again = try tape.value(at: .root)
            #expect(again == value)
            #expect(throws: JSONSyntaxError.self) { try tape.parse("[1,".utf8) }
        }
    }

    @Test("a tape parses a writer's text, and text in noncontiguous pieces")
    func parsesOtherSources() throws {
        var writer = JSONWriter()
        writer.write(["a": [1, 2]] as JSONValue)
        var tape = JSONTape()
        try tape.parse(writer)
        let value = try tape.value(at: .root)
        #expect(value == ["a": [1, 2]])
        try tape.parse(Array("[1, 2]".utf8).lazy.map { $0 })
        let pieces = try tape.value(at: .root)
        #expect(pieces == [1, 2])
    }

    @Test("duplicate names can't become an object, canonically equivalent names can")
    func refusesDuplicates() throws {
        let error = #expect(throws: JSONDecodingError.self) { try parsed(#"[{"a":{"x":1,"\u0078":2}}]"#) }
        #expect(error?.reason == .duplicateMember("x"))
        #expect(error?.pointer == JSONPointer(tokens: ["0", "a"]))
        #expect(error?.description == "/0/*: duplicate member")
        guard case .object(let object) = try parsed("{\"\u{e9}\":1,\"e\u{301}\":2}") else {
            return #expect(Bool(false))
        }
        #expect(object.count == 2)
        #expect(object["\u{e9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }

    @Test("canonically equivalent names can't become a dictionary, with an error")
    func refusesEquivalentNames() throws {
        let tape = try JSONTape(parsing: "{\"\u{e9}\":1,\"e\u{301}\":2}".utf8)
        let error = #expect(throws: JSONDecodingError.self) {
            try tape.decodeDictionary(at: .root) { (tape, node) throws(JSONDecodingError) in
                try tape.decode(Int.self, at: node)
            }
        }
        #expect(error?.reason == .equivalentMembers("e\u{301}"))
        #expect(error?.description == "the root: two members whose names are equal in Swift")
    }

    @Test(
        "the error of an invalid timestamp has the reason",
        arguments: [
            ("\"2024-02-29T10:00:00.1234567890123456789Z\"", "at most 18 digits of a second's fraction"),
            ("\"2024-02-30T10:00:00Z\"", "an RFC 3339 date-time"), ("1", "an RFC 3339 date-time"),
        ])
    func refusesTimestamps(text: String, expected: String) throws {
        let tape = try JSONTape(parsing: text.utf8)
        let error = #expect(throws: JSONDecodingError.self) { try tape.decode(Timestamp.self, at: .root) }
        guard case .expected(expected, _) = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("an error's description shows no name of a map, however deep the maps nest")
    func hidesMapKeys() throws {
        let tape = try JSONTape(parsing: #"{"labels":{"ann@example.com":[{"named":1,"0/7":"x"}]}}"#.utf8)
        let labels = try tape.place("/labels")
        let table = NameTable(["named"])
        func read(_ tape: borrowing JSONTape, _ node: JSONTape.Index) throws(JSONDecodingError) -> [[String: Int]] {
            try tape.decodeArray(at: node) { (tape, item) throws(JSONDecodingError) in
                try tape.decodeMembers(of: item, besides: table) { (tape, value) throws(JSONDecodingError) in
                    try tape.decode(Int.self, at: value)
                }
            }
        }
        let error = #expect(throws: JSONDecodingError.self) { try tape.decodeDictionary(at: labels, read) }
        #expect(error?.path == "/labels/*/0/*")
        #expect(error?.description == "/labels/*/0/*: expected a whole number that fits 64 bits, found a string")
        #expect(error?.pointer == JSONPointer(tokens: ["labels", "ann@example.com", "0", "0/7"]))
    }

    @Test("an error inside of a value of any kind shows no name of it")
    func hidesNamesOfValues() throws {
        let tape = try JSONTape(parsing: #"{"any":{"ann":[{"x":1,"\u0078":2}]},"ann":{"b":{"x":1,"\u0078":2}}}"#.utf8)
        let any = try tape.place("/any")
        let value = #expect(throws: JSONDecodingError.self) { try tape.value(at: any) }
        #expect(value?.description == "/any/*/0: duplicate member")
        let table = NameTable(["any"])
        let members = #expect(throws: JSONDecodingError.self) { try tape.decodeMembers(of: .root, besides: table) }
        #expect(members?.description == "/*/*: duplicate member")
    }

    @Test("an error's description has the place, and the expected and found kinds")
    func describesMismatch() throws {
        let tape = try JSONTape(parsing: #"{"labels":[true]}"#.utf8)
        let mismatch = tape.mismatch(at: try tape.place("/labels/0"), expected: "a string")
        #expect(mismatch.description == "/labels/0: expected a string, found a boolean")
        #expect(tape.missing("b", in: .root).description == "the root: missing member 'b'")
        let notAnObject = #expect(throws: JSONDecodingError.self) { try JSONTape(parsing: "1".utf8).object(at: .root) }
        #expect(notAnObject?.reason == .expected("an object", found: "a number"))
    }
}
