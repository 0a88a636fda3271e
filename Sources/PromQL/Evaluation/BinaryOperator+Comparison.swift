extension Expression.BinaryOperator {
    /// Returns whether a comparison holds; false for other operators.
    package func holds(_ left: Double, _ right: Double) -> Bool {
        value(left, right, isBool: true) == 1 && isComparison
    }
}
