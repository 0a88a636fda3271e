import ContractModel
import PromQL
import Testing

/// The expressions of Tests/Fixtures/PromQL/expressions.txt, judged by our parser and by promtool.
@Suite("PromQL: agreement with promtool")
struct ExpressionAgreementTests {
    static func isTaken(_ text: String) -> Bool {
        var findings: [Finding] = []
        let expression = Expression.parse(text, findings: &findings)
        #expect((expression == nil) == !findings.isEmpty, "\(text)")
        for finding in findings {
            #expect(finding.range.lowerBound >= 0 && finding.range.upperBound <= text.utf8.count, "\(text)")
        }
        return expression != nil
    }

    @Test("every expression of the list is accepted or rejected as marked, by the parser and by promtool")
    func list() throws {
        let items = try MarkedList("expressions.txt").items
        #expect(items.count >= 400)
        let refused = try Promtool.refused(expressions: items.map(\.text))
        for (index, item) in items.enumerated() {
            #expect(Self.isTaken(item.text) == item.isTaken, "\(item.text)")
            #expect(!refused.contains(index) == item.isTaken, "promtool: \(item.text)")
        }
    }

    @Test("the printed text of an expression parses to an equal one, also in promtool")
    func roundTrip() throws {
        var printed: [String] = []
        for item in try MarkedList("expressions.txt").items where item.isTaken {
            var findings: [Finding] = []
            let expression = try #require(Expression.parse(item.text, findings: &findings), "\(item.text)")
            let again = try #require(Expression.parse(expression.description, findings: &findings), "\(expression)")
            #expect(expression == again, "\(item.text)")
            #expect(expression.description == again.description)
            printed.append(expression.description)
        }
        let refused = try Promtool.refused(expressions: printed)
        #expect(refused.isEmpty, "\(refused.map { printed[$0] })")
    }
}
