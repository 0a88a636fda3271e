import ContractModel

extension ExpressionChecker {
    /// Returns the form of a comparison with a limit in which those that hold of the same values are equal.
    ///
    /// Of a gauge that is 0 or 1, `== 0`, `!= 1` and `< 1` are `<= 0`; of a count, `> 0` is `>= 1`.
    package func normalForm(
        of comparison: Expression.BinaryOperator, _ limit: Double, for subject: Expression
    ) -> (comparison: Expression.BinaryOperator, limit: Double) {
        let values = ValueAnalysis.values(of: subject, in: catalog)
        let (low, high) = (values.range.low, values.range.high)
        guard !values.mayBeNaN, limit.isFinite else { return (comparison, limit) }
        let step = values.isWhole ? 1.0 : 0
        switch comparison {
        case .equal where limit == low: return (.lessOrEqual, limit)
        case .equal where limit == high: return (.greaterOrEqual, limit)
        case .notEqual where limit == low: return step > 0 ? (.greaterOrEqual, limit + 1) : (.greater, limit)
        case .notEqual where limit == high: return step > 0 ? (.lessOrEqual, limit - 1) : (.less, limit)
        case .greater where step > 0: return (.greaterOrEqual, limit.rounded(.down) + 1)
        case .greaterOrEqual where step > 0: return (.greaterOrEqual, limit.rounded(.up))
        case .less where step > 0: return (.lessOrEqual, limit.rounded(.up) - 1)
        case .lessOrEqual where step > 0: return (.lessOrEqual, limit.rounded(.down))
        default: return (comparison, limit)
        }
    }
}
