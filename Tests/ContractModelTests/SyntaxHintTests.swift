import ContractModel
import Testing

/// What a newcomer reads after a mistake in YAML or JSON.
@Suite struct SyntaxHintTests {
    @Test(
        "a mistake in YAML is named at its line, with what to write",
        arguments: [
            ("a: 1\nb:2\nc: 3", "2:1: missing space after the ':' of 'b' | write 'b: 2'"),
            ("a: 1\nword\nb: 2", "2:1: expected 'key: value', found 'word' | write a ':' and a space after the key"),
            ("a: {x}-{y}\nb: 1", "1:4: a string that starts with '{' must be in quotes | write \"{x}-{y}\""),
            ("a: [x] y\nb: 1", "1:4: a string that starts with '[' must be in quotes | write \"[x] y\""),
            ("a: \"x\" y\nb: 1", "1:4: text after the closing quote | put the whole text in quotes"),
            ("a: b: c", "1:4: a string that contains ': ' must be in quotes | write \"b: c\""),
            (
                "a: 1\n  b: 2",
                "2:4: this key is below a line that already has a value | align it with the other keys of its mapping"
            ),
            (
                "a:\n    b: 1\n  c: 2",
                "3:3: the indentation does not match the keys before | start all keys of a mapping in the same column"
            ),
            ("a:\n\tb: 1", "2:1: a tab in the indentation | indent with spaces"),
            ("a: @b", "1:4: a value can't start with '@' | put it in quotes"),
            ("a: %b", "1:4: a value can't start with '%' | put it in quotes"),
            ("a: \"b\nc: 1\n", "1:4: the quote is not closed | close it on its line"),
            ("a: {b: 1\nc: 2", "1:4: '{' is not closed | add '}'; a string that starts with '{' must be in quotes"),
            ("a: [b\nc: 2", "1:4: '[' is not closed | add ']'; a string that starts with '[' must be in quotes"),
            ("a: \"\\d\"", "1:5: unknown escape in double quotes | write \\\\ for a backslash, or use single quotes"),
            ("a: | b", "1:6: text on the line of '|' or '>' | start the text on the next line, or put it in quotes"),
            ("a: |\nb c\nd: 1", "2:1: the text of '|' is not indented | indent it by more than its key"),
            ("a:\n  b: >-\n  c d\n", "3:3: the text of '>' is not indented | indent it by more than its key"),
            (
                "a:\n\u{A0} b: 1\n  c: 2",
                "2:1: U+00A0 (no-break space) in the indentation | indent with spaces of ASCII"
            ),
            ("a: 1\nb:\u{FEFF}2\nc: 3", "2:3: U+FEFF (byte order mark) after the ':' of 'b' | write a space of ASCII"),
            ("a: b\u{B}c", "1:5: the control character U+000B | remove it"),
            (
                "a: 1\nb\u{FF1A} 2\nc: 3",
                "2:1: expected 'key: value', found 'b\u{FF1A} 2' | write a ':' and a space after the key; "
                    + "'\u{FF1A}' is U+FF1A, not the ASCII character ':'"
            ),
            ("a: *b", "1:4: unknown anchor '&b' | put a string that starts with '*' in quotes"),
        ])
    func yaml(text: String, expected: String) {
        var diagnostics = Diagnostics()
        #expect(YAMLReader.read(Array(text.utf8), file: "a.yaml", diagnostics: &diagnostics) == nil)
        #expect(Self.shown(diagnostics) == expected)
    }

