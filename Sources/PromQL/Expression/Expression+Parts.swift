/// An expression that is being folded, with its progress.
private struct OpenFold {
    let expression: Expression
    /// The index of the first value of its parts.
    let firstValue: Int
    private let parts: [Expression]
    private var count = 0

    init(expression: Expression, firstValue: Int) {
        self.expression = expression
        self.firstValue = firstValue
        parts = expression.parts
    }

    mutating func nextPart() -> Expression? {
        guard count < parts.count else { return nil }
        count += 1
        return parts[count - 1]
    }
}

/// The traversal of an expression.
extension Expression {
    /// The direct parts, in the order of the text.
    var parts: [Expression] {
        switch node {
        case .number, .string, .vectorSelector, .matrixSelector: []
        case .subquery(let subquery): [subquery.expression]
        case .parenthesized(let inner), .unary(_, let inner): [inner]
        case .binary(let binary): [binary.first] + binary.operations.map(\.operand)
        case .aggregation(let aggregation): [aggregation.parameter, aggregation.operand].compactMap(\.self)
        case .call(let call): call.arguments
        }
    }

    /// Computes a value for each part from the values of its own parts, without recursion.
    ///
    /// - Returns: The value of the whole expression.
    package func folded<Value>(_ value: (Expression, [Value]) -> Value) -> Value {
        // One array for the values of all open expressions: an array in each would be copied with it.
        var values: [Value] = []
        var open = [OpenFold(expression: self, firstValue: 0)]
        while true {
            let last = open.count - 1
            if let part = open[last].nextPart() {
                open.append(OpenFold(expression: part, firstValue: values.count))
                continue
            }
            let done = open.removeLast()
            let result = value(done.expression, Array(values[done.firstValue...]))
            if open.isEmpty { return result }
            values.removeSubrange(done.firstValue...)
            values.append(result)
        }
    }

    /// The value of a constant, such as `0.95` or `14.4 * 0.001`; `nil` of other expressions.
    package var constantValue: Double? { folded { expression, values in expression.constant(ofParts: values) } }

    /// The selectors of series, in the order of the text.
    package var selectors: [VectorSelector] {
        var selectors: [VectorSelector] = []
        var open = [self]
        while let expression = open.popLast() {
            switch expression.node {
            case .vectorSelector(let selector): selectors.append(selector)
            case .matrixSelector(let matrix): selectors.append(matrix.vectorSelector)
            default: open += expression.parts.reversed()
            }
        }
        return selectors
    }

    /// The expression inside any parentheses around it.
    package var unparenthesized: Expression {
        var expression = self
        while case .parenthesized(let inner) = expression.node { expression = inner }
        return expression
    }
}

// MARK: Equality

extension Expression {
    package static func == (left: Expression, right: Expression) -> Bool {
        var pairs = [(left, right)]
        while let (left, right) = pairs.popLast() {
            let (leftParts, rightParts) = (left.parts, right.parts)
            guard leftParts.count == rightParts.count, left.node.isEqualApartFromParts(to: right.node) else {
                return false
            }
            pairs += zip(leftParts, rightParts)
        }
        return true
    }
}

extension Expression.Node {
    /// Returns whether two nodes are equal, apart from their parts.
    fileprivate func isEqualApartFromParts(to other: Self) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)): return left == right
        case (.string(let left), .string(let right)): return left == right
        case (.vectorSelector(let left), .vectorSelector(let right)): return left == right
        case (.matrixSelector(let left), .matrixSelector(let right)): return left == right
        case (.subquery(let left), .subquery(let right)):
            return left.range == right.range && left.step == right.step && left.time == right.time
        case (.parenthesized, .parenthesized): return true
        case (.unary(let left, _), .unary(let right, _)): return left == right
        case (.binary(let left), .binary(let right)):
            return zip(left.operations, right.operations).allSatisfy { left, right in
                left.binaryOperator == right.binaryOperator && left.returnsBool == right.returnsBool
                    && left.matching == right.matching
            }
        case (.aggregation(let left), .aggregation(let right)):
            return left.operation == right.operation && left.grouping == right.grouping
        case (.call(let left), .call(let right)): return left.name == right.name
        case (.number, _), (.string, _), (.vectorSelector, _), (.matrixSelector, _), (.subquery, _),
            (.parenthesized, _), (.unary, _), (.binary, _),
            (.aggregation, _), (.call, _):
            return false
        }
    }
}
