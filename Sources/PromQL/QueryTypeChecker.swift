import ContractModel

/// Finds the operators, functions and modifiers that are given operands of a type they don't take. All are found, as
/// Prometheus would find them one by one.
struct QueryTypeChecker {
    private(set) var findings: [Finding] = []

    @discardableResult
    mutating func check(_ query: Query) -> QueryType {
        switch query.node {
        case .number: return .scalar
        case .string: return .string
        case .selector(let selector):
            check(selector, at: query.range)
            return selector.window == nil ? .vector : .matrix
        case .subquery(let subquery):
            expect(.vector, subquery.query, "a subquery is taken of")
            return .matrix
        case .parenthesized(let inner): return check(inner)
        case .unary(let sign, let operand):
            let type = check(operand)
            if type != .scalar, type != .vector {
                report(
                    query.range,
                    "'\(sign.rawValue)' is taken of a scalar or an instant vector, not of \(type.described)")
            }
            return type
        case .binary(let binary): return check(binary, at: query.range)
        case .aggregation(let aggregation):
            check(aggregation)
            return .vector
        case .call(let call):
            check(call, at: query.range)
            return call.function.result
        }
    }

    private mutating func check(_ selector: Query.Selector, at range: Range<Int>) {
        if let name = selector.name {
            for matcher in selector.matchers where matcher.label.text == "__name__" {
                report(matcher.label.range, "the metric is named twice, by '\(name.text)' and by __name__")
            }
        } else if selector.matchers.allSatisfy({ $0.matches("") != false }) {
            report(
                range, "a selector needs a metric's name, or a matcher that does not match the empty string",
                hint: "without one it selects every series there is")
        }
    }

    private mutating func check(_ aggregation: Query.Aggregation) {
        let name = aggregation.operation.rawValue
        expect(.vector, aggregation.operand, "'\(name)' is taken of")
        if let parameter = aggregation.parameter {
            let type = aggregation.operation == .countValues ? QueryType.string : .scalar
            expect(type, parameter, "the parameter of '\(name)' is")
        }
    }

    private mutating func check(_ call: Query.Call, at range: Range<Int>) {
        let function = call.function
        let count = function.parameters.count
        let least = function.isVariadic ? count - 1 : count - function.optional
        let most = function.isVariadic ? Int.max : count
        if call.arguments.count < least || call.arguments.count > most {
            let expected = most == least ? "\(least)" : most == .max ? "at least \(least)" : "\(least) to \(most)"
            report(
                range,
                "'\(function.name)' takes \(expected) argument\(expected == "1" ? "" : "s"), not \(call.arguments.count)"
            )
        }
        for (index, argument) in call.arguments.enumerated() {
            guard index < count || function.isVariadic, let last = function.parameters.last else {
                check(argument)
                continue
            }
            expect(index < count ? function.parameters[index] : last, argument, "'\(function.name)' takes")
        }
    }

    private mutating func check(_ binary: Query.Binary, at range: Range<Int>) -> QueryType {
        let name = binary.operation.rawValue
        let left = check(binary.left)
        let right = check(binary.right)
        for (type, side) in [(left, binary.left), (right, binary.right)] where type == .matrix || type == .string {
            report(side.range, "'\(name)' is taken of scalars and instant vectors, not of \(type.described)")
        }
        if binary.returnsBool, !binary.operation.isComparison {
            report(binary.operatorRange, "'bool' can only follow a comparison, '\(name)' is none")
        }
        if binary.operation.isComparison, !binary.returnsBool, left == .scalar, right == .scalar {
            report(
                binary.operatorRange, "a comparison of two scalars must be written '\(name) bool'",
                hint: "it gives 0 or 1, there is no series to keep or drop")
        }
        if binary.operation.isSetOperator, left == .scalar || right == .scalar {
            report(
                range, "'\(name)' is taken of instant vectors, not of a scalar",
                hint: "vector(…) makes a vector of a scalar")
        }
        if let matching = binary.matching { check(matching, of: binary, left, right, at: range) }
        return left == .scalar && right == .scalar ? .scalar : .vector
    }

    private mutating func check(
        _ matching: Query.Matching, of binary: Query.Binary, _ left: QueryType, _ right: QueryType, at range: Range<Int>
    ) {
        if matching.kind == .on {
            for label in matching.included where matching.labels.contains(label) {
                report(
                    label.range, "the label '\(label.text)' is named by 'on' and by '\(matching.many?.rawValue ?? "")'")
            }
        }
        if left != .vector || right != .vector {
            if !matching.labels.isEmpty {
                report(range, "'\(matching.kind.rawValue)' is only for operators between two instant vectors")
            }
        } else if let many = matching.many, binary.operation.isSetOperator {
            report(range, "'\(many.rawValue)' cannot be used with '\(binary.operation.rawValue)'")
        }
    }

    private mutating func expect(_ expected: QueryType, _ query: Query, _ context: String) {
        let type = check(query)
        guard type != expected else { return }
        var hint: String?
        switch (expected, type) {
        case (.matrix, .vector):
            if case .selector = query.node {
                hint = "give the selector a range: [5m]"
            } else {
                hint = "take it of the selectors inside, before they are aggregated, or of a subquery: [5m:]"
            }
        case (.vector, .matrix): hint = "leave the range away, or take a function of it such as rate"
        default: hint = nil
        }
        report(query.range, "\(context) \(expected.described), not \(type.described)", hint: hint)
    }

    private mutating func report(_ range: Range<Int>, _ message: String, hint: String? = nil) {
        findings.append(Finding(.promQLType, range, message, hint: hint))
    }
}

extension Query {
    /// The type of the query's value, where its parts have the types that they should.
    package var type: QueryType {
        switch node {
        case .number: .scalar
        case .string: .string
        case .selector(let selector): selector.window == nil ? .vector : .matrix
        case .subquery: .matrix
        case .parenthesized(let inner), .unary(_, let inner): inner.type
        case .binary(let binary): binary.left.type == .scalar && binary.right.type == .scalar ? .scalar : .vector
        case .aggregation: .vector
        case .call(let call): call.function.result
        }
    }

    /// The query inside any parentheses around it.
    var unparenthesized: Query {
        if case .parenthesized(let inner) = node { return inner.unparenthesized }
        return self
    }

    /// The value of a scalar that is written out, such as `0.95`, `-1` or `14.4 * 0.001`.
    var constant: Double? {
        switch node {
        case .number(let number): return number.value
        case .parenthesized(let inner): return inner.constant
        case .unary(let sign, let inner): return inner.constant.map { sign == .minus ? -$0 : $0 }
        case .binary(let binary):
            guard let left = binary.left.constant, let right = binary.right.constant else { return nil }
            switch binary.operation {
            case .add: return left + right
            case .subtract: return left - right
            case .multiply: return left * right
            case .divide: return left / right
            case .modulo, .power, .atan2, .or, .and, .unless, .equal, .notEqual, .less, .lessOrEqual, .greater,
                .greaterOrEqual:
                return nil
            }
        case .string, .selector, .subquery, .aggregation, .call: return nil
        }
    }
}
