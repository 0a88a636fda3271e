import ContractModel
import Foundation
import JSONTape
import TestSupport
import Testing

@Suite struct YAMLReaderTests {
    private func read(_ text: String) -> (node: SourceNode?, diagnostics: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let node = YAMLReader.read(Array(text.utf8), file: "t.yaml", diagnostics: &diagnostics)
        return (node, diagnostics.sorted)
    }

    @Test(
        "scalars have the types of YAML 1.2's core schema",
        arguments: [
            ("no", "no"), ("yes", "yes"), ("on", "on"), ("true", true), ("False", false), ("null", nil), ("~", nil),
            ("", nil),
            ("12", 12), ("-7", -7), ("+7", 7), ("007", 7), ("0x1F", 31), ("0o17", 15), ("1.50", 1.5), (".5", 0.5),
            ("5.", 5),
            ("1e3", 1000), ("1_000", "1_000"), ("0b1", "0b1"), ("'12'", "12"), ("\"true\"", "true"), ("!!str 12", "12"),
            ("2024-01-01", "2024-01-01"), ("12:30", "12:30"), (".", "."), ("-", [nil]), ("|\n  a\n  b\n", "a\nb\n"),
            ("{a: 1, b: [x, y]}", ["a": 1, "b": ["x", "y"]]), ("&a {x: 1}", ["x": 1]),
            ("{a: &x [1], b: *x}", ["a": [1], "b": [1]]), ("!!int 12", 12), ("!!int '12'", 12), ("!!float 1", 1),
            ("!!bool true", true), ("!!null ~", nil), ("!!seq [1]", [1]), ("!!map {a: 1}", ["a": 1]), ("! 'a'", "a"),
            ("0x+5", "0x+5"), ("0xFFFFFFFFFFFFFFFF", .number(JSONNumber(UInt64.max))), ("1e", "1e"), ("+", "+"),
        ] as [(String, JSONValue)])
    func scalars(text: String, expected: JSONValue) throws {
        let (node, diagnostics) = read(text)
        #expect(diagnostics.isEmpty)
        #expect(try #require(node).jsonValue == expected)
    }

    @Test("each node has its line, and its column in characters")
    func places() throws {
        let node = try #require(read("a: 1\nü:\n  - {b: x}\n").node)
        #expect(node["ü"]?.location == SourceLocation(file: "t.yaml", line: 3, column: 3))
        guard case .sequence(let items)? = node["ü"]?.content else {
            Issue.record("no list")
            return
        }
        #expect(items[0]["b"]?.location == SourceLocation(file: "t.yaml", line: 3, column: 9))
    }

