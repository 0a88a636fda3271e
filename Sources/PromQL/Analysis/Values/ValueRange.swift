/// The range of the values that a result can have, apart from NaN. An infinite bound is unknown.
package struct ValueRange: Hashable, Sendable {
    package var low: Double
    package var high: Double

    package init(_ low: Double, _ high: Double) {
        // The sum with 0 is never -0.
        self.low = low.isNaN ? -.infinity : low + 0
        self.high = high.isNaN ? .infinity : high + 0
    }

    package static let all = ValueRange(-.infinity, .infinity)
    package static let notNegative = ValueRange(0, .infinity)
    static func exactly(_ value: Double) -> ValueRange { ValueRange(value, value) }

    var isExact: Bool { low == high }
    func contains(_ value: Double) -> Bool { low <= value && value <= high }

    /// Returns the smallest range that contains both.
    func union(_ other: ValueRange) -> ValueRange { ValueRange(min(low, other.low), max(high, other.high)) }

    /// Applies a function that never decreases.
    func mapped(_ function: (Double) -> Double) -> ValueRange { ValueRange(function(low), function(high)) }

    static prefix func - (range: ValueRange) -> ValueRange { ValueRange(-range.high, -range.low) }

    static func + (left: ValueRange, right: ValueRange) -> ValueRange {
        ValueRange(left.low + right.low, left.high + right.high)
    }

    static func - (left: ValueRange, right: ValueRange) -> ValueRange { left + -right }

    static func * (left: ValueRange, right: ValueRange) -> ValueRange {
        // An infinite bound represents all finite values: times 0, each is 0.
        func product(_ a: Double, _ b: Double) -> Double { a == 0 || b == 0 ? 0 : a * b }
        let products = [
            product(left.low, right.low), product(left.low, right.high), product(left.high, right.low),
            product(left.high, right.high),
        ]
        return ValueRange(products.min() ?? -.infinity, products.max() ?? .infinity)
    }

    static func / (left: ValueRange, right: ValueRange) -> ValueRange {
        if right.low > 0 || right.high < 0 { return left * ValueRange(1 / right.high, 1 / right.low) }
        if left.low >= 0, right.low >= 0 { return .notNegative }
        return .all
    }
}

/// The truth of a condition for the values of a result.
enum Truth {
    case always, never, sometimes
}
