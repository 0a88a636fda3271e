import JSONTape
import Patterns
import StringFormats
import Testing

/// Patterns by the texts that they match and don't, with the semantics of ECMA-262's flag `u`.
@Suite("compiled patterns")
struct CompiledPatternTests {
    struct Example: CustomTestStringConvertible {
        var pattern: String
        var matching: [String]
        var others: [String]

        init(_ pattern: String, matches matching: [String], not others: [String]) {
            self.pattern = pattern
            self.matching = matching
            self.others = others
        }

        var testDescription: String { pattern }
    }

    @Test(
        arguments: [
            Example("a", matches: ["a", "bab"], not: ["", "b"]),
            Example("^abc$", matches: ["abc"], not: ["abc\n", "xabc", "abcd"]),
            Example("^a|b$", matches: ["ax", "xb"], not: ["xa", "bx"]),
            Example("a{2,3}", matches: ["aa", "aaaa"], not: ["a"]),
            Example("^(ab?){2}$", matches: ["aa", "aba", "abab"], not: ["a", "aaa", "abb"]),
            Example("^.$", matches: ["a", "é", "😀"], not: ["", "\n", "\r", "\u{2028}", "\u{2029}", "ab"]),
            Example(#"^\d\D$"#, matches: ["1a", "1\u{7C0}"], not: ["\u{7C0}a", "11"]),
            Example(#"^\s\S$"#, matches: ["\u{FEFF}a", "\u{A0}1", "\u{2003}\u{180E}"], not: ["  ", "a "]),
            Example(#"^\w\W$"#, matches: ["_é", "a-"], not: ["éa", "ab"]),
            Example(#"\bcat\b"#, matches: ["cat", "a cat!", "écat"], not: ["cats", "_cat"]),
            Example(#"\Bcat\B"#, matches: ["scats"], not: ["cat", "cats", "scat"]),
            Example(#"^\b$"#, matches: [], not: ["", "a"]),
            Example(#"^\B$"#, matches: [""], not: ["a"]),
            Example("^[^a-c]$", matches: ["d", "é", "\n"], not: ["a", "c", ""]),
            Example("^[]$", matches: [], not: ["", "a"]),
            Example("^[^]$", matches: ["\n", "😀"], not: [""]),
            Example(#"^[\w.-]+$"#, matches: ["a.b-c_1"], not: ["a b", "é"]),
            Example(#"^\cA\x41\u0042\u{1F600}\uD83D\uDE00$"#, matches: ["\u{1}AB😀😀"], not: ["AB"]),
            Example("^🐲*$", matches: ["", "🐲", "🐲🐲"], not: ["🐉", "D"]),
            Example("^[😀-😂é]$", matches: ["😁", "é"], not: ["😃", "e", "\u{F0}"]),
            Example(#"^\p{Lu}\p{Letter}\p{digit}$"#, matches: ["Äß৪"], not: ["äß1", "Äß-"]),
            Example(#"^\p{Script=Greek}+$"#, matches: ["αΩ"], not: ["a", "αa"]),
            Example(#"^\P{L}$"#, matches: ["1", "-"], not: ["a", "é"]),
            Example("(?=.*b)(?!.*c)^a", matches: ["ab", "aab"], not: ["a", "abc", "ba"]),
            Example(#"^(?=[^!]+$)(?=(.*\w)).+$"#, matches: ["a", " a"], not: ["", "!a", " "]),
            Example("^(?!foo$).*$", matches: ["fo", "fooo", ""], not: ["foo"]),
            Example("(?<=a)b", matches: ["ab", "bab"], not: ["b", "cb"]),
            Example("(?<!a)b", matches: ["b", "cb", "abb"], not: ["ab", "a"]),
            Example("(?<=^|,)x", matches: ["x", "a,x"], not: ["ax"]),
            Example(#"^((\.(?!\.)\/)?\w+\/?)+$"#, matches: ["a/b", "./a"], not: ["../a", ""]),
            Example("", matches: ["", "a"], not: []),
            Example("a||b", matches: ["", "c"], not: []),
            Example("^(a*)*$", matches: ["", "aaa"], not: ["b"]),
            Example("^a{0}b$", matches: ["b"], not: ["ab"]),
            Example("(?<year>y)", matches: ["y"], not: ["x"]),
            Example(#"^\-\_\@$"#, matches: ["-_@"], not: [#"\-\_\@"#]),
            Example("^{a}$", matches: ["{a}"], not: ["a"]),
            Example(#"^[\w-.]$"#, matches: ["-", ".", "a"], not: [",", "/"]),
        ])
    func matches(_ example: Example) throws {
        let pattern = try CompiledPattern.compile(example.pattern)
        for text in example.matching { #expect(pattern.matches(text), "\(text.debugDescription) in \(pattern.form)") }
        for text in example.others { #expect(!pattern.matches(text), "\(text.debugDescription) in \(pattern.form)") }
    }

    @Test(
        "an unsupported construct is an error with its name and place",
        arguments: [
            (#"(a)\1"#, #"the regular expression uses the backreference '\1', which is not supported"#),
            (#"(?<n>a)\k<n>"#, #"the regular expression uses the backreference '\k<n>', which is not supported"#),
            ("(?<=a$)b", "the regular expression uses '$' in a lookbehind, which is not supported"),
            (#"\p{ExtPict}"#, #"the regular expression uses \p{Extended_Pictographic}, which is not supported"#),
            ("a(b", "invalid regular expression: the group is not closed with ')', at character 2"),
            ("a**", "invalid regular expression: '*' has nothing to repeat, at character 3"),
            ("é[b-a]", "invalid regular expression: the bounds of a range are out of order, at character 3"),
            (#"\a"#, #"invalid regular expression: unknown escape '\a', at character 1"#),
            (
                "(?i)a",
                "invalid regular expression: invalid group: '(?' is followed by ':', '=', '!', '<=', '<!' or '<name>', at character 1"
            ),
            ("((a{1000}){1000}){1000}", "the regular expression is too large: its repetitions need too many states"),
        ])
    func refuses(pattern: String, text: String) {
        do throws(PatternError) {
            let pattern = try CompiledPattern.compile(pattern)
            Issue.record("compiled to \(pattern.form)")
        } catch {
            #expect(error.description == text)
        }
    }

    @Test("a pattern with one meaning outside of the flag 'u' is compiled with a note")
    func notes() throws {
        let pattern = try CompiledPattern.compile(#"^\-a{b]$"#)
        #expect(pattern.notes.map(\.position) == [1, 4, 6])
        #expect(try CompiledPattern.compile(#"^[\-]\/$"#).notes.isEmpty)
    }
}
