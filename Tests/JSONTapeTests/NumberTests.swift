import JSONTape
import Testing

@Suite struct NumberTests {
    @Test(
        "numbers of one value are equal, however they are written",
        arguments: [
            ("1", "1.0"), ("1", "1e0"), ("100", "1e2"), ("0", "-0"), ("0", "0e999999999999999999999"), ("0.5", "5e-1"),
            ("12345678901234567890123", "12345678901234567890123.0"), ("1e400", "10e399"), ("-2.50", "-25e-1"),
            ("9007199254740993", "9007199254740993.0"),
        ])
    func equal(left: String, right: String) throws {
        let left = try #require(JSONNumber(literal: left))
        let right = try #require(JSONNumber(literal: right))
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(!(left < right) && !(right < left))
    }

    @Test(
        "numbers are ordered by their exact values",
        arguments: [
            ("1", "2"), ("-2", "-1"), ("-1", "0"), ("0", "1e-400"), ("9007199254740992", "9007199254740993"),
            ("1e400", "1e401"), ("-1e401", "-1e400"), ("0.1", "0.10000000000000000001"),
            ("99999999999999999999", "1e20"),
            ("1.5", "2"), ("-0.5", "0"),
        ])
    func ordered(smaller: String, larger: String) throws {
        let smaller = try #require(JSONNumber(literal: smaller))
        let larger = try #require(JSONNumber(literal: larger))
        #expect(smaller < larger && !(larger < smaller) && smaller != larger)
    }

    @Test(
        "what a double can't hold keeps its digits",
        arguments: [
            "12345678901234567890123", "0.1234567890123456789", "1e400", "-123456789012345678901234567890.5",
        ])
    func exact(literal: String) throws {
        let number = try #require(JSONNumber(literal: literal))
        #expect(try #require(JSONNumber(literal: number.description)) == number)
        let tape = try JSONTape(parsing: Array("[\(literal)]".utf8))
        #expect(tape.number(at: tape.first(in: .root)) == number)
    }

    @Test(
        "texts that are no JSON numbers",
        arguments: ["", "-", "01", "1.", ".1", "1e", "+1", "0x1", "1_000", "NaN", " 1"])
    func refuses(literal: String) {
        #expect(JSONNumber(literal: literal) == nil)
    }

    @Test(
        "multiples are told exactly",
        arguments: [
            ("10", 5 as Int64, true), ("11", 5, false), ("0", 7, true), ("1e20", 1024, true), ("1e3", 16, false),
            ("2.5", 5, false), ("12345678901234567890120", 10, true), ("12345678901234567890123", 10, false),
            ("-14", 7, true),
            ("1e400", 3, false), ("3e400", 3, true), ("1e999999999999", 8, true),
        ] as [(String, Int64, Bool)])
    func multiples(literal: String, divisor: Int64, expected: Bool) throws {
        #expect(try #require(JSONNumber(literal: literal)).isMultiple(of: divisor) == expected)
    }

    @Test("integers and doubles are read as Swift reads them")
    func agreesWithSwift() throws {
        var generator = SeededGenerator(seed: 4)
        var tape = JSONTape()
        for _ in 0..<20_000 {
            let number = RandomJSON.number(using: &generator)
            let text = number.description
            try tape.parse(Array(text.utf8))
            #expect(tape.double(at: .root) == Double(text), "\(text)")
            #expect(tape.integer(at: .root) == number.int64Value.map(Int.init), "\(text)")
            #expect(tape.isInteger(at: .root) == number.isInteger, "\(text)")
        }
        for text in ["9223372036854775807", "-9223372036854775808", "9223372036854775808", "999999999999999999"] {
            try tape.parse(Array(text.utf8))
            #expect(tape.integer(at: .root) == Int(text), "\(text)")
        }
    }

    @Test(
        "infinite numbers are written as an error, not as JSON that is none",
        arguments: [Double.infinity, -.infinity, .nan])
    func refusesNonFinite(value: Double) {
        #expect(throws: JSONEncodingError.nonFiniteNumber) {
            var writer = JSONWriter()
            writer.write(value)
            _ = try writer.finish()
        }
        #expect(JSONNumber(value) == nil)
    }
}
