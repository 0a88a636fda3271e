import ContractModel
import PromQL
import TestSupport
import Testing

/// Expressions and templates of the lists, with random mistakes in them: nothing traps, and promtool agrees.
@Suite("PromQL: texts at random")
struct ExpressionMutationTests {
    static let queryParts =
        Array("()[]{},:=!~<>+-*/%^@\"'`\\.#_ 059aesx").map(String.init) + [
            "up", "sum", "by", " on ", "(job)", "ignoring", "group_left", "bool", " offset ", "5m", "[5m]", "[5m:1m]",
            "rate",
            "start()", " and ", "==", "=~", "1e", "0x", "Inf", "{a=\"b\"}", "topk", "without", "ü", "\n", "-", "$", "?",
            "|",
        ]
    static let templateParts =
        Array("{}()|.$\"`'\\:=,-/* 059aex_").map(String.init) + [
            "{{", "}}", "{{- ", " -}}", "{{ end }}", "{{ else }}", "if", "range", "with", "define", "$labels", "$value",
            ":=",
            "print", "nil", "true", "/*", "*/", "query \"up\"", ".Labels", "\n", "ü", "break", "template", "\"a\"",
        ]

    static func mutants(of texts: [String], parts: [String], count: Int, seed: UInt64) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            var text = Array(texts.randomElement(using: &generator) ?? "")
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0...text.count, using: &generator)
                let end = min(text.count, place + Int.random(in: 0...4, using: &generator))
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: text.removeSubrange(place..<end)
                case 1: text.insert(contentsOf: parts.randomElement(using: &generator) ?? "", at: place)
                case 2: text.replaceSubrange(place..<end, with: parts.randomElement(using: &generator) ?? "")
                case 3: text.insert(contentsOf: text[place..<end], at: place)
                default:
                    let other = Array(texts.randomElement(using: &generator) ?? "")
                    text.replaceSubrange(
                        place..., with: other.suffix(Int.random(in: 0...other.count, using: &generator)))
                }
            }
            return String(text)
        }
    }

    @Test("mutated expressions are accepted or rejected as by promtool")
    func expressions() throws {
        let texts = try MarkedList("expressions.txt").items.map(\.text)
        // Prometheus 2.42 takes any letter for the colon of a subquery: [5m s] reads as [5m:]. We do not.
        let mutants = Self.mutants(of: texts, parts: Self.queryParts, count: 6000, seed: 42).filter {
            $0.firstMatch(of: /\[[^\]]*[a-z0-9]\s+[A-Za-z_]/) == nil
        }
        #expect(mutants.count > 5000)
        let refused = try Promtool.refused(expressions: mutants)
        for (index, mutant) in mutants.enumerated() {
            #expect(ExpressionAgreementTests.isTaken(mutant) != refused.contains(index), "\(mutant)")
        }
    }

    @Test("mutated expressions are checked without a trap, and print as themselves")
    func checks() throws {
        let known =
            ExpressionCheckerTests.metrics + ExpressionCheckerTests.labels + ExpressionCheckerTests.functions
            + ExpressionCheckerTests.grouping
        var texts = known.map(\.text)
        texts += try MarkedList("expressions.txt").items.filter(\.isTaken).map(\.text)
        var taken = 0
        for mutant in Self.mutants(of: texts, parts: Self.queryParts, count: 6000, seed: 1729) {
            var findings: [Finding] = []
            guard let expression = Expression.parse(mutant, findings: &findings) else { continue }
            taken += 1
            #expect(Expression.parse(expression.description, findings: &findings) == expression, "\(mutant)")
            _ = ExpressionChecker(catalog).labels(of: expression)
            for finding in ExpressionChecker(catalog).check(expression) {
                #expect(finding.range.lowerBound >= 0 && finding.range.upperBound <= mutant.utf8.count, "\(mutant)")
            }
        }
        #expect(taken > 1000)
    }

    @Test("mutated templates are accepted or rejected as by promtool")
    func templates() throws {
        let texts = try MarkedList("templates.txt").items.map(\.text)
        let mutants = Self.mutants(of: texts, parts: Self.templateParts, count: 4000, seed: 7)
        let refused = try Promtool.refused(templates: mutants)
        for (index, mutant) in mutants.enumerated() {
            var findings: [Finding] = []
            let isTaken = AnnotationTemplate.parse(mutant, findings: &findings) != nil
            #expect(isTaken != refused.contains(index), "\(mutant) \(findings.map(\.message))")
        }
    }
}
