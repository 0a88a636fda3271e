import PromQL

/// For how long a query can hold at a time: what compares the hour of the day holds for so many hours, and no longer.
enum HoldLimit {
    /// In milliseconds; `nil` where nothing bounds it.
    static func longest(_ query: Query) -> Int? {
        switch query.node {
        case .parenthesized(let inner): longest(inner)
        case .binary(let binary): longest(binary)
        case .number, .string, .selector, .subquery, .unary, .aggregation, .call: nil
        }
    }

    private static func longest(_ binary: Query.Binary) -> Int? {
        switch binary.operation {
        case .and: [longest(binary.left), longest(binary.right)].compactMap(\.self).min()
        case .unless: longest(binary.left)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            binary.returnsBool
                ? nil
                : stretch(of: binary.left, and: binary.right, binary.operation.comparison)
                    ?? stretch(of: binary.right, and: binary.left) { binary.operation.comparison($1, $0) }
        case .or, .add, .subtract, .multiply, .divide, .modulo, .atan2, .power: nil
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
