extension ExpressionChecker {
    /// Returns what is known about the value of an alert.
    package func value(of expression: Expression) -> AlertValue {
        var analysis = ValueAnalysis(catalog)
        return AlertValue(analysis.values(of: expression))
    }
}
