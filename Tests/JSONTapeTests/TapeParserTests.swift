import Foundation
import JSONTape
import Testing

@Suite struct TapeParserTests {
    private func value(_ text: String) throws -> JSONValue {
        let tape = try JSONTape(parsing: Array(text.utf8))
        return try tape.value(at: .root)
    }

    @Test(
        "JSON texts are read as their values",
        arguments: [
            ("null", JSONValue.null), ("true", true), (" false ", false), ("0", 0), ("-0", 0), ("-12", -12),
            ("1.5", 1.5), ("1e2", 100), ("1E+2", 100), ("1.0", 1), ("25e-1", 2.5), ("\"\"", ""), ("\"a\"", "a"),
            ("\"a\\\"b\"", "a\"b"), ("\"\\u0041\\n\\/\\b\\f\\r\\t\\\\\"", "A\n/\u{8}\u{C}\r\t\\"),
            ("\"\\uD83D\\uDE00\"", "😀"), ("\"漢字\"", "漢字"), ("\"12345678\"", "12345678"),
            ("\"1234567\\n9\"", "1234567\n9"),
            ("[]", []), ("[ ]", []), ("[1,2]", [1, 2]), ("[[],[[]]]", [[], [[]]]), ("{}", [:]), ("{ }", [:]),
            ("{\"a\":1,\"b\":[true]}", ["a": 1, "b": [true]]), ("\t{\r\n\"a\" : null }\n", ["a": nil]),
            ("{\"\\u0061\":1}", ["a": 1]), ("\"\u{2028}\u{7F}\"", "\u{2028}\u{7F}"),
        ] as [(String, JSONValue)])
    func reads(text: String, expected: JSONValue) throws {
        #expect(try value(text) == expected)
    }

    @Test(
        "what breaks the grammar is refused at its byte",
        arguments: [
            ("", JSONSyntaxError.Reason.unexpectedEnd, 0), (" ", .unexpectedEnd, 1), ("nul", .unexpectedEnd, 3),
            ("nulL", .invalidLiteral, 3), ("True", .expectedValue, 0), ("tru e", .invalidLiteral, 3),
            ("01", .invalidNumber, 1), ("-", .unexpectedEnd, 1), ("-a", .invalidNumber, 1), ("1.", .unexpectedEnd, 2),
            ("1.e1", .invalidNumber, 2), (".5", .expectedValue, 0), ("+1", .expectedValue, 0),
            ("1e", .unexpectedEnd, 2),
            ("1e+", .unexpectedEnd, 3), ("NaN", .expectedValue, 0), ("0x1", .trailingBytes, 1),
            ("1 2", .trailingBytes, 2),
            ("[1", .unexpectedEnd, 2), ("[1,]", .expectedValue, 3), ("[,1]", .expectedValue, 1),
            ("[1 2]", .expectedCommaOrEnd, 3),
            ("[1}", .expectedCommaOrEnd, 2), ("]", .expectedValue, 0), ("{", .unexpectedEnd, 1),
            ("{1:2}", .expectedKey, 1),
            ("{\"a\"}", .expectedColon, 4), ("{\"a\":}", .expectedValue, 5), ("{\"a\":1,}", .expectedKey, 7),
            ("{\"a\":1]", .expectedCommaOrEnd, 6), ("{a:1}", .expectedKey, 1), ("\"", .unexpectedEnd, 1),
            ("\"abc", .unexpectedEnd, 4), ("\"a\nb\"", .controlCharacter, 2), ("\"\\x\"", .invalidEscape, 2),
            ("\"\\u12G4\"", .invalidEscape, 5), ("\"\\u12", .unexpectedEnd, 5), ("\"\\uD800\"", .loneSurrogate, 2),
            ("\"\\uDC00\"", .loneSurrogate, 2), ("\"\\uD800\\u0041\"", .loneSurrogate, 2), ("\"\\", .unexpectedEnd, 2),
            ("'a'", .expectedValue, 0), ("// x\n1", .expectedValue, 0), ("\u{FEFF}1", .expectedValue, 0),
            ("[1]\u{0}", .trailingBytes, 3), ("\u{0}", .expectedValue, 0), ("\"\u{0}\"", .controlCharacter, 1),
        ] as [(String, JSONSyntaxError.Reason, Int)])
    func refuses(text: String, reason: JSONSyntaxError.Reason, offset: Int) {
        #expect(throws: JSONSyntaxError(reason, at: offset)) { try value(text) }
    }

    @Test(
        "ill-formed UTF-8 is refused at its byte",
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC2], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
            [0xE2, 0x82], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func refusesIllFormedUTF8(bytes: [UInt8]) {
        let text = Array("\"ab".utf8) + bytes + Array("\"".utf8)
        #expect(throws: JSONSyntaxError(.invalidUTF8, at: 3)) { try JSONTape(parsing: text).value(at: .root) }
    }

