import ContractModel
import Testing

@Suite struct DiagnosticRendererTests {
    private let diagnostics = [
        Diagnostic(
            .error, .unknownTopic, at: SourceLocation(file: "a,b:c.yaml", line: 3, column: 7), "no topic '%\n'",
            hint: "mean \u{1B}[31m?"),
        Diagnostic(.warning, .unusedSchema, at: SourceLocation(file: "x.schema.json"), "unused"),
    ]

    @Test("as text, a contract's own words can't break the line or speak to the terminal")
    func text() {
        #expect(
            DiagnosticRenderer(format: .text).render(diagnostics) == """
                a,b:c.yaml:3:7: error: no topic '%\\u{a}' [unknown-topic]
                a,b:c.yaml:3:7: note: mean \\u{1b}[31m?
                x.schema.json:1:1: warning: unused [unused-schema]

                """)
    }

    @Test("as JSON")
    func json() {
        #expect(
            DiagnosticRenderer(format: .json).render(Array(diagnostics.suffix(1))) == """
                [{"file":"x.schema.json","line":1,"column":1,"severity":"warning","rule":"unused-schema","page":"\(Rule.unusedSchema.page)","message":"unused"}]

                """)
        #expect(DiagnosticRenderer(format: .json).render([]) == "[]\n")
    }

    @Test("as GitHub's commands, with its escapes")
    func github() {
        #expect(
            DiagnosticRenderer(format: .github).render(diagnostics) == """
                ::error file=a%2Cb%3Ac.yaml,line=3,col=7,title=unknown-topic::no topic '%25%0A'%0Amean \u{1B}[31m?
                ::warning file=x.schema.json,line=1,col=1,title=unused-schema::unused

                """)
    }

    @Test("colours where they are asked for")
    func colors() {
        let text = DiagnosticRenderer(format: .text, usesColor: true).render(Array(diagnostics.suffix(1)))
        #expect(text == "x.schema.json:1:1: \u{1B}[35;1mwarning\u{1B}[0m: unused \u{1B}[2m[unused-schema]\u{1B}[0m\n")
    }

    @Test(
        "the word that was meant",
        arguments: [
            ("retenton", "retention"), ("partitons", "partitions"), ("purpsoe", "purpose"), ("flavour", nil),
            ("RETENTION", "retention"),
        ] as [(String, String?)])
    func suggestions(word: String, expected: String?) {
        #expect(Suggestion.nearest(to: word, among: ["retention", "partitions", "purpose"]) == expected)
    }

    @Test("a hint lists what was expected where nothing is near, and no more than can be read")
    func hints() {
        #expect(Suggestion.hint(for: "asert", among: ["assert", "annotate"]) == "did you mean 'assert'?")
        #expect(Suggestion.hint(for: "yes", among: ["assert", "annotate"]) == "expected one of: annotate, assert")
        #expect(Suggestion.hint(for: "x", among: (100..<150).map(String.init)).hasSuffix("118, 119 and 30 more"))
    }

    @Test("a word is never meant by one that shares no letter with it", arguments: ["", "x", "xy"])
    func nothingInCommon(word: String) {
        #expect(Suggestion.nearest(to: word, among: ["a", "b"]) == nil)
    }

    @Test(
        "what a contract says can't turn a line around, nor what a path says",
        arguments: ["\u{1B}[2J", "\u{9B}2J", "\r", "\u{202E}", "\u{2028}", "\u{7F}"])
    func controls(text: String) throws {
        let scalar = try #require(text.unicodeScalars.first)
        let diagnostic = Diagnostic(.error, .invalidName, at: SourceLocation(file: text), text, hint: text)
        let rendered = DiagnosticRenderer(format: .text).render([diagnostic])
        #expect(!rendered.unicodeScalars.contains(scalar))
    }
}
