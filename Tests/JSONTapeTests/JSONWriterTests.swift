import JSONTape
import TestSupport
import Testing

@Suite("writing JSON")
struct JSONWriterTests {
    @Test("punctuation is written automatically")
    func punctuates() throws {
        let json = try text { writer in
            writer.beginObject()
            writer.key("a")
            writer.beginArray()
            for value in 1...3 {
                writer.element()
                writer.write(value)
            }
            writer.endArray()
            writer.key("b")
            writer.beginObject()
            writer.endObject()
            writer.key(name: "c\"")
            writer.beginArray()
            writer.element()
            writer.beginArray()
            writer.element()
            writer.beginObject()
            writer.key("d")
            writer.write(true)
            writer.endObject()
            writer.endArray()
            writer.element()
            writer.write(false)
            writer.element()
            writer.write(literal: "null")
            writer.endArray()
            writer.endObject()
        }
        #expect(json == #"{"a":[1,2,3],"b":{},"c\"":[[{"d":true}],false,null]}"#)
    }

    @Test("strings that end in a bracket or brace do not take their neighbour's comma")
    func separatesAfterBrackets() throws {
        #expect(try text { $0.write(["[", "[", ["{": "{", "}": 1]]) } == #"["[","[",{"{":"{","}":1}]"#)
    }

    @Test(
        "a string is escaped only as RFC 8259 requires",
        arguments: [
            ("", #""""#), ("a", #""a""#), ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#),
            ("\u{8}\u{9}\u{A}\u{C}\u{D}", #""\b\t\n\f\r""#),
            ("\u{0}\u{1}\u{B}\u{1F}", #""\u0000\u0001\u000b\u001f""#), ("\u{7F}", "\"\u{7F}\""),
            ("é😀\u{2028}", "\"é😀\u{2028}\""),
            ("12345678\"", #""12345678\"""#), ("\"12345678", #""\"12345678""#),
            ("1234567\n9012345\"", #""1234567\n9012345\"""#),
        ])
    func escapes(string: String, expected: String) throws {
        #expect(try text { $0.write(string) } == expected)
    }

    @Test("a string of escapes only grows the buffer as needed", arguments: [1, 9, 63, 64, 65, 1000, 100_000])
    func growsForEscapes(count: Int) throws {
        let string = String(repeating: "\u{1}", count: count)
        var writer = JSONWriter(capacity: 0)
        writer.write(string)
        let bytes = try writer.finish()
        #expect(bytes.count == 6 * count + 2)
        #expect(try parsed(bytes) == .string(string))
    }

    @Test("every place of an escape among plain bytes, in buffers of every size")
    func escapesEverywhere() throws {
        for length in 0..<40 {
            for place in 0...length {
                let string =
                    String(repeating: "x", count: place) + "\u{1}" + String(repeating: "é", count: length - place)
                var writer = JSONWriter(capacity: 0)
                for _ in 0..<(length % 7) { writer.write(literal: " ") }
                writer.write(string)
                if try parsed(try writer.finish()) != .string(string) { Issue.record("\(length), \(place)") }
            }
        }
    }

    @Test(
        "integers",
        arguments: [
            0, 1, -1, 9, 10, 99, 100, 101, -100, 999, 1000, 12345, 1_705_329_022_123, Int64.max, Int64.min,
            Int64.max / 10, -999_999_999_999_999_999,
        ])
    func writesIntegers(value: Int64) throws {
        #expect(try text { $0.write(value) } == value.description)
        #expect(try text { $0.write(Int(value)) } == value.description)
        #expect(try text { $0.write(JSONNumber(value)) } == value.description)
    }

    @Test("integers of every length")
    func writesIntegersOfEveryLength() throws {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<10_000 {
            let value = Int64(truncatingIfNeeded: random.next()) >> Int64(random.below(64))
            if try text({ $0.write(value) }) != value.description { Issue.record("\(value)") }
        }
        for length in 1..<19 {
            let power = repeatElement(10 as Int64, count: length).reduce(1, *)
            for value in [power - 1, power, power + 1] {
                #expect(try text { $0.write(value) } == value.description)
            }
        }
    }

    @Test(
        "doubles",
        arguments: [
            (0.0, "0"), (-0.0, "-0"), (1.0, "1"), (-1.5, "-1.5"), (12.5, "12.5"), (0.1, "0.1"), (0.01, "0.01"),
            (0.001, "0.001"), (-0.05, "-0.05"),
            (0.0001, "0.0001"), (1e-5, "1e-05"), (123.456, "123.456"), (0.1 + 0.2, "0.30000000000000004"),
            (1_705_329_022_123, "1705329022123"),
            (9_007_199_254_740_991, "9007199254740991"), (1e15, "1000000000000000"), (1e16, "1e+16"), (1e22, "1e+22"),
            (1e300, "1e+300"),
            (.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"), (100.10, "100.1"),
            (999_999_999_999.999, "999999999999.999"),
        ])
    func writesDoubles(value: Double, expected: String) throws {
        #expect(try text { $0.write(value) } == expected)
    }

    @Test("the writer and the parser have the same maximum depth", arguments: [0, 1, 3])
    func depth(outer: Int) throws {
        func write(_ levels: Int) throws -> String {
            var value: JSONValue = 1
            for _ in 0..<levels { value = levels % 2 == 0 ? [value] : ["a": value] }
            return try text { writer in
                for _ in 0..<outer {
                    writer.beginArray()
                    writer.element()
                }
                writer.write(value)
                for _ in 0..<outer { writer.endArray() }
            }
        }
        let deepest = JSONTape.defaultMaximumDepth - outer
        #expect(throws: Never.self) { _ = try JSONTape(parsing: try write(deepest).utf8) }
        #expect(throws: JSONEncodingError.tooDeep) { try write(deepest + 1) }
        // As deep as a program may make a value and let go of it again, on the stack of a task's thread.
        #expect(throws: JSONEncodingError.tooDeep) { try write(4000) }
    }

    @Test(
        "a number that JSON can't write makes the text an error until the writer is reset",
        arguments: [Double.infinity, -.infinity, .nan, .signalingNaN])
    func refusesNonFinite(value: Double) throws {
        var writer = JSONWriter()
        writer.write(value)
        #expect(throws: JSONEncodingError.nonFiniteNumber) { try text { $0.write(value) } }
        writer.removeAll()
        writer.write(1)
        let soFar = try writer.text()
        #expect(soFar == Array("1".utf8))
        let last = try writer.finish()
        #expect(last == soFar)
    }

    @Test("a written value parses to an equal one with the same text")
    func roundTrips() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<3000 {
            let value = random.value()
            let text = try written(value)
            let again = try parsed(text)
            if again != value || again.hashValue != value.hashValue { Issue.record("\(value)") }
            if try written(again) != text { Issue.record("\(value)") }
        }
    }
}
