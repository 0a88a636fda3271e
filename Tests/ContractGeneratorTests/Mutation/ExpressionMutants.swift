import PromQL

/// A rule with one mistake in it.
struct ExpressionMutant {
    /// What was changed, for who reads that no test has noticed.
    var change: String
    var expression: Expression
}

extension Expression {
    /// This expression with each mistake that a hand, or a generator, is likely to make.
    var mutants: [ExpressionMutant] {
        switch node {
        case .number(let number): mutants(of: number)
        case .vectorSelector(let selector):
            mutants(of: selector).map { with(.vectorSelector($0.selector), $0.change) }
        case .matrixSelector(let matrix): mutants(of: matrix)
        case .parenthesized(let inner): inner.mutants.map { with(.parenthesized($0.expression), $0.change) }
        case .aggregation(var aggregation):
            aggregation.operand.mutants.map { mutant in
                aggregation.operand = mutant.expression
                return with(.aggregation(aggregation), mutant.change)
            }
        case .call(let call): mutants(of: call)
        case .binary(let binary): mutants(of: binary)
        case .string, .subquery, .unary: []
        }
    }

    private func with(_ node: Node, _ change: String) -> ExpressionMutant {
        var expression = self
        expression.node = node
        return ExpressionMutant(change: change, expression: expression)
    }

    private func mutants(of number: Number) -> [ExpressionMutant] {
        let values = number.value == 0 ? [0.2] : [0.9, 1.1, 2].map { number.value * $0 }
        return values.map { value in
            var changed = number
            changed.value = value
            return with(.number(changed), "\(number.value) is \(value)")
        }
    }

    private func mutants(of selector: VectorSelector) -> [(change: String, selector: VectorSelector)] {
        var mutants: [(change: String, selector: VectorSelector)] = []
        for index in selector.matchers.indices where selector.matchers[index].label.text != "le" {
            var changed = selector
            let matcher = changed.matchers.remove(at: index)
            mutants.append(("no \(matcher.label.text)", changed))
        }
        if selector.time.offset != nil {
            var changed = selector
            changed.time.offset = nil
            mutants.append(("no offset", changed))
        }
        return mutants
    }

    private func mutants(of matrix: MatrixSelector) -> [ExpressionMutant] {
        var changed = matrix
        let ranges = [matrix.range / 5, matrix.range / 2, matrix.range * 2, matrix.range * 20]
        let others = ranges.map { range in
            changed.range = range
            return with(.matrixSelector(changed), "\(changed) for \(matrix)")
        }
        return mutants(of: matrix.vectorSelector).map { mutant in
            var changed = matrix
            changed.vectorSelector = mutant.selector
            return with(.matrixSelector(changed), mutant.change)
        } + others
    }

    private func mutants(of call: Call) -> [ExpressionMutant] {
        var mutants = call.arguments.indices.flatMap { index in
            call.arguments[index].mutants.map { mutant in
                var changed = call
                changed.arguments[index] = mutant.expression
                return with(
                    .call(changed),
                    mutant.change.hasPrefix("no ") ? "\(mutant.change) in \(call.name.text)" : mutant.change)
            }
        }
        if call.name.text == "rate" {
            var changed = call
            changed.name.text = "irate"
            mutants.append(with(.call(changed), "irate(\(call.arguments[0]))"))
        }
        return mutants
    }

    private func mutants(of binary: BinaryExpression) -> [ExpressionMutant] {
        var mutants = binary.first.mutants.map { mutant in
            var changed = binary
            changed.first = mutant.expression
            return with(.binary(changed), mutant.change)
        }
        for (index, operation) in binary.operations.enumerated() {
            // A product is a limit and an error budget: one of its factors is enough.
            if operation.binaryOperator != .multiply {
                mutants += operation.operand.mutants.map { mutant in
                    var changed = binary
                    changed.operations[index].operand = mutant.expression
                    return with(.binary(changed), mutant.change)
                }
            }
            guard operation.binaryOperator.isSetOperator else { continue }
            var changed = binary
            changed.operations[index].binaryOperator = operation.binaryOperator == .and ? .or : .and
            mutants.append(
                with(
                    .binary(changed), "\(changed.operations[index].binaryOperator.rawValue) before \(operation.operand)"
                ))
            let left = index == 0 ? binary.first : with(.binary(binary.prefix(index)), "").expression
            mutants.append(ExpressionMutant(change: "only \(left)", expression: left))
            mutants.append(ExpressionMutant(change: "only \(operation.operand)", expression: operation.operand))
        }
        return mutants
    }

    /// This expression with all of its windows as much longer or shorter, or looking at its last two samples only.
    var wholesaleMutants: [ExpressionMutant] {
        var mutants = [(1, 2), (2, 1)].map { factor, divisor in
            ExpressionMutant(
                change: "all windows times \(factor)/\(divisor)",
                expression: mapped {
                    guard case .matrixSelector(var matrix) = $0 else { return $0 }
                    matrix.range = matrix.range * factor / divisor
                    return .matrixSelector(matrix)
                })
        }
        mutants.append(
            ExpressionMutant(
                change: "irate throughout",
                expression: mapped {
                    guard case .call(var call) = $0, call.name.text == "rate" else { return $0 }
                    call.name.text = "irate"
                    return .call(call)
                }))
        return mutants.filter { $0.expression != self }
    }

    /// This expression with each part changed, from the leaves up.
    func mapped(_ change: (Node) -> Node) -> Expression {
        var node = node
        switch node {
        case .parenthesized(let inner): node = .parenthesized(inner.mapped(change))
        case .aggregation(var aggregation):
            aggregation.operand = aggregation.operand.mapped(change)
            node = .aggregation(aggregation)
        case .call(var call):
            call.arguments = call.arguments.map { $0.mapped(change) }
            node = .call(call)
        case .binary(var binary):
            binary.first = binary.first.mapped(change)
            for index in binary.operations.indices {
                binary.operations[index].operand = binary.operations[index].operand.mapped(change)
            }
            node = .binary(binary)
        case .number, .string, .vectorSelector, .matrixSelector, .subquery, .unary: break
        }
        var expression = self
        expression.node = change(node)
        return expression
    }
}

extension Expression.BinaryExpression {
    /// What stands before an operator.
    fileprivate func prefix(_ count: Int) -> Expression.BinaryExpression {
        var binary = self
        binary.operations = Array(operations.prefix(count))
        return binary
    }
}
