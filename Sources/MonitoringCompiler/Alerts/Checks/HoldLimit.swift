import MetricsCompiler
import PromQL

/// The maximum time for which an expression can hold. A comparison with the hour of the day holds for some hours.
enum HoldLimit {
    /// Returns `nil` if the time is unlimited.
    static func longest(_ expression: Expression) -> Duration? {
        switch expression.node {
        case .parenthesized(let inner): longest(inner)
        case .binary(let binary): longest(binary)
        case .number, .string, .vectorSelector, .matrixSelector, .subquery, .unary, .aggregation, .call: nil
        }
    }

    private static func longest(_ binary: Expression.BinaryExpression) -> Duration? {
        var (limit, left) = (longest(binary.first), Optional(binary.first))
        for operation in binary.operations {
            limit = longest(operation, left, limit)
            left = nil
        }
        return limit
    }

    /// Returns the limit of an operation whose left operand has a limit.
    private static func longest(
        _ operation: Expression.BinaryOperation, _ left: Expression?, _ limit: Duration?
    ) -> Duration? {
        switch operation.binaryOperator {
        case .and: return [limit, longest(operation.operand)].compactMap(\.self).min()
        case .unless: return limit
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard !operation.returnsBool, let left else { return nil }
            let holds = operation.binaryOperator.comparison
            return stretch(of: left, and: operation.operand, holds)
                ?? stretch(of: operation.operand, and: left) { holds($1, $0) }
        case .or, .add, .subtract, .multiply, .divide, .modulo, .atan2, .power: return nil
        }
    }

    /// The functions of the time of day or the date, with their values and the maximum duration of each value.
    private static let clocks: [String: (values: ClosedRange<Int>, length: Duration)] = [
        "minute": (0...59, .minute),
        "hour": (0...23, .hour),
        "day_of_week": (0...6, .day),
        "day_of_month": (1...31, .day),
        "day_of_year": (1...366, .day),
        "month": (1...12, .day * 31),
    ]

    /// Returns the duration of the longest cyclic run of values that satisfy a comparison with a number.
    private static func stretch(
        of expression: Expression, and other: Expression, _ holds: (Double, Double) -> Bool
    ) -> Duration? {
        guard case .call(let call) = expression.node, let clock = clocks[call.name.text], call.arguments.isEmpty,
            case .number(let number) = other.node
        else { return nil }
        let held = clock.values.map { holds(Double($0), number.value) }
        guard held.contains(false) else { return nil }
        var longest = 0
        var current = 0
        for isHeld in held + held {
            current = isHeld ? current + 1 : 0
            longest = max(longest, current)
        }
        return clock.length * longest
    }
}

extension Expression.BinaryOperator {
    /// The comparison of two numbers; always false for other operators.
    fileprivate var comparison: (Double, Double) -> Bool {
        switch self {
        case .equal: (==)
        case .notEqual: (!=)
        case .less: (<)
        case .lessOrEqual: (<=)
        case .greater: (>)
        case .greaterOrEqual: (>=)
        case .or, .and, .unless, .add, .subtract, .multiply, .divide, .modulo, .atan2, .power: { _, _ in false }
        }
    }
}
