import ContractModel
import Foundation
import JSONTape
import Testing

@Suite struct YAMLReaderTests {
    private func read(_ text: String) -> (node: SourceNode?, diagnostics: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let node = YAMLReader.read(Array(text.utf8), file: "t.yaml", diagnostics: &diagnostics)
        return (node, diagnostics.sorted)
    }

    @Test(
        "scalars mean what YAML 1.2's core schema says",
        arguments: [
            ("no", "no"), ("yes", "yes"), ("on", "on"), ("true", true), ("False", false), ("null", nil), ("~", nil),
            ("", nil),
            ("12", 12), ("-7", -7), ("+7", 7), ("007", 7), ("0x1F", 31), ("0o17", 15), ("1.50", 1.5), (".5", 0.5),
            ("5.", 5),
            ("1e3", 1000), ("1_000", "1_000"), ("0b1", "0b1"), ("'12'", "12"), ("\"true\"", "true"), ("!!str 12", "12"),
            ("2024-01-01", "2024-01-01"), ("12:30", "12:30"), (".", "."), ("-", [nil]), ("|\n  a\n  b\n", "a\nb\n"),
            ("{a: 1, b: [x, y]}", ["a": 1, "b": ["x", "y"]]), ("&a {x: 1}", ["x": 1]),
            ("{a: &x [1], b: *x}", ["a": [1], "b": [1]]),
        ] as [(String, JSONValue)])
    func scalars(text: String, expected: JSONValue) throws {
        let (node, diagnostics) = read(text)
        #expect(diagnostics.isEmpty)
        #expect(try #require(node).jsonValue == expected)
    }

    @Test("each node knows its line, and its column in characters")
    func places() throws {
        let node = try #require(read("a: 1\nü:\n  - {b: x}\n").node)
        #expect(node["ü"]?.location == SourceLocation(file: "t.yaml", line: 3, column: 3))
        guard case .sequence(let items)? = node["ü"]?.content else {
            Issue.record("no list")
            return
        }
        #expect(items[0]["b"]?.location == SourceLocation(file: "t.yaml", line: 3, column: 9))
    }

    @Test(
        "what is refused, and by which rule",
        arguments: [
            ("a: 1\na: 2\na: 3", [Rule.duplicateKey, .duplicateKey]), ("a: [1", [.invalidYAML]),
            ("a: .inf", [.invalidYAML]),
            ("[a]: 1", [.wrongType]), ("a: !custom 1", [.invalidYAML]), ("a: 1\n---\nb: 2", [.invalidYAML]),
            ("a: *b", [.invalidYAML]), ("a: &a [*a]", [.aliasLimit]), ("\ta: 1", [.invalidYAML]),
            ("a: \u{0}", [.invalidUTF8]),
            ("%YAML 3.0\n---\na: 1", [.invalidYAML]), ("a: \"\\q\"", [.invalidYAML]), ("a\nb: 1", [.invalidYAML]),
        ] as [(String, [Rule])])
    func refused(text: String, rules: [Rule]) {
        #expect(read(text).diagnostics.map(\.rule) == rules)
    }

    @Test("nesting bombs are refused soon", arguments: ["[", "- ", "{a: ", "? "])
    func bombs(opening: String) {
        let (node, diagnostics) = read(String(repeating: opening, count: 200_000))
        #expect(node == nil)
        #expect(diagnostics.count == 1)
        #expect([.nestingDepth, .invalidYAML].contains(diagnostics.first?.rule))
    }

    @Test("no bytes make the reader trap or hang")
    func fuzzing() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "schemas/topics.yaml")
        let seed = Array(try Data(contentsOf: path).prefix(1200))
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<3000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let index = bytes.indices.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
                case 1: bytes[index] = Array(" \n\t:-?[]{}&*!|>'\"%@`#,\0".utf8).randomElement(using: &generator) ?? 0
                case 2: bytes.remove(at: index)
                default: bytes.removeSubrange(index..<min(index + 40, bytes.count))
                }
            }
            var diagnostics = Diagnostics()
            let node = YAMLReader.read(bytes, file: "t.yaml", diagnostics: &diagnostics)
            #expect(node != nil || diagnostics.hasErrors)
        }
    }
}

@Suite struct JSONReaderTests {
    @Test("values and names know their places")
    func places() throws {
        var diagnostics = Diagnostics()
        let text = "{\n  \"é\": [1,\n    {\"b\": \"x\"}],\n  \"c\": true\n}"
        let node = try #require(JSONReader.read(Array(text.utf8), file: "s.json", diagnostics: &diagnostics))
        #expect(node["é"]?.location == SourceLocation(file: "s.json", line: 2, column: 8))
        #expect(node["c"]?.location == SourceLocation(file: "s.json", line: 4, column: 8))
        guard case .mapping(let entries) = node.content, case .sequence(let items)? = node["é"]?.content else {
            Issue.record("no list")
            return
        }
        #expect(entries.map(\.key.location.column) == [3, 3])
        #expect(items[1]["b"]?.location == SourceLocation(file: "s.json", line: 3, column: 11))
    }

    @Test("a syntax error is at its line and column")
    func syntax() {
        var diagnostics = Diagnostics()
        #expect(JSONReader.read(Array("{\n \"é\": tru }".utf8), file: "s.json", diagnostics: &diagnostics) == nil)
        #expect(diagnostics.sorted.map(\.location) == [SourceLocation(file: "s.json", line: 2, column: 10)])
    }
}

/// A generator of the same numbers in each run (SplitMix64), so that a failure can be met again.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
