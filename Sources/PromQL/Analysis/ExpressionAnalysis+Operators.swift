import ContractModel

/// The results of binary operators.
extension ExpressionAnalysis {
    /// A binary operation with the inferred results of its operands.
    struct BinaryOperands {
        var operation: Expression.BinaryOperation
        var left: Shape
        /// The place of the left operand.
        var leftRange: Range<Int>
        /// `nil` if the left operand is a part of a longer binary expression.
        var leftExpression: Expression?
        var right: Shape

        var binaryOperator: Expression.BinaryOperator { operation.binaryOperator }
        var matching: Expression.VectorMatching? { operation.matching }
    }

    mutating func shape(of binary: Expression.BinaryExpression, _ parts: [Shape], from start: Int) -> Shape {
        guard var left = parts.first else { return Shape() }
        var (leftRange, leftExpression) = (binary.first.range, Optional(binary.first))
        for (operation, right) in zip(binary.operations, parts.dropFirst()) {
            left = shape(
                of: BinaryOperands(
                    operation: operation, left: left, leftRange: leftRange, leftExpression: leftExpression, right: right
                ))
            (leftRange, leftExpression) = (start..<operation.operand.range.upperBound, nil)
        }
        return left
    }

    private mutating func shape(of operands: BinaryOperands) -> Shape {
        checkThreshold(operands)
        var result: Shape
        switch (operands.left.type == .scalar, operands.right.type == .scalar) {
        case (true, true): result = Shape(type: .scalar, role: role(of: operands))
        case (false, true), (true, false):
            result = operands.right.type == .scalar ? operands.left : operands.right
            if operands.binaryOperator.isComparison {
                result.isComplete = result.isComplete && operands.operation.returnsBool
            } else {
                result.role = role(of: operands)
            }
        case (false, false): result = shape(ofVectors: operands)
        }
        if operands.operation.returnsBool { result.role = .other }
        if operands.operation.returnsBool
            || !(operands.binaryOperator.isComparison || operands.binaryOperator.isSetOperator)
        {
            result.labels.remove(LabelSet.metricName)
        }
        return result
    }

    func role(of operands: BinaryOperands) -> Shape.Role {
        switch operands.binaryOperator {
        case .or: return operands.left.role.united(with: operands.right.role)
        case .and, .unless, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return operands.left.role
        case .add, .subtract, .multiply, .divide, .modulo, .atan2, .power:
            return operands.left.role.combined(with: operands.right.role, by: operands.binaryOperator)
        }
    }

    // MARK: Thresholds

    /// Reports the comparison of a counter with a level: it depends on how long a process has run.
    private mutating func checkThreshold(_ operands: BinaryOperands) {
        guard operands.binaryOperator.isComparison else { return }
        let (left, right) = (operands.left, operands.right)
        if left.role.isOfWholeLife, Self.isLevel(right) {
            reportTotal(left, operands.leftExpression, at: operands.leftRange, operands, threshold: right)
        } else if right.role.isOfWholeLife, Self.isLevel(left) {
            let operand = operands.operation.operand
            reportTotal(right, operand, at: operand.range, operands, threshold: left)
        }
    }

    private static func isLevel(_ shape: Shape) -> Bool {
        switch shape.role {
        case .constant, .gauge: true
        case .other: shape.type == .scalar
        case .counter, .rate, .ratioOfTotals, .buckets, .bucketRates, .mixedBuckets, .unknown: false
        }
    }

    private mutating func reportTotal(
        _ total: Shape, _ expression: Expression?, at place: Range<Int>, _ operands: BinaryOperands, threshold: Shape
    ) {
        // `x == 0` asks whether something has ever happened.
        if operands.binaryOperator == .equal, threshold.constant == 0 { return }
        let range = PrometheusDuration.text(of: suggestedRange)
        if total.role == .ratioOfTotals {
            report(
                .rawCounter, place,
                "this is a ratio of counters since their processes started: it does not show the present",
                hint: "divide their growth: rate(…[\(range)]) / rate(…[\(range)])")
            return
        }
        let subject = total.metric.map { "'\($0)' is a counter" } ?? "this is a counter"
        var hint = "compare its growth: rate(…[\(range)]) or increase(…[\(range)])"
        if case .vectorSelector(let selector)? = expression?.node {
            let matrix = Expression.MatrixSelector(vectorSelector: selector, range: suggestedRange)
            hint = "compare its growth: increase(\(matrix))"
        }
        report(
            .rawCounter, place, "\(subject): compared directly, it grows until its process restarts",
            hint: hint)
    }
}
