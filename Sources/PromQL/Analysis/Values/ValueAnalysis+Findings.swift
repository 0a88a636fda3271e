import ContractModel

/// The findings of comparisons.
extension ValueAnalysis {
    // MARK: Ranges

    mutating func reportNever(
        _ operation: Expression.BinaryOperation, _ left: ResultValues, _ right: ResultValues
    ) {
        let name = operation.binaryOperator.rawValue
        report(
            .neverFires, operation.operatorRange,
            "'\(name)' is never true: " + Self.ranges(left, right), hint: Self.hint(operation, left, right))
    }

    mutating func noteAlways(
        _ operation: Expression.BinaryOperation, _ left: ResultValues, _ right: ResultValues
    ) {
        alwaysTrue.append(
            Finding(
                .alwaysFires, operation.operatorRange,
                "'\(operation.binaryOperator.rawValue)' is always true, so the alert always fires: "
                    + Self.ranges(left, right),
                hint: "choose a limit between these values"))
    }

    private static func ranges(_ left: ResultValues, _ right: ResultValues) -> String {
        "the left side is \(text(left, comparedWith: right)), and the right side is "
            + text(right, comparedWith: left)
    }

    private static func text(_ values: ResultValues, comparedWith other: ResultValues) -> String {
        if isBetweenWholes(values, other) { return "a whole number" }
        switch (values.quantity, other.quantity) {
        case (.past, .now): return "a moment in the past"
        case (.now, .past): return "the current time"
        default: break
        }
        let (low, high) = (values.range.low, values.range.high)
        let number = PromQLLiteral.text(of:)
        if values.range.isExact { return number(low) }
        if high.isInfinite {
            return low.isInfinite ? "any number" : low == 0 ? "never negative" : "at least \(number(low))"
        }
        return low.isInfinite ? "at most \(number(high))" : "between \(number(low)) and \(number(high))"
    }

    private static func hint(
        _ operation: Expression.BinaryOperation, _ left: ResultValues, _ right: ResultValues
    ) -> String? {
        if left.isMissingIfZero, operation.binaryOperator.holds(0, right.range.low) {
            return "a count or sum of no series has no result, instead of 0: use absent(…), or add 'or vector(0)'"
        }
        if left.quantity == .past, right.quantity == .now {
            return "compare the age with a limit, such as time() - x > 300"
        }
        guard right.range.isExact else { return nil }
        let limit = right.range.low
        if isBetweenWholes(left, right) { return "compare with a whole number" }
        if left.isShare, limit > 1, limit <= 100 {
            return
                "a ratio of a part to its whole; did you mean \(PromQLLiteral.text(of: (limit * 1e7).rounded() / 1e9))?"
        }
        if let last = left.bounds.last, limit >= last {
            let isInMilliseconds = left.unit == .seconds && limit / 1000 < last
            return isInMilliseconds
                ? "the value is in seconds; did you mean \(PromQLLiteral.text(of: limit / 1000))?"
                : "a quantile is at most the last bucket; use a smaller limit, or add larger buckets"
        }
        return left.range.low == 0 && limit <= 0 ? nil : "use a limit between these values"
    }

    // MARK: Kinds of values

    /// The smallest number that is probably a moment: September 2001.
    private static let earliestMoment = 1e9

    /// Reports a moment that is compared with a number of seconds, and an age that is compared with a moment.
    mutating func checkQuantities(
        _ operation: Expression.BinaryOperation, _ left: ResultValues, _ right: ResultValues
    ) {
        for (one, other) in [(left, right), (right, left)] {
            let isLimit = other.range.isExact && other.quantity == .other
            if one.quantity.isMoment, other.quantity == .age || isLimit && other.range.low.isDuration {
                let found = isLimit ? PromQLLiteral.text(of: other.range.low) : "the time between two moments"
                report(
                    .momentAsDuration, operation.operatorRange,
                    "a moment, in seconds since 1970, is compared with \(found)",
                    hint: one.quantity == .now ? "compare time() - … with it" : "compare its age: time() - …")
                return
            }
            if one.quantity == .age, isLimit, other.range.low.magnitude >= Self.earliestMoment {
                report(
                    .momentAsDuration, operation.operatorRange,
                    "the seconds between two moments are compared with \(PromQLLiteral.text(of: other.range.low)), "
                        + "which is a moment",
                    hint: "compare them with a number of seconds, such as 3600")
                return
            }
        }
    }

