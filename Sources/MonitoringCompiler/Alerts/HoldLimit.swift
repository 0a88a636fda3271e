import MetricsCompiler
import PromQL

/// For how long a query can hold at a time: what compares the hour of the day holds for so many hours, and no longer.
enum HoldLimit {
    /// In milliseconds; `nil` where nothing bounds it.
    static func longest(_ query: Query) -> Int? {
        switch query.node {
        case .parenthesized(let inner): longest(inner)
        case .chain(let chain): longest(chain)
        case .number, .string, .selector, .subquery, .unary, .aggregation, .call: nil
        }
    }

    /// What is to the left of an operator is all of the chain before it.
    private static func longest(_ chain: Query.Chain) -> Int? {
        var (limit, left) = (longest(chain.first), Optional(chain.first))
        for link in chain.links {
            limit = longest(link, left, limit)
            left = nil
        }
        return limit
    }

    /// For how long the operator's result can hold, when its left side can for `limit`.
    private static func longest(_ link: Query.Link, _ left: Query?, _ limit: Int?) -> Int? {
        switch link.operation {
        case .and: return [limit, longest(link.operand)].compactMap(\.self).min()
        case .unless: return limit
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard !link.returnsBool, let left else { return nil }
            let holds = link.operation.comparison
            return stretch(of: left, and: link.operand, holds)
                ?? stretch(of: link.operand, and: left) { holds($1, $0) }
        case .or, .add, .subtract, .multiply, .divide, .modulo, .atan2, .power: return nil
        }
    }

    /// What counts on with time, from the first value to the last, and how long each lasts at most.
    private static let clocks: [String: (values: ClosedRange<Int>, length: Int)] = [
        "minute": (0...59, 60_000),
        "hour": (0...23, 3_600_000),
        "day_of_week": (0...6, 86_400_000),
        "day_of_month": (1...31, 86_400_000),
        "day_of_year": (1...366, 86_400_000),
        "month": (1...12, 31 * 86_400_000),
    ]

    /// The most that a clock's values, one after the other and around, compare as they should with a number.
    private static func stretch(
        of query: Query, and other: Query, _ holds: (Double, Double) -> Bool
    ) -> Int? {
        guard case .call(let call) = query.node, let clock = clocks[call.name.text], call.arguments.isEmpty,
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
        return longest * clock.length
    }
}

extension Query.BinaryOperator {
    /// Whether two numbers compare as a comparison says; none do by any other operator.
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
