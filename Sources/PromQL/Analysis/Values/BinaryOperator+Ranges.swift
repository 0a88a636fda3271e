extension Expression.BinaryOperator {
    /// Compares all values of two ranges.
    func truth(_ left: ValueRange, _ right: ValueRange) -> Truth {
        switch self {
        case .greater: left.low > right.high ? .always : left.high <= right.low ? .never : .sometimes
        case .greaterOrEqual: left.low >= right.high ? .always : left.high < right.low ? .never : .sometimes
        case .less: left.high < right.low ? .always : left.low >= right.high ? .never : .sometimes
        case .lessOrEqual: left.high <= right.low ? .always : left.low > right.high ? .never : .sometimes
        case .equal: isDisjoint(left, right) ? .never : isSame(left, right) ? .always : .sometimes
        case .notEqual: isDisjoint(left, right) ? .always : isSame(left, right) ? .never : .sometimes
        case .or, .and, .unless, .add, .subtract, .multiply, .divide, .modulo, .atan2, .power: .sometimes
        }
    }

    /// The comparison with its sides swapped.
    var reversed: Self {
        switch self {
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        default: self
        }
    }

    /// Returns the range of the values that a comparison keeps.
    func kept(of range: ValueRange, comparedWith other: ValueRange) -> ValueRange {
        switch self {
        case .greater, .greaterOrEqual: ValueRange(max(range.low, other.low), range.high)
        case .less, .lessOrEqual: ValueRange(range.low, min(range.high, other.high))
        case .equal where other.isExact: other
        default: range
        }
    }

    private func isDisjoint(_ left: ValueRange, _ right: ValueRange) -> Bool {
        left.high < right.low || right.high < left.low
    }

    private func isSame(_ left: ValueRange, _ right: ValueRange) -> Bool {
        left.isExact && right.isExact && left.low == right.low && left.low.isFinite
    }
}
