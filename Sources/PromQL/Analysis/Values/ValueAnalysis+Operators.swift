import ContractModel

/// The values of binary operators.
extension ValueAnalysis {
    /// An operand of a binary operator.
    struct Side {
        var values: ResultValues
        /// `nil` if it is a part of a longer binary expression.
        var expression: Expression?
        var isScalar: Bool
        /// The factor and the rest of a product with a number: `100 * x`.
        var product: (factor: Double, expression: Expression, values: ResultValues)?
    }

    mutating func values(
        of binary: Expression.BinaryExpression, _ parts: [ResultValues], from start: Int
    ) -> ResultValues {
        guard let first = parts.first else { return .unknown }
        var left = Side(values: first, expression: binary.first, isScalar: binary.first.type == .scalar)
        for (operation, values) in zip(binary.operations, parts.dropFirst()) {
            let right = Side(
                values: values, expression: operation.operand, isScalar: operation.operand.type == .scalar)
            left = Side(
                values: self.values(of: operation, left, right), expression: nil,
                isScalar: left.isScalar && right.isScalar, product: Self.product(operation, left, right))
        }
        return left.values
    }

    private static func product(
        _ operation: Expression.BinaryOperation, _ left: Side, _ right: Side
    ) -> (factor: Double, expression: Expression, values: ResultValues)? {
        guard operation.binaryOperator == .multiply else { return nil }
        for (factor, other) in [(left, right), (right, left)] where factor.isScalar && factor.values.range.isExact {
            if let expression = other.expression, factor.values.range.low > 0 {
                return (factor.values.range.low, expression, other.values)
            }
        }
        return nil
    }

    private mutating func values(
        of operation: Expression.BinaryOperation, _ left: Side, _ right: Side
    ) -> ResultValues {
        switch operation.binaryOperator {
        case .and:
            var values = left.values
            values.presence = values.presence.and(right.values.presence)
            if excludeEachOther(operation, left, right) || isAbsentToo(operation, left, right) {
                values.presence = .never
            }
            values.isFiltered = values.isFiltered || right.values.presence != .always
            return values
        case .unless:
            var values = left.values
            values.presence =
                values.presence == .never || removesAll(operation, left, right) ? .never : .sometimes
            values.isFiltered = true
            return values
        case .or:
            var values = union(left.values, right.values)
            if let presence = presenceOfAll(operation, left, right) { values.presence = presence }
            return values
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            return values(ofComparison: operation, left, right)
        case .add, .subtract, .multiply, .divide, .modulo, .atan2, .power:
            return values(ofArithmetic: operation, left, right)
        }
    }

    private func union(_ left: ResultValues, _ right: ResultValues) -> ResultValues {
        var values = left
        values.range = left.range.union(right.range)
        values.mayBeNaN = left.mayBeNaN || right.mayBeNaN
        values.isExact = left.isExact && right.isExact
        values.isWhole = left.isWhole && right.isWhole
        if left.quantity != right.quantity { values.quantity = .other }
        values.presence = left.presence.or(right.presence)
        values.isFiltered = left.isFiltered && right.isFiltered
        values.isMissingIfZero = left.isMissingIfZero && right.isMissingIfZero
        if left.unit != right.unit { values.unit = nil }
        values.isShare = left.isShare && values.range == left.range
        values.bounds = values.range == left.range ? left.bounds : []
        return values
    }

    // MARK: Arithmetic

    private mutating func values(
        ofArithmetic operation: Expression.BinaryOperation, _ left: Side, _ right: Side
    ) -> ResultValues {
        if isSelfComparison(operation, left, right) { return .unknown }
        var values = ResultValues(
            mayBeNaN: left.values.mayBeNaN || right.values.mayBeNaN,
            isExact: left.values.isExact && right.values.isExact)
        values.presence = left.values.presence.and(right.values.presence)
        let isMatched = left.isScalar || right.isScalar || operation.matching == nil
        if values.presence == .always, !isMatched { values.presence = .sometimes }
        values.isFiltered = left.values.isFiltered || right.values.isFiltered
        values.isMissingIfZero =
            left.values.isMissingIfZero
            && (right.isScalar || operation.binaryOperator == .divide || operation.binaryOperator == .multiply)
        let (first, second) = (left.values.range, right.values.range)
        values.isWhole =
            left.values.isWhole && right.values.isWhole
            && [.add, .subtract, .multiply].contains(operation.binaryOperator)
        switch operation.binaryOperator {
        case .add: values.range = first + second
        case .subtract:
            values.range = difference(left.values, right.values)
            // The rest of a ratio is one.
            values.isShare = right.values.isShare && first.isExact && first.low == 1
        case .multiply:
            values.range = first * second
            let factor = right.values.isShare || right.values.unit == .ratio ? left.values : right.values
            let isOfRatio = [left.values, right.values].contains { $0.isShare || $0.unit == .ratio }
            if isOfRatio, factor.range.isExact, factor.range.low == 100 { values.unit = .percent }
        case .divide:
            values.isExact = false
            values.range = first / second
            if second.contains(0) { values.mayBeNaN = true }
            if let part = left.expression, let whole = right.expression,
                PartOfWhole(operation.matching).isPart(part, of: whole), first.low >= 0
            {
                (values.range, values.isShare) = (ValueRange(0, 1), true)
            } else if let product = left.product, let whole = right.expression, product.values.range.low >= 0,
                PartOfWhole(operation.matching).isPart(product.expression, of: whole)
            {
                values.range = ValueRange(0, product.factor)
                if product.factor == 100 { values.unit = .percent }
            }
        case .modulo:
            values.mayBeNaN = values.mayBeNaN || second.contains(0)
            values.isWhole = left.values.isWhole && right.values.isWhole
            if first.low >= 0, second.isExact, second.low > 0 {
                values.range = ValueRange(0, values.isWhole ? second.low - 1 : second.low)
            }
        case .power, .atan2: (values.isExact, values.mayBeNaN) = (false, true)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or, .unless: break
        }
        values.quantity = quantity(operation.binaryOperator, left.values, right.values)
        return values
    }

