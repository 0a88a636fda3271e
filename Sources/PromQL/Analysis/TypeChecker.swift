import ContractModel

/// A checker that reports all operands, arguments and modifiers of an invalid type. Prometheus reports only the first.
struct TypeChecker {
    private(set) var findings: [Finding] = []

    mutating func check(_ expression: Expression) {
        _ = expression.folded { part, types in
            check(part, types)
            return part.type(ofParts: types)
        }
    }

    private mutating func check(_ expression: Expression, _ types: [ValueType]) {
        switch expression.node {
        case .number, .string, .parenthesized: break
        case .vectorSelector(let selector): check(selector, at: expression.range)
        case .matrixSelector(let matrix): check(matrix.vectorSelector, at: expression.range)
        case .subquery(let subquery):
            for type in types { expect(.vector, subquery.expression, type, "a subquery needs") }
        case .unary(let sign, _):
            for type in types where type != .scalar && type != .vector {
                report(
                    expression.range,
                    "'\(sign.rawValue)' needs a scalar or an instant vector, found \(type.described)")
            }
        case .binary(let binary): check(binary, types, from: expression.range.lowerBound)
        case .aggregation(let aggregation): check(aggregation, types)
        case .call(let call): check(call, types, at: expression.range)
        }
    }

    private mutating func check(_ selector: Expression.VectorSelector, at range: Range<Int>) {
        if let name = selector.name {
            for matcher in selector.matchers where matcher.label.text == "__name__" {
                report(matcher.label.range, "duplicate name of the metric: '\(name.text)' and __name__")
            }
        } else if selector.matchers.allSatisfy({ $0.matches("") != false }) {
            report(
                range, "a selector needs the name of a metric, or a matcher that does not match the empty string",
                hint: "without one, it selects all series")
        }
    }

    private mutating func check(_ aggregation: Expression.Aggregation, _ types: [ValueType]) {
        let name = aggregation.operation.rawValue
        if let type = types.last { expect(.vector, aggregation.operand, type, "'\(name)' needs") }
        if let parameter = aggregation.parameter, let type = types.first {
            let expected = aggregation.operation == .countValues ? ValueType.string : .scalar
            expect(expected, parameter, type, "the parameter of '\(name)' must be")
        }
    }

    private mutating func check(_ call: Expression.Call, _ types: [ValueType], at range: Range<Int>) {
        let function = call.function
        let count = function.parameters.count
        let least = function.isVariadic ? count - 1 : count - function.optional
        let most = function.isVariadic ? Int.max : count
        if types.count < least || types.count > most {
            let expected = most == least ? "\(least)" : most == .max ? "at least \(least)" : "\(least) to \(most)"
            report(
                range,
                "'\(function.name)' takes \(expected) argument\(expected == "1" ? "" : "s"), found \(types.count)")
        }
        for (index, (argument, type)) in zip(call.arguments, types).enumerated() {
            guard index < count || function.isVariadic, let last = function.parameters.last else { return }
            expect(index < count ? function.parameters[index] : last, argument, type, "'\(function.name)' needs")
        }
    }

    private mutating func check(_ binary: Expression.BinaryExpression, _ types: [ValueType], from start: Int) {
        guard var left = types.first else { return }
        var leftRange = binary.first.range
        for (operation, right) in zip(binary.operations, types.dropFirst()) {
            let range = start..<operation.operand.range.upperBound
            for (type, side) in [(left, leftRange), (right, operation.operand.range)]
            where type == .matrix || type == .string {
                report(
                    side,
                    "'\(operation.binaryOperator.rawValue)' needs scalars or instant vectors, found \(type.described)")
            }
            check(operation, left, right, at: range)
            left = left == .scalar && right == .scalar ? .scalar : .vector
            leftRange = range
        }
    }

    private mutating func check(
        _ operation: Expression.BinaryOperation, _ left: ValueType, _ right: ValueType, at range: Range<Int>
    ) {
        let name = operation.binaryOperator.rawValue
        if operation.returnsBool, !operation.binaryOperator.isComparison {
            report(operation.operatorRange, "'bool' must follow a comparison, found '\(name)'")
        }
        if operation.binaryOperator.isComparison, !operation.returnsBool, left == .scalar, right == .scalar {
            report(
                operation.operatorRange, "a comparison of two scalars must be written '\(name) bool'",
                hint: "the result is 0 or 1; there are no series to filter")
        }
        if operation.binaryOperator.isSetOperator, left == .scalar || right == .scalar {
            report(
                range, "'\(name)' needs instant vectors, found a scalar",
                hint: "use vector(…) to make a vector of a scalar")
        }
        if let matching = operation.matching { check(matching, of: operation, left, right, at: range) }
    }

    private mutating func check(
        _ matching: Expression.VectorMatching, of operation: Expression.BinaryOperation, _ left: ValueType,
        _ right: ValueType, at range: Range<Int>
    ) {
        if matching.kind == .on {
            for label in matching.included where matching.labels.contains(label) {
                report(
                    label.range,
                    "the label '\(label.text)' is both in 'on' and in '\(matching.manySide?.rawValue ?? "")'")
            }
        }
        if left != .vector || right != .vector {
            if !matching.labels.isEmpty {
                report(range, "'\(matching.kind.rawValue)' must be between two instant vectors")
            }
        } else if let manySide = matching.manySide, operation.binaryOperator.isSetOperator {
            report(range, "'\(manySide.rawValue)' cannot be used with '\(operation.binaryOperator.rawValue)'")
        }
    }

    private mutating func expect(_ expected: ValueType, _ expression: Expression, _ type: ValueType, _ context: String)
    {
        guard type != expected else { return }
        var hint: String?
        switch (expected, type) {
        case (.matrix, .vector):
            if case .vectorSelector = expression.node {
                hint = "add a range to the selector: [5m]"
            } else {
                hint = "apply it to the selectors inside, before they are aggregated, or to a subquery: [5m:]"
            }
        case (.vector, .matrix): hint = "remove the range, or apply a function such as rate"
        default: hint = nil
        }
        report(expression.range, "\(context) \(expected.described), found \(type.described)", hint: hint)
    }

    private mutating func report(_ range: Range<Int>, _ message: String, hint: String? = nil) {
        findings.append(Finding(.promQLType, range, message, hint: hint))
    }
}
