package import PromQL

/// The expression of an alerting rule: its text, and its tree unless the text is invalid.
package struct RuleExpression: Sendable {
    package let text: String
    package let tree: Expression?
    /// The findings of an invalid text.
    let findings: [Finding]

    init(_ tree: Expression) {
        text = tree.description
        self.tree = tree
        findings = []
    }

    /// Parses an expression of the manifest, whose text is kept.
    init(parsing text: String) {
        var findings: [Finding] = []
        self.text = text
        tree = Expression.parse(text, findings: &findings)
        self.findings = findings
    }

    /// The canonical text without outer parentheses.
    var normalized: String { tree?.unparenthesized.description ?? text }
}
