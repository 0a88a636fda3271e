/// Expressions that are built from parts, without a place in a text.
extension Expression {
    package init(_ node: Node) { self.init(node: node, range: 0..<0) }

    package static func number(_ value: Double) -> Expression { Expression(.number(.init(value: value))) }

    /// Calls a function.
    package static func call(_ function: PromQLFunction, _ arguments: Expression...) -> Expression {
        Expression(
            .call(.init(function: function, name: .init(text: function.name, range: 0..<0), arguments: arguments)))
    }

    /// Sums the series of an expression by labels; all of them if there are no labels.
    package static func sum(_ operand: Expression, by labels: [String]) -> Expression {
        let names = labels.map { Name(text: $0, range: 0..<0) }
        let grouping = labels.isEmpty ? nil : Aggregation.Grouping(kind: .by, labels: names)
        return Expression(.aggregation(.init(operation: .sum, grouping: grouping, parameter: nil, operand: operand)))
    }

    /// Combines two expressions by an operator. Operands of a lower precedence are put in parentheses.
    package static func binary(
        _ left: Expression, _ binaryOperator: BinaryOperator, _ right: Expression
    ) -> Expression {
        let operation = BinaryOperation(
            binaryOperator: binaryOperator, returnsBool: false, matching: nil,
            operand: right.precedence <= binaryOperator.precedence ? right.inParentheses : right,
            operatorRange: 0..<0)
        if case .binary(var binary) = left.node, left.precedence == binaryOperator.precedence, binaryOperator != .power
        {
            binary.operations.append(operation)
            return Expression(.binary(binary))
        }
        let isLower =
            left.precedence < binaryOperator.precedence || (binaryOperator == .power && left.precedence < .max)
        return Expression(.binary(.init(first: isLower ? left.inParentheses : left, operations: [operation])))
    }

    /// The expression in parentheses.
    package var inParentheses: Expression { Expression(.parenthesized(self)) }

    /// The precedence of the outermost operator.
    private var precedence: Int {
        switch node {
        case .binary(let binary): binary.operations.first?.binaryOperator.precedence ?? .max
        case .unary: BinaryOperator.multiply.precedence
        case .number(let number): number.value.sign == .minus ? BinaryOperator.multiply.precedence : .max
        case .string, .vectorSelector, .matrixSelector, .subquery, .parenthesized, .aggregation, .call: .max
        }
    }
}

extension Expression.VectorSelector {
    /// Selects the series of a metric that have the given values of labels.
    package init(_ name: String, _ labels: [(name: String, value: String)] = []) {
        self.init(
            name: .init(text: name, range: 0..<0),
            matchers: labels.map { Expression.Matcher($0.name, .equal, $0.value) })
    }

    /// The selector as an expression.
    package var expression: Expression { Expression(.vectorSelector(self)) }

    /// Selects a range of the series.
    ///
    /// - Parameter offset: The time by which the range is in the past.
    package func range(_ range: Duration, offset: Duration? = nil) -> Expression {
        var selector = self
        selector.time.offset = offset
        return Expression(.matrixSelector(.init(vectorSelector: selector, range: range)))
    }
}

extension Expression.Matcher {
    package init(_ label: String, _ operation: Operator, _ value: String) {
        self.init(
            label: .init(text: label, range: 0..<0), operation: operation, value: .init(text: value, range: 0..<0))
    }
}