    @Test(
        "a mistake in JSON is named at its place, with what to write",
        arguments: [
            (#"{"a": 1,}"#, "1:8: trailing comma | remove it: JSON has commas only between members and elements"),
            ("[1,\n2,\n]", "2:2: trailing comma | remove it: JSON has commas only between members and elements"),
            (
                "{\n// a\n\"a\": 1}",
                "2:1: JSON has no comments | remove it, or move it into a '$comment'; schemas may also be YAML"
            ),
            (
                "{\"a\": 1 /* b */}",
                "1:9: JSON has no comments | remove it, or move it into a '$comment'; schemas may also be YAML"
            ),
            ("{'a': 1}", "1:2: single quotes | write strings and names in double quotes"),
            ("{a: 1}", "1:2: 'a' is not in quotes | write \"a\""),
            (#"{"a": text}"#, "1:7: 'text' is not in quotes | write \"text\""),
            (#"{"a": True}"#, "1:7: 'True' is not JSON | write true"),
            (#"{"a": None}"#, "1:7: 'None' is not JSON | write null"),
            (#"{"a": NaN}"#, "1:7: JSON has no 'NaN' | write a number, or leave the keyword out"),
            ("{\"a\":\u{A0}1}", "1:6: U+00A0 (no-break space) between values | write a space of ASCII"),
            ("{\u{200B}\"a\": 1}", "1:2: U+200B (zero-width space) between values | write a space of ASCII"),
            ("{\"a\":\u{B}1}", "1:6: the control character U+000B | remove it"),
            ("{“a”: 1}", "1:2: typographic quotes | write straight double quotes"),
            (
                "{\"a\": 1\n\"b\": 2}",
                "2:1: missing comma before this value | add ',' at the end of the line before, or before it"
            ),
            (#"{"a": [1, 2"#, "1:7: '[' is not closed | add ']'"),
            (#"{"a": 01}"#, "1:7: a number that starts with 0 | remove the zeros"),
            (#"{"a": "\d"}"#, #"1:8: unknown escape '\d' | write \\ for a backslash"#),
            (
                "{\"a\": \"b\n\"}",
                #"1:9: a text that does not end on its line | close the quote, or write \n for a line break"#
            ),
            (#"{"a" "b"}"#, "1:6: missing colon before this value | write ':' between a name and its value"),
            (#"{"a": +1}"#, "1:7: a number with '+' | remove the sign"),
            (#"{"a": 0x10}"#, "1:7: a number in another notation, '0x10' | write decimal digits"),
        ])
    func json(text: String, expected: String) {
        var diagnostics = Diagnostics()
        #expect(JSONReader.read(Array(text.utf8), file: "a.json", diagnostics: &diagnostics) == nil)
        #expect(Self.shown(diagnostics) == expected)
    }

    @Test(
        "a letter of another script is named",
        arguments: [
            (
                "    topic: \u{43E}rders",
                "unknown topic '\u{43E}rders' | did you mean 'orders'? '\u{43E}' is U+043E, not the ASCII letter 'o'"
            ),
            (
                "    topic: orders\n    d\u{435}scription: Orders",
                "the message 'OrderMessage' has no key 'd\u{435}scription' | did you mean 'description'? "
                    + "'\u{435}' is U+0435, not the ASCII letter 'e'"
            ),
        ])
    func homoglyphs(line: String, expected: String) throws {
        let manifest = Manifest.with(.init("    topic: orders", line))
        let found = try Reading.of(manifest).diagnostics.map { "\($0.message) | \($0.hint ?? "-")" }
        #expect(found == [expected])
    }

    @Test(
        "a misspelt key is one mistake: what is below it is read as if it were right",
        arguments: [
            ("topic_defaults:", "topics_defaults:"), ("topics:", "topcs:"), ("messages:", "mesages:"),
            ("services:", "servces:"), ("    events:", "    evnts:"), ("    partitions:", "    partitons:"),
            ("    schema:", "    schma:"), ("    discriminator:", "    discriminater:"), ("  families:", "  famlies:"),
            ("      type: counter", "      typ: counter"), ("      from: producer", "      frm: producer"),
            ("{of: shop_seconds, where", "{off: shop_seconds, where"), ("      expr:", "      exp:"),
        ])
    func misspeltKeys(key: String, misspelt: String) throws {
        let found = try Reading.of(Manifest.with(.init(key, misspelt)))
        #expect(found.rules == [.unknownKey], "\(found.text)")
    }

    @Test(
        "values that are of another type in YAML 1.2 have a hint",
        arguments: [
            ("producer_alerts: false", "producer_alerts: yes", "YAML 1.2 has only true and false: write true"),
            ("producer_alerts: false", "producer_alerts: Off", "YAML 1.2 has only true and false: write false"),
            ("partitions: 6", "partitions: \"6\"", "remove the quotes"),
            ("percent: 99.9", "percent: \"99.9\"", "remove the quotes"),
            ("{/id: \"{id}\"}", "{/id: {id}}", "put it in quotes: \"{id}\""),
            ("producers: [web]", "producers: web", "write a list: [web]"),
            ("producers: [web]", "producers:\n      -web", "write a space after '-'"),
        ])
    func values(old: String, new: String, hint: String) throws {
        #expect(try Reading.of(Manifest.with(.init(old, new))).diagnostics.map(\.hint) == [hint])
    }

    private static func shown(_ diagnostics: Diagnostics) -> String {
        diagnostics.sorted.map {
            "\($0.location.line):\($0.location.column): \($0.message) | \($0.hint ?? "-")"
        }.joined(separator: "\n")
    }
}