    /// Reports `==` with a number that a computed value meets only by chance.
    mutating func checkExactness(
        _ operation: Expression.BinaryOperation, _ left: ResultValues, _ right: ResultValues
    ) {
        guard [.equal, .notEqual].contains(operation.binaryOperator) else { return }
        for (one, other) in [(left, right), (right, left)] where other.range.isExact && other.isExact {
            let limit = other.range.low
            guard !one.isExact, limit.isFinite, limit != 0, limit != one.range.low, limit != one.range.high else {
                continue
            }
            let outcome = operation.binaryOperator == .equal ? "almost never" : "almost always"
            report(
                .inexactComparison, operation.operatorRange,
                "'\(operation.binaryOperator.rawValue)' is \(outcome) true: a computed value is "
                    + "\(PromQLLiteral.text(of: limit)) only by chance",
                hint: "use '>', '>=', '<' or '<='")
            return
        }
    }

    /// Reports a lower limit for a count or sum of filtered series, which is missing instead of 0.
    mutating func checkEmptiness(
        _ operation: Expression.BinaryOperation, _ left: ResultValues, _ right: ResultValues
    ) {
        let isSwapped = left.range.isExact && !left.isMissingIfZero
        let (count, limit) = isSwapped ? (right, left) : (left, right)
        let comparison = isSwapped ? operation.binaryOperator.reversed : operation.binaryOperator
        guard count.isMissingIfZero, count.isFiltered, limit.range.isExact, !operation.returnsBool,
            [.less, .lessOrEqual, .equal].contains(comparison), comparison.holds(0, limit.range.low)
        else { return }
        report(
            .emptyAsZero, operation.operatorRange,
            "if the inner comparison drops all series, the \(isSwapped ? "right" : "left") side is missing instead of 0, and "
                + "the alert does not fire",
            hint:
                "add 'or vector(0)' to the \(isSwapped ? "right" : "left") side, in parentheses, or compare with 'bool' inside a sum"
        )
    }

    /// The widest step between two bounds in which an interpolated quantile is useful.
    private static let widestStep = 4.0

    /// Reports a limit of a quantile far from any bound, or below the first: quantiles there are guesses.
    mutating func checkBounds(
        _ operation: Expression.BinaryOperation, _ left: ResultValues, _ right: ResultValues
    ) {
        guard let first = left.bounds.first, right.range.isExact, right.range.low > 0 else { return }
        let limit = right.range.low
        if limit >= first, let index = left.bounds.firstIndex(where: { $0 >= limit }), index > 0 {
            let (below, above) = (left.bounds[index - 1], left.bounds[index])
            guard above != limit, above > below * Self.widestStep else { return }
            report(
                .coarseBuckets, operation.operatorRange,
                "the limit \(PromQLLiteral.text(of: limit)) is between the buckets \(PromQLLiteral.text(of: below)) and "
                    + "\(PromQLLiteral.text(of: above)): quantiles there are only guesses",
                hint: "add a bucket at the limit")
            return
        }
        guard limit < first else { return }
        report(
            .coarseBuckets, operation.operatorRange,
            "the limit \(PromQLLiteral.text(of: right.range.low)) is below the first bucket, "
                + "\(PromQLLiteral.text(of: first)): a quantile there is only a guess",
            hint: "add a bucket at the limit")
    }

    // MARK: Same series

    /// Reports an operator both of whose sides have the same series: the quotient is always 1, and the difference 0.
    mutating func isSelfComparison(_ operation: Expression.BinaryOperation, _ left: Side, _ right: Side) -> Bool {
        guard let first = left.expression, let second = right.expression, !left.isScalar, !right.isScalar,
            let comparison = SameSeries(first, second, operation.matching)
        else { return false }
        let outcome: String
        switch operation.binaryOperator {
        case .divide: outcome = "the quotient is always 1"
        case .subtract: outcome = "the difference is always 0"
        case .modulo: outcome = "the remainder is always 0"
        // `x != x` finds NaN.
        case .equal, .notEqual: return false
        case .greater, .less: outcome = "the condition never holds"
        case .greaterOrEqual, .lessOrEqual: outcome = "the condition always holds"
        case .add, .multiply, .power, .atan2, .and, .or, .unless: return false
        }
        let labels = comparison.differing.sorted().map { "'\($0)'" }.joined(separator: " and ")
        report(
            .selfComparison, operation.operatorRange,
            "'\(operation.binaryOperator.rawValue)' compares each series with itself: \(outcome)",
            hint: labels.isEmpty
                ? "compare different series" : "sum both sides by labels without \(labels), such as sum(…) / sum(…)")
        return true
    }
}

extension Double {
    /// Whether a number of seconds is probably not a moment. 0 is the moment of what has not happened.
    fileprivate var isDuration: Bool { self != 0 && magnitude < 1e9 }
}