    @Test("a byte order mark is not part of the text and does not shift columns")
    func byteOrderMark() throws {
        let (node, diagnostics) = read("\u{FEFF}a: 1")
        #expect(diagnostics.isEmpty)
        guard case .mapping(let entries) = try #require(node).content else {
            Issue.record("no mapping")
            return
        }
        #expect(entries.map(\.key) == [Located("a", at: SourceLocation(file: "t.yaml", line: 1, column: 1))])
    }

    @Test("a control character is an error at its place")
    func controlCharacter() {
        #expect(
            read("a: 1\nü: \u{1}").diagnostics.map(\.location) == [SourceLocation(file: "t.yaml", line: 2, column: 4)])
    }

    @Test("a duplicate key is reported at each place, with the line of the first")
    func duplicateKeys() {
        let diagnostics = read("a: 1\nb: 1\na: 2\n\"a\": 3\n").diagnostics
        #expect(diagnostics.map(\.location.line) == [3, 4])
        #expect(Set(diagnostics.map(\.message)) == ["duplicate key 'a', first at line 1"])
    }

    @Test("aliases can't nest deeper than a text could")
    func aliasDepth() {
        let text = (0..<100).map { "a\($0): &a\($0) [\($0 == 0 ? "x" : "*a\($0 - 1)")]\n" }.joined()
        let (node, diagnostics) = read(text)
        #expect(node == nil)
        #expect(diagnostics.map(\.rule) == [.nestingDepth])
    }

    @Test(
        "the rule of each YAML error",
        arguments: [
            ("a: 1\na: 2\na: 3", [Rule.duplicateKey, .duplicateKey]), ("a: [1", [.invalidYAML]),
            ("a: .inf", [.invalidYAML]),
            ("[a]: 1", [.wrongType]), ("a: !custom 1", [.invalidYAML]), ("a: 1\n---\nb: 2", [.invalidYAML]),
            ("a: *b", [.invalidYAML]), ("a: &a [*a]", [.aliasLimit]), ("\ta: 1", [.invalidYAML]),
            ("a: \u{0}", [.invalidUTF8]), ("404: a", [.wrongType]), ("true: a\nnull: b", [.wrongType, .wrongType]),
            ("a: !!int x", [.invalidYAML]), ("a: !!seq {}", [.invalidYAML]), ("a: !!map x", [.invalidYAML]),
            ("a: !!int 1.5", [.invalidYAML]), ("a: -.INF", [.invalidYAML]), ("a: .NaN", [.invalidYAML]),
            ("%YAML 3.0\n---\na: 1", [.invalidYAML]), ("a: \"\\q\"", [.invalidYAML]), ("a\nb: 1", [.invalidYAML]),
        ] as [(String, [Rule])])
    func refused(text: String, rules: [Rule]) {
        #expect(read(text).diagnostics.map(\.rule) == rules)
    }

    @Test(
        "each YAML error is reported once, in words, at its place",
        arguments: [
            ("a: 1\n---\nb: 2", "2:1: a second document starts here; a manifest is one document [invalid-yaml]"),
            (
                "a: *b",
                "1:4: unknown anchor '&b' [invalid-yaml]: put a string that starts with '*' in quotes"
            ),
            ("a: &a [*a]", "1:8: the alias '*a' contains itself [alias-limit]"),
            ("a: !custom 1", "1:4: unexpected tag '!custom' [invalid-yaml]: remove the tag"),
            ("a: !!int x", "1:4: unexpected tag '!!int' [invalid-yaml]: remove the tag"),
            ("a: .inf", "1:4: invalid JSON number '.inf' [invalid-yaml]: quote it to mean the text"),
            ("404: a", "1:1: a key must be a string, found a number [wrong-type]: put it in quotes to mean the text"),
            ("[a]: 1", "1:1: a key must be a string, found a list [wrong-type]"),
            ("a: 1\na: 2", "2:1: duplicate key 'a', first at line 1 [duplicate-key]: keep one of them"),
            ("a: &x 1\n*x : 2", "2:1: a key must be a string, found a number [wrong-type]"),
            ("a: \u{0}", "1:4: the file contains a NUL byte; expected text in UTF-8 [invalid-utf8]"),
        ])
    func texts(text: String, expected: String) {
        #expect(
            read(text).diagnostics.map { found in
                "\(found.location.line):\(found.location.column): \(found.message) [\(found.rule.rawValue)]"
                    + (found.hint.map { ": \($0)" } ?? "")
            } == [expected])
    }

    @Test(
        "files in other encodings are recognized by their byte order marks",
        arguments: [
            ([0xFF, 0xFE, 0x61, 0], "UTF-16"), ([0xFE, 0xFF, 0, 0x61], "UTF-16"), ([0xFF, 0xFE, 0, 0, 0x61], "UTF-32"),
            ([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61], "UTF-32"),
        ] as [([UInt8], String)])
    func encodings(bytes: [UInt8], name: String) {
        var diagnostics = Diagnostics()
        #expect(YAMLReader.read(bytes, file: "t.yaml", diagnostics: &diagnostics) == nil)
        #expect(diagnostics.sorted.map(\.message) == ["the file is \(name)"])
        #expect(diagnostics.sorted.map(\.hint) == ["save it as UTF-8"])
    }

    @Test(
        "line ends of YAML 1.1 only are ordinary characters",
        arguments: ["\u{85}", "\u{2028}", "\u{2029}"])
    func oldLineEnds(character: String) throws {
        let text =
            "# a\(character)b\n\(character)a: 'x\(character) y\(character)'\nb: p\(character)q\nc\(character): *nix\n"
        let (node, diagnostics) = read(text)
        #expect(node == nil)
        #expect(diagnostics.map(\.location) == [SourceLocation(file: "t.yaml", line: 4, column: 5)])
        let whole = try #require(read(text.replacing("*nix", with: "1")).node)
        #expect(
            whole.jsonValue
                == .object(
                    JSONObject([
                        ("\(character)a", .string("x\(character) y\(character)")), ("b", .string("p\(character)q")),
                        ("c\(character)", .number(1)),
                    ])))
        #expect(whole["b"]?.location == SourceLocation(file: "t.yaml", line: 3, column: 4))
    }

    @Test("these characters differ from their escapes")
    func privateCharacters() throws {
        let node = try #require(read("a: \u{E000}\u{2028}\u{E001}\u{85}\u{E002}\u{2029}\u{E003}").node)
        #expect(node["a"]?.content == .string("\u{E000}\u{2028}\u{E001}\u{85}\u{E002}\u{2029}\u{E003}"))
    }

    @Test("a value in an alias is reported at the alias")
    func aliasPlaces() throws {
        let node = try #require(read("a: &x one\nb: *x\nc: &y [1]\nd: *y").node)
        #expect(node["b"] == SourceNode(.string("one"), at: SourceLocation(file: "t.yaml", line: 2, column: 4)))
        #expect(node["d"]?.location == SourceLocation(file: "t.yaml", line: 4, column: 4))
    }

    @Test("names in different Unicode normal forms are different keys")
    func normalForms() throws {
        #expect(read("\u{E9}: 1\ne\u{301}: 2").diagnostics.isEmpty)
        var diagnostics = Diagnostics()
        let text = "{\"\u{E9}\": 1, \"e\u{301}\": 2}"
        #expect(JSONReader.read(Array(text.utf8), file: "s.json", diagnostics: &diagnostics) != nil)
        #expect(diagnostics.isEmpty)
    }

    @Test("a merge key is one error with a hint; merged keys are not reported as missing")
    func mergeKey() throws {
        let (node, diagnostics) = read("base: &b {x: 1, y: 2}\na: {<<: *b, y: 3}\nc:\n  <<: [*b, {z: 4}]\n")
        #expect(diagnostics.map { "\($0.location.line):\($0.location.column)" } == ["2:5", "4:3"])
        #expect(diagnostics.allSatisfy { $0.message == "YAML 1.2 has no merge key '<<'" && $0.rule == .invalidYAML })
        #expect(
            diagnostics.first?.hint
                == "write the common keys of topics under 'topic_defaults', and repeat other keys")
        #expect(
            try #require(node).jsonValue
                == ["base": ["x": 1, "y": 2], "a": ["y": 3, "x": 1], "c": ["x": 1, "y": 2, "z": 4]])
        #expect(read("{\"<<\": 1}").diagnostics.isEmpty)
    }

    @Test("endless directives are an error at once", .timeLimit(.minutes(20)), arguments: ["", "a: 1\n...\n"])
    func directives(start: String) {
        let text = start + (0..<300_000).map { "%TAG !t\($0)! tag:x,\($0):\n" }.joined() + "---\na: 1\n"
        let diagnostics = read(text).diagnostics
        #expect(diagnostics.map(\.message) == ["too many lines start with '%'"])
        #expect(diagnostics.map(\.hint) == ["a manifest needs no directives"])
        #expect(read("%YAML 1.2\n---\na: 1").diagnostics.isEmpty)
    }

    @Test("nesting bombs are an error at once", arguments: ["[", "- ", "{a: ", "? "])
    func bombs(opening: String) {
        let (node, diagnostics) = read(String(repeating: opening, count: 200_000))
        #expect(node == nil)
        #expect(diagnostics.count == 1)
        #expect([.nestingDepth, .invalidYAML].contains(diagnostics.first?.rule))
    }

    @Test("reading arbitrary bytes never traps or hangs")
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
    @Test("values and names have their places")
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

    @Test("a duplicate member is reported at its place")
    func duplicateKeys() {
        var diagnostics = Diagnostics()
        let text = #"{"a": 1, "b": {"c": 1, "\u0063": 2}, "a": 3}"#
        #expect(JSONReader.read(Array(text.utf8), file: "s.json", diagnostics: &diagnostics) != nil)
        #expect(diagnostics.sorted.map(\.rule) == [.duplicateKey, .duplicateKey])
        #expect(diagnostics.sorted.map(\.location.column) == [24, 38])
    }

    @Test("reading arbitrary bytes never traps or hangs")
    func fuzzing() throws {
        let seed = Array(try Repository.text("schemas/job.schema.json").utf8)
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<3000 {
            let bytes = generator.mutate(seed, words: ["{", "}", "[", "]", ",", ":", "\"", "\\u", "1e", "-", "null"])
            var diagnostics = Diagnostics()
            let node = JSONReader.read(bytes, file: "s.json", diagnostics: &diagnostics)
            #expect(node != nil || diagnostics.hasErrors)
        }
    }
}
