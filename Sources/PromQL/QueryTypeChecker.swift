import ContractModel

/// Finds the operators, functions and modifiers that are given operands of a type they don't take. All are found, as
/// Prometheus would find them one by one.
struct QueryTypeChecker {
    private(set) var findings: [Finding] = []

    mutating func check(_ query: Query) {
        _ = query.folded { part, types in
            check(part, types)
            return part.type(ofParts: types)
        }
    }

    private mutating func check(_ query: Query, _ types: [QueryType]) {
        switch query.node {
        case .number, .string, .parenthesized: break
        case .selector(let selector): check(selector, at: query.range)
        case .subquery(let subquery):
            for type in types { expect(.vector, subquery.query, type, "a subquery is taken of") }
        case .unary(let sign, _):
            for type in types where type != .scalar && type != .vector {
                report(
                    query.range,
                    "'\(sign.rawValue)' is taken of a scalar or an instant vector, not of \(type.described)")
            }
        case .chain(let chain): check(chain, types, from: query.range.lowerBound)
        case .aggregation(let aggregation): check(aggregation, types)
        case .call(let call): check(call, types, at: query.range)
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

    private mutating func check(_ aggregation: Query.Aggregation, _ types: [QueryType]) {
        let name = aggregation.operation.rawValue
        if let type = types.last { expect(.vector, aggregation.operand, type, "'\(name)' is taken of") }
        if let parameter = aggregation.parameter, let type = types.first {
            let expected = aggregation.operation == .countValues ? QueryType.string : .scalar
            expect(expected, parameter, type, "the parameter of '\(name)' is")
        }
    }

    private mutating func check(_ call: Query.Call, _ types: [QueryType], at range: Range<Int>) {
        let function = call.function
        let count = function.parameters.count
        let least = function.isVariadic ? count - 1 : count - function.optional
        let most = function.isVariadic ? Int.max : count
        if types.count < least || types.count > most {
            let expected = most == least ? "\(least)" : most == .max ? "at least \(least)" : "\(least) to \(most)"
            report(
                range, "'\(function.name)' takes \(expected) argument\(expected == "1" ? "" : "s"), not \(types.count)")
        }
        for (index, (argument, type)) in zip(call.arguments, types).enumerated() {
            guard index < count || function.isVariadic, let last = function.parameters.last else { return }
            expect(index < count ? function.parameters[index] : last, argument, type, "'\(function.name)' takes")
        }
    }

    /// What is to the left of an operator is all of the chain before it.
    private mutating func check(_ chain: Query.Chain, _ types: [QueryType], from start: Int) {
        guard var left = types.first else { return }
        var leftRange = chain.first.range
        for (link, right) in zip(chain.links, types.dropFirst()) {
            let range = start..<link.operand.range.upperBound
            for (type, side) in [(left, leftRange), (right, link.operand.range)]
            where type == .matrix || type == .string {
                report(
                    side,
                    "'\(link.operation.rawValue)' is taken of scalars and instant vectors, not of \(type.described)")
            }
            check(link, left, right, at: range)
            left = left == .scalar && right == .scalar ? .scalar : .vector
            leftRange = range
        }
    }

    private mutating func check(_ link: Query.Link, _ left: QueryType, _ right: QueryType, at range: Range<Int>) {
        let name = link.operation.rawValue
        if link.returnsBool, !link.operation.isComparison {
            report(link.operatorRange, "'bool' can only follow a comparison, '\(name)' is none")
        }
        if link.operation.isComparison, !link.returnsBool, left == .scalar, right == .scalar {
            report(
                link.operatorRange, "a comparison of two scalars must be written '\(name) bool'",
                hint: "it gives 0 or 1, there is no series to keep or drop")
        }
        if link.operation.isSetOperator, left == .scalar || right == .scalar {
            report(
                range, "'\(name)' is taken of instant vectors, not of a scalar",
                hint: "vector(…) makes a vector of a scalar")
        }
        if let matching = link.matching { check(matching, of: link, left, right, at: range) }
    }

    private mutating func check(
        _ matching: Query.Matching, of link: Query.Link, _ left: QueryType, _ right: QueryType, at range: Range<Int>
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
        } else if let many = matching.many, link.operation.isSetOperator {
            report(range, "'\(many.rawValue)' cannot be used with '\(link.operation.rawValue)'")
        }
    }

    private mutating func expect(_ expected: QueryType, _ query: Query, _ type: QueryType, _ context: String) {
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
