import ContractModel

/// Conditions on the same series that exclude each other.
extension ValueAnalysis {
    /// Reports `x > 10 and x < 5`.
    mutating func excludeEachOther(_ operation: Expression.BinaryOperation, _ left: Side, _ right: Side) -> Bool {
        guard areOfSameSeries(operation, left, right),
            left.values.range.high < right.values.range.low || right.values.range.high < left.values.range.low
        else { return false }
        reportNever(operation, left.values, right.values)
        return true
    }

    /// Reports `x > 10 unless x > 5`.
    mutating func removesAll(_ operation: Expression.BinaryOperation, _ left: Side, _ right: Side) -> Bool {
        guard areOfSameSeries(operation, left, right), let condition = right.expression.flatMap(Self.comparison),
            condition.binaryOperator.truth(left.values.range, .exactly(condition.limit)) == .always
        else { return false }
        report(
            .neverFires, operation.operatorRange,
            "'unless' removes each series: the condition on the right holds whenever that on the left does",
            hint: "swap the conditions, or change a limit")
        return true
    }

    private func areOfSameSeries(_ operation: Expression.BinaryOperation, _ left: Side, _ right: Side) -> Bool {
        guard operation.matching == nil, let first = left.expression.flatMap(Self.comparison),
            let second = right.expression.flatMap(Self.comparison)
        else { return false }
        return first.subject.normalForm == second.subject.normalForm
    }

    /// Splits a comparison of series with a number.
    private static func comparison(
        _ expression: Expression
    ) -> (subject: Expression, binaryOperator: Expression.BinaryOperator, limit: Double)? {
        guard case .binary(let binary) = expression.unparenthesized.node, binary.operations.count == 1,
            let operation = binary.operations.first, operation.binaryOperator.isComparison, !operation.returnsBool
        else { return nil }
        let (left, right) = (binary.first.unparenthesized, operation.operand.unparenthesized)
        if let limit = right.constantValue { return (left, operation.binaryOperator, limit) }
        return left.constantValue.map { (right, operation.binaryOperator.reversed, $0) }
    }

    /// Reports a comparison with NaN, which is never true, and `!=`, which is always true.
    mutating func reportNaN(_ operation: Expression.BinaryOperation, _ left: Side, _ right: Side) -> Bool {
        guard [left, right].contains(where: { $0.expression?.constantValue?.isNaN == true }) else { return false }
        let (rule, outcome): (Rule, String) =
            operation.binaryOperator == .notEqual ? (.alwaysFires, "always") : (.neverFires, "never")
        report(
            rule, operation.operatorRange,
            "'\(operation.binaryOperator.rawValue)' is \(outcome) true: no value is equal to NaN, less or greater",
            hint: "write x != x to select the series whose value is NaN")
        return true
    }
}
