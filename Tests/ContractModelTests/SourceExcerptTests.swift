import ContractModel
import Testing

@Suite struct SourceExcerptTests {
    @Test(
        "the part of a line that a finding is about is underlined",
        arguments: [
            ("    topic: orders", 12, "    topic: orders\n           ^^^^^^"),
            ("    topic: orders", 5, "    topic: orders\n    ^^^^^"),
            ("a: {b: 1, c: two words} # no", 14, "a: {b: 1, c: two words} # no\n             ^^^^^^^^^"),
            ("a: {b: [1, 2], c: 3}", 4, "a: {b: [1, 2], c: 3}\n   ^^^^^^^^^^^^^^^^^"),
            ("a: text # comment", 4, "a: text # comment\n   ^^^^"),
            ("a: http://x/y", 4, "a: http://x/y\n   ^^^^^^^^^^"),
            (#"{"type": "a\"b", "c": 1}"#, 10, "{\"type\": \"a\\\"b\", \"c\": 1}\n         ^^^^^^"),
            ("a: rate(shop_up[1m]) > 1", 9, "a: rate(shop_up[1m]) > 1\n        ^^^^^^^"),
            ("a: x == 1", 6, "a: x == 1\n     ^"),
            ("a: ", 4, "a: \n   ^"),
            ("é: 日本 x", 4, "é: 日本 x\n   ^^^^^^"),
            ("\ta: \u{1B}b", 5, " a: \\u{1b}b\n    ^^^^^^^"),
        ])
    func underlined(line: String, column: Int, expected: String) throws {
        let excerpt = try #require(Self.excerpt(of: line, column: column))
        let shown = excerpt.split(separator: "\n").map { $0.dropFirst(5) }.joined(separator: "\n")
        #expect(shown == expected)
    }

    @Test("a long line is cut around the part")
    func longLine() throws {
        let line = String(repeating: "x", count: 400) + ": value, " + String(repeating: "y", count: 400)
        let excerpt = try #require(Self.excerpt(of: line, column: 403))
        let lines = excerpt.split(separator: "\n")
        #expect(lines[0].count < 180 && lines[0].contains(": value, yyy") && lines[0].hasSuffix("…"))
        let column = lines[0].distance(
            from: lines[0].startIndex, to: try #require(lines[0].firstRange(of: "value")).lowerBound)
        #expect(lines[1].prefix { $0 != "^" }.count == column)
    }

    @Test("a place that the file does not have has no excerpt")
    func outside() {
        #expect(Self.excerpt(of: "a: b", column: 7) == nil)
        #expect(SourceExcerpt(at: SourceLocation(file: "a", line: 3), in: SourceLines(Array("a".utf8))) == nil)
    }

    private static func excerpt(of line: String, column: Int) -> String? {
        let location = SourceLocation(file: "topics.yaml", line: 1, column: column)
        return SourceExcerpt(at: location, in: SourceLines(Array(line.utf8)))?.rendered { text, _ in text }
    }
}
