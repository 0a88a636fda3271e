import ContractModel

/// Conditions on the same series that exclude each other.
extension ValueAnalysis {
    /// Reports `x > 10 and x < 5`.
    mutating func excludeEachOther(_ operation: Expression.BinaryOperation, _ left: Side, _ right: Side) -> Bool {
        guard let pair = comparisons(operation, left, right),
            // NaN satisfies no comparison but '!='.
            !pair.subject.mayBeNaN || pair.operators.contains(where: { $0 != .notEqual }),
            !pair.truths.contains(where: { $0.first && $0.second })
        else { return false }
        if left.values.range.high < right.values.range.low || right.values.range.high < left.values.range.low {
            reportNever(operation, left.values, right.values)
        } else {
            report(
                .neverFires, operation.operatorRange,
                "'\(operation.binaryOperator.rawValue)' is never true: no value satisfies both conditions",
                hint: "change a limit")
        }
        return true
    }

    /// Reports `x > 10 unless x > 5`, and `x unless x`.
    mutating func removesAll(_ operation: Expression.BinaryOperation, _ left: Side, _ right: Side) -> Bool {
        let hint: String
        if operation.matching == nil, let first = left.expression, let second = right.expression,
            first.unparenthesized.normalForm == second.unparenthesized.normalForm
        {
            hint = "compare the series on one side"
        } else if areOfSameSeries(operation, left, right), let condition = right.expression.flatMap(Self.comparison),
            condition.binaryOperator.truth(left.values.range, .exactly(condition.limit)) == .always
        {
            hint = "swap the conditions, or change a limit"
        } else {
            return false
        }
        report(
            .neverFires, operation.operatorRange,
            "'unless' removes each series: the condition on the right holds whenever that on the left does", hint: hint)
        return true
    }

    private func areOfSameSeries(_ operation: Expression.BinaryOperation, _ left: Side, _ right: Side) -> Bool {
        guard operation.matching == nil, let first = left.expression.flatMap(Self.comparison),
            let second = right.expression.flatMap(Self.comparison)
        else { return false }
        return first.subject.normalForm == second.subject.normalForm
    }

    // MARK: Either condition

    /// Returns the presence of the series of `x > 10 or x <= 10`, one of whose conditions holds of each; `nil` of other unions.
    mutating func presenceOfAll(
        _ operation: Expression.BinaryOperation, _ left: Side, _ right: Side
    ) -> ResultValues.Presence? {
        if isOfAbsent(left, right) || isOfAbsent(right, left) {
            noteAlways(operation, "the series exist or are absent")
            return .always
        }
        guard let pair = comparisons(operation, left, right), !pair.subject.mayBeNaN,
            pair.truths.allSatisfy({ $0.first || $0.second })
        else { return nil }
        noteAlways(operation, "each value satisfies one of the conditions")
        return pair.subject.presence
    }

    private mutating func noteAlways(_ operation: Expression.BinaryOperation, _ reason: String) {
        alwaysTrue.append(
            Finding(
                .alwaysFires, operation.operatorRange, "'or' is always true, so the alert always fires: \(reason)",
                hint: "leave a gap between the conditions, or write 'and'"))
    }

    /// Two comparisons of the same series with numbers.
    private struct ComparisonPair {
        var operators: [Expression.BinaryOperator]
        /// The values of the series.
        var subject: ResultValues
        /// The conditions that hold of values, among which is one of each part of the range, as the limits divide it.
        var truths: [(first: Bool, second: Bool)]
    }

    private func comparisons(
        _ operation: Expression.BinaryOperation, _ left: Side, _ right: Side
    ) -> ComparisonPair? {
        guard areOfSameSeries(operation, left, right), let first = left.expression.flatMap(Self.comparison),
            let second = right.expression.flatMap(Self.comparison)
        else { return nil }
        let subject = Self.values(of: first.subject, in: catalog)
        return ComparisonPair(
            operators: [first.binaryOperator, second.binaryOperator], subject: subject,
            truths: Self.samples(of: subject, first.limit, second.limit).map { value in
                (first.binaryOperator.holds(value, first.limit), second.binaryOperator.holds(value, second.limit))
            })
    }

    /// Returns values among which is one of each part of a range, as two limits divide it.
    private static func samples(of values: ResultValues, _ first: Double, _ second: Double) -> [Double] {
        let range = values.range
        let bounds = [range.low, range.high].filter(\.isFinite)
        let limits = ([first, second] + bounds).filter(\.isFinite).sorted()
        var points = limits.flatMap {
            [$0.rounded(.down) - 1, $0.rounded(.down), $0.rounded(.up), $0.rounded(.up) + 1]
        }
        if !values.isWhole {
            points += limits + zip(limits, limits.dropFirst()).map { ($0 + $1) / 2 }
        }
        return points.filter { range.contains($0) }
    }

    /// Returns whether a side is `absent` of the series of the other, whose values its comparison does not restrict.
    private func isOfAbsent(_ absent: Side, _ other: Side) -> Bool {
        guard let series = absent.expression.flatMap(Self.absentSeries), let expression = other.expression else {
            return false
        }
        if expression.normalForm == series { return true }
        guard let condition = Self.comparison(expression), condition.subject.normalForm == series else { return false }
        let values = Self.values(of: condition.subject, in: catalog)
        return !values.mayBeNaN && condition.binaryOperator.truth(values.range, .exactly(condition.limit)) == .always
    }

    /// Reports `absent(x) and on () x > 5`.
    mutating func isAbsentToo(_ operation: Expression.BinaryOperation, _ left: Side, _ right: Side) -> Bool {
        for (one, other) in [(left, right), (right, left)] {
            guard let series = one.expression.flatMap(Self.absentSeries), let expression = other.expression,
                expression.normalForm == series || Self.comparison(expression)?.subject.normalForm == series
            else { continue }
            report(
                .neverFires, operation.operatorRange, "'and' is never true: the series are absent on one side only",
                hint: "write 'or', or two alerts")
            return true
        }
        return false
    }

    /// Returns the normal form of the argument of `absent`.
    private static func absentSeries(_ expression: Expression) -> String? {
        guard case .call(let call) = expression.unparenthesized.node, call.function.name == "absent" else { return nil }
        return call.arguments.first?.unparenthesized.normalForm
    }

    // MARK: Comparisons

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
