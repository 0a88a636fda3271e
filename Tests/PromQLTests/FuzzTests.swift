import PromQL
import TestSupport
import Testing

/// Texts that nobody would write. What matters is that each is answered, and as promtool answers it.
@Suite("PromQL: texts at random")
struct FuzzTests {
    private static let words = [
        "sum", "by", "(", ")", "{", "}", "[", "]", "[5m]", "offset", "5m", "1", "0x", "\"a\"", "=~", "=", "!=", ",",
        "on",
        "group_left", "rate", "up", "and", "-", "+", "^", "@", "bool", ">", "#", "\\", "é", "\u{0}", ":", "start()",
    ]

    private static func mutated(_ text: String, _ generator: inout SeededGenerator) -> String {
        var characters = Array(text)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let position = Int.random(in: 0...characters.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0 where position < characters.count: characters.remove(at: position)
            case 1 where position < characters.count:
                characters.swapAt(position, Int.random(in: characters.indices, using: &generator))
            default: characters.insert(contentsOf: words.randomElement(using: &generator) ?? "", at: position)
            }
        }
        return String(characters)
    }

    @Test("20,000 broken expressions are each read or refused, at a place within the text")
    func expressions() {
        var generator = SeededGenerator(seed: 1)
        for round in 0..<20_000 {
            let base = AgreementTests.expressions[round % AgreementTests.expressions.count]
            let text = Self.mutated(base, &generator)
            do throws(PromQLError) {
                let expression = try Parser.parse(text)
                let errors = TypeChecker.check(expression).errors
                #expect(errors.allSatisfy { $0.range.upperBound <= text.utf8.count })
                let catalog = MetricCatalog(
                    families: [.init(name: "up", kind: .counter, labels: [.init(name: "job", values: ["a"])])],
                    scrapeInterval: 15_000)
                let findings = QueryChecker.check(expression, of: text, against: catalog).findings
                #expect(findings.allSatisfy { $0.range.upperBound <= text.utf8.count }, "\(text)")
            } catch {
                #expect(error.range.upperBound <= text.utf8.count, "\(text)")
            }
        }
    }

    @Test("promtool agrees on broken expressions too")
    func agreement() throws {
        var generator = SeededGenerator(seed: 2)
        let texts = (0..<3000).map { round in
            Self.mutated(AgreementTests.expressions[round % AgreementTests.expressions.count], &generator)
        }
        // What YAML itself can't hold in one line is no question for promtool.
        .filter { text in text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F || $0 == "é" } }
        let refused = try Promtool.refused(texts)
        for (index, text) in texts.enumerated() {
            #expect(
                AgreementTests.isRefused(text) == refused.contains(index),
                "\(text): promtool \(refused.contains(index) ? "refuses" : "accepts") it")
        }
    }

    @Test("20,000 broken templates are each read or refused, at a place within the text")
    func templates() {
        var generator = SeededGenerator(seed: 3)
        for round in 0..<20_000 {
            let text = Self.mutated(AgreementTests.templates[round % AgreementTests.templates.count], &generator)
            let findings = GoTemplate.check(text, labels: ["topic"])
            #expect(findings.allSatisfy { $0.range.upperBound <= text.utf8.count }, "\(text)")
        }
    }

    @Test(
        "brackets without end are refused, and not followed until the stack is full",
        arguments: ["(", "-", "sum(", "a+("])
    func nesting(_ piece: String) {
        let text = String(repeating: piece, count: 100_000)
        #expect(throws: PromQLError.self) { try Parser.parse(text) }
    }
}
