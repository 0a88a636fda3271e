import MonitoringCompiler
import PromQL
import Testing

@Suite("The expressions of intents")
struct RuleExpressionTests {
    @Test("the text of each generated expression parses to its tree")
    func roundTrip() throws {
        for alert in try MonitoringTests.shopAlerts() {
            let tree = try #require(alert.expression.tree, "\(alert.name)")
            var findings: [Finding] = []
            #expect(Expression.parse(alert.expression.text, findings: &findings) == tree, "\(alert.name)")
            #expect(findings == [])
        }
    }

    @Test(
        "operands of a lower precedence are put in parentheses",
        arguments: [
            (Expression.binary(.number(1), .add, .binary(.number(2), .multiply, .number(3))), "1 + 2 * 3"),
            (.binary(.binary(.number(1), .add, .number(2)), .multiply, .number(3)), "(1 + 2) * 3"),
            (.binary(.binary(.number(1), .subtract, .number(2)), .subtract, .number(3)), "1 - 2 - 3"),
            (.binary(.number(1), .subtract, .binary(.number(2), .subtract, .number(3))), "1 - (2 - 3)"),
            (.binary(.binary(.number(2), .power, .number(3)), .power, .number(2)), "(2 ^ 3) ^ 2"),
            (.binary(.number(-2), .power, .number(2)), "(-2) ^ 2"),
            (.binary(.number(1), .multiply, .number(-2)), "1 * (-2)"),
        ])
    func precedence(expression: Expression, text: String) {
        #expect("\(expression)" == text)
    }
}
