import ContractModel

extension Expression {
    /// Parses a text, and checks its syntax and types.
    ///
    /// - Returns: `nil`, with at least one finding, if Prometheus would reject the text.
    package static func parse(_ text: String, findings: inout [Finding]) -> Expression? {
        do throws(Finding) {
            var parser = try ExpressionParser(text)
            let expression = try parser.parse()
            var checker = TypeChecker()
            checker.check(expression)
            findings += checker.findings
            return checker.findings.isEmpty ? expression : nil
        } catch {
            findings.append(error)
            return nil
        }
    }
}
