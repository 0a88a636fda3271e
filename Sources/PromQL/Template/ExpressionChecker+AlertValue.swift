extension ExpressionChecker {
    /// Returns what is known about the value of an alert.
    package func value(of expression: Expression) -> AlertValue {
        AlertValue(ValueAnalysis.values(of: expression, in: catalog))
    }
}
