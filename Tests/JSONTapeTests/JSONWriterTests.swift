import Foundation
import JSONTape
import Testing

@Suite struct JSONWriterTests {
    private func text(_ value: JSONValue) throws -> String {
        var writer = JSONWriter()
        writer.write(value)
        return String(decoding: try writer.finish(), as: UTF8.self)
    }

    @Test(
        "values are written as compact JSON",
        arguments: [
            (JSONValue.null, "null"), (true, "true"), (1, "1"), (-0.5, "-0.5"), (100, "100"), (1e300, "1e+300"),
            ("", "\"\""),
            ("a\"b\\c/d", #""a\"b\\c/d""#),
            ("\u{8}\u{9}\u{A}\u{C}\u{D}\u{1F}\u{7F}", "\"\\b\\t\\n\\f\\r\\u001f\u{7F}\""),
            ("é漢😀", "\"é漢😀\""), ([], "[]"), ([1, [2, []]], "[1,[2,[]]]"), ([:], "{}"),
            (["a": 1, "b\"": ["c": nil]], #"{"a":1,"b\"":{"c":null}}"#), (["{": "{", "[": "["], #"{"{":"{","[":"["}"#),
        ] as [(JSONValue, String)])
    func writes(value: JSONValue, expected: String) throws {
        #expect(try text(value) == expected)
    }

    @Test("escapes are right wherever they fall in a word of eight bytes")
    func escapesEverywhere() throws {
        for length in 0...40 {
            for position in 0...length {
                for special in ["\"", "\\", "\n", "\u{1}"] {
                    let string =
                        String(repeating: "x", count: position) + special
                        + String(repeating: "y", count: length - position)
                    let decoded = try JSONDecoder().decode(String.self, from: Data(try text(.string(string)).utf8))
                    #expect(decoded == string)
                }
            }
        }
    }

    @Test("a text of nothing but escapes is written whole")
    func writesManyEscapes() throws {
        let string = String(repeating: "\u{1}", count: 10_000)
        #expect(try text(.string(string)).utf8.count == 60_002)
    }

    @Test("integers are written whole", arguments: [0, 9, 10, 99, 100, -1, -10, .max, .min] as [Int64])
    func writesIntegers(value: Int64) throws {
        var writer = JSONWriter()
        writer.write(value)
        #expect(String(decoding: try writer.finish(), as: UTF8.self) == String(value))
    }

    @Test("doubles are read back as they were")
    func writesDoubles() throws {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<10_000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            var writer = JSONWriter()
            writer.write(value)
            let text = String(decoding: try writer.finish(), as: UTF8.self)
            #expect(Double(text) == value, "\(text)")
        }
    }
}
