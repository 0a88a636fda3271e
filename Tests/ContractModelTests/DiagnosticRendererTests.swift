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
                [{"file":"x.schema.json","line":1,"column":1,"severity":"warning","rule":"unused-schema","message":"unused"}]

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
}