    @Test("nesting is bounded, and bombs of it are refused at once")
    func boundsNesting() throws {
        let bomb = [UInt8](repeating: UInt8(ascii: "["), count: 10_000_000)
        #expect(throws: JSONSyntaxError(.tooDeep, at: 512)) { _ = try JSONTape(parsing: bomb).count(at: .root) }
        let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(try JSONTape(parsing: Array(deep.utf8)).count(at: .root) == 1)
    }

    @Test("a value that was written is read back, and is the same")
    func roundTrips() throws {
        var generator = SeededGenerator(seed: 1)
        var tape = JSONTape()
        for _ in 0..<3000 {
            let value = RandomJSON.value(using: &generator)
            var writer = JSONWriter()
            writer.write(value)
            try tape.parse(writer)
            #expect(try tape.value(at: .root) == value)
        }
    }

    @Test("Foundation accepts and refuses the same texts, and reads the same values")
    func agreesWithFoundation() throws {
        var generator = SeededGenerator(seed: 2)
        var (accepted, refused) = (0, 0)
        for _ in 0..<4000 {
            var writer = JSONWriter()
            writer.write(RandomJSON.value(using: &generator))
            let bytes = RandomJSON.damaged(try writer.finish(), using: &generator)
            let ours = try? JSONTape(parsing: bytes).value(at: .root)
            let theirs = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
            // Foundation tolerates a byte order mark, takes numbers beyond doubles as errors, and of two members of one
            // name takes one; none of these is damage of the kind made here often enough to leave out by hand.
            if let ours, let theirs {
                accepted += 1
                #expect(ours.foundationForm == theirs.foundationForm, "\(String(decoding: bytes, as: UTF8.self))")
            } else if ours == nil, theirs == nil {
                refused += 1
            } else {
                #expect(isKnownDifference(bytes), "\(String(decoding: bytes, as: UTF8.self)): ours \(ours as Any)")
            }
        }
        #expect(accepted > 500 && refused > 500)
    }

    private func isKnownDifference(_ bytes: [UInt8]) -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            // Foundation repairs some ill-formed strings that RFC 8259, section 8.1, does not allow.
            return true
        }
        let hasBOM = text.unicodeScalars.first == "\u{FEFF}"
        let duplicates =
            (try? JSONTape(parsing: bytes).value(at: .root)) == nil
            && (try? JSONTape(parsing: bytes).kind(at: .root)) != nil
        let hasHugeNumber = text.contains { $0 == "e" || $0 == "E" } || text.contains("0000000000")
        return hasBOM || duplicates || hasHugeNumber || text.utf8.contains(0)
    }

    @Test("no bytes make the parser trap, and what it accepts can be walked")
    func survivesFuzzing() throws {
        var generator = SeededGenerator(seed: 3)
        var tape = JSONTape()
        let seed = Array(#"{"metadata":{"id":"a\u00e9\n😀","n":[-1.5e3,0,true,null]},"payload":{"":{}}}"#.utf8)
        for round in 0..<60_000 {
            let bytes =
                round % 4 == 0
                ? (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                    UInt8.random(in: .min ... .max, using: &generator)
                }
                : RandomJSON.damaged(seed, using: &generator)
            do {
                try tape.parse(bytes)
                _ = try? tape.value(at: .root)
            } catch {
                #expect((0...bytes.count).contains(error.offset))
            }
        }
    }

    @Test("an object with 100,000 members is read in time that grows with it")
    func readsManyMembers() throws {
        let text = "{" + (0..<100_000).map { "\"key\($0)\":\($0)" }.joined(separator: ",") + "}"
        let tape = try JSONTape(parsing: Array(text.utf8))
        #expect(try tape.object(at: .root).count == 100_000)
    }

    @Test("a member that is there twice is an error")
    func refusesDuplicates() throws {
        let tape = try JSONTape(parsing: Array(#"{"a":{"b":1,"b":2}}"#.utf8))
        #expect(throws: JSONDecodingError(.duplicateMember("b"), at: JSONPointer(tokens: ["a"]))) {
            try tape.value(at: .root)
        }
    }

    @Test("an error leaves an empty tape, which can be filled again")
    func reusesATapeAfterAnError() throws {
        var tape = JSONTape()
        try tape.parse(Array("[1,2,3]".utf8))
        #expect(throws: JSONSyntaxError.self) { try tape.parse(Array("[1,".utf8)) }
        try tape.parse(Array("{}".utf8))
        #expect(tape.kind(at: .root) == .object)
    }
}

extension JSONValue {
    /// The value with every number as the double that Foundation may make of it, zeros without a sign.
    fileprivate var foundationForm: JSONValue {
        switch self {
        case .number(let number): .string("\(number.doubleValue + 0)")
        case .array(let values): .array(values.map(\.foundationForm))
        case .object(let object): .object(JSONObject(object.map { ($0.key, $0.value.foundationForm) }))
        case .null, .bool, .string: self
        }
    }
}
