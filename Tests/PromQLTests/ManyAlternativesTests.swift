import ContractModel
import PromQL
import Testing

/// Patterns that list more values than a person writes.
@Suite struct ManyAlternativesTests {
    private static let values = (0..<2000).map { "value_\($0)" }
    private static let catalog = MetricCatalog(
        families: [MetricFamily("m_total", .counter, labels: [.init("l", .closed(values))])],
        scrapeInterval: .seconds(15))

    private func findings(_ pattern: String) throws -> [String] {
        let expression = try parsed("rate(m_total{l=~\"\(pattern)\"}[5m])")
        return ExpressionChecker(Self.catalog).check(expression).map(\.message)
    }

    @Test("a list of thousands of values is checked value by value", .timeLimit(.minutes(20)))
    func listed() throws {
        #expect(try findings(Self.values.joined(separator: "|")).isEmpty)
        #expect(
            try findings((Self.values + ["value_x"]).joined(separator: "|"))
                == ["the label 'l' never has the value 'value_x'"])
        #expect(
            try findings("value_(" + (0...2000).map(String.init).joined(separator: "|") + ")")
                == ["the label 'l' never has the value 'value_2000'"])
    }

    @Test("an expression that is too long is rejected at once")
    func tooLong() throws {
        var findings: [Finding] = []
        let text = Array(repeating: "m_total", count: 30_000).joined(separator: " or ")
        #expect(Expression.parse(text, findings: &findings) == nil)
        #expect(findings.map(\.message) == ["the expression has \(text.utf8.count) bytes, more than 262144"])
    }

    @Test("thousands of patterns are not run against thousands of values", .timeLimit(.minutes(20)))
    func patterns() throws {
        #expect(try findings("value_9.|other.*") == ["'other.*' matches no value of the label 'l'"])
        #expect(try findings((0..<2000).map { "x\($0).*" }.joined(separator: "|")).isEmpty)
    }
}