    /// Returns the range of a difference. A moment in the past is before the current time.
    private func difference(_ left: ResultValues, _ right: ResultValues) -> ValueRange {
        switch (left.quantity, right.quantity) {
        case (.now, .past): .notNegative
        case (.past, .now): -.notNegative
        default: left.range - right.range
        }
    }

    private func quantity(
        _ binaryOperator: Expression.BinaryOperator, _ left: ResultValues, _ right: ResultValues
    ) -> ResultValues.Quantity {
        switch (binaryOperator, left.quantity.isMoment, right.quantity.isMoment) {
        case (.subtract, true, true): .age
        case (.add, true, false), (.subtract, true, false), (.add, false, true): .moment
        default: .other
        }
    }

    // MARK: Comparisons

    /// Returns whether a value is a fraction, and the others are whole numbers.
    static func isBetweenWholes(_ wholes: ResultValues, _ fraction: ResultValues) -> Bool {
        wholes.isWhole && fraction.range.isExact && fraction.range.low.isFinite
            && fraction.range.low.rounded() != fraction.range.low
    }

    private mutating func values(
        ofComparison operation: Expression.BinaryOperation, _ left: Side, _ right: Side
    ) -> ResultValues {
        if isSelfComparison(operation, left, right) { return .unknown }
        let isConstant = left.isScalar && right.isScalar && left.values.range.isExact && right.values.range.isExact
        if isConstant { return ResultValues(range: ValueRange(0, 1), isExact: true, presence: .always) }
        if reportNaN(operation, left, right) { return .unknown }
        var truth = operation.binaryOperator.truth(left.values.range, right.values.range)
        if Self.isBetweenWholes(left.values, right.values) || Self.isBetweenWholes(right.values, left.values) {
            if operation.binaryOperator == .equal { truth = .never }
            if operation.binaryOperator == .notEqual { truth = .always }
        }
        // A moment in the past is before the current time.
        switch (left.values.quantity, right.values.quantity, operation.binaryOperator) {
        case (.past, .now, .greater), (.now, .past, .less): truth = .never
        case (.past, .now, .lessOrEqual), (.now, .past, .greaterOrEqual): truth = .always
        default: break
        }
        let isCertain = !left.values.mayBeNaN && !right.values.mayBeNaN
        // A comparison with NaN is false; only `!=` is true.
        let isNever = truth == .never && (isCertain || operation.binaryOperator != .notEqual)
        if isNever {
            reportNever(operation, left.values, right.values)
        } else {
            if truth == .always, isCertain { noteAlways(operation, left.values, right.values) }
            checkQuantities(operation, left.values, right.values)
            checkExactness(operation, left.values, right.values)
            checkEmptiness(operation, left.values, right.values)
            checkBounds(operation, left.values, right.values)
        }
        guard !operation.returnsBool else {
            return ResultValues(
                range: ValueRange(0, 1), isExact: true, isWhole: true,
                presence: left.values.presence.and(right.values.presence),
                isFiltered: left.values.isFiltered || right.values.isFiltered)
        }
        var values = left.isScalar ? right.values : left.values
        values.presence = left.values.presence.and(right.values.presence)
        values.isFiltered = true
        let isMatched = left.isScalar || right.isScalar || operation.matching == nil
        if isNever { values.presence = .never }
        let other = left.isScalar ? left.values.range : right.values.range
        if !isNever {
            let comparison = left.isScalar ? operation.binaryOperator.reversed : operation.binaryOperator
            values.range = comparison.kept(of: values.range, comparedWith: other)
        }
        if operation.binaryOperator != .notEqual { values.mayBeNaN = false }
        if values.presence == .always, truth != .always || !isCertain || !isMatched { values.presence = .sometimes }
        return values
    }
}
