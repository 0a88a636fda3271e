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

    private func isDisjoint(_ left: ValueRange, _ right: ValueRange) -> Bool {
        left.high < right.low || right.high < left.low
    }

    private func isSame(_ left: ValueRange, _ right: ValueRange) -> Bool {
        left.isExact && right.isExact && left.low == right.low && left.low.isFinite
    }
}
