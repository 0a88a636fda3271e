import ContractModel
import MonitoringCompiler
import PromQL

/// PromQL in words, for people who do not read it.
enum ExpressionWords {
    /// Returns the condition under which an expression has a result.
    static func condition(_ expression: Expression) -> String {
        let expression = expression.unparenthesized
        if case .call(let call) = expression.node, call.name.text.hasPrefix("absent"),
            let operand = call.arguments.first
        {
            return "no series of \(phrase(operand)) exists"
        }
        return holds(expression, phrase(expression))
    }

    /// Returns a value in words.
    static func phrase(_ expression: Expression) -> String {
        expression.folded { (part: Expression, words: [String]) in phrase(part, words) }
    }

    private static func phrase(_ expression: Expression, _ words: [String]) -> String {
        switch expression.node {
        case .number(let number): PromQLText.number(number.value)
        case .string(let text): "\"\(text)\""
        case .vectorSelector(let selector): series(selector)
        case .matrixSelector(let matrix):
            series(matrix.vectorSelector) + " over \(ConfigWords.duration(matrix.range))"
        case .subquery(let subquery):
            "\(words.joined()) at each time of the last \(ConfigWords.duration(subquery.range))"
        case .parenthesized(let inner):
            if case .binary = inner.node { "(\(words.joined()))" } else { words.joined() }
        case .unary(let sign, _): (sign == .minus ? "minus " : "") + words.joined()
        case .binary(let binary): phrase(binary, words)
        case .aggregation(let aggregation): phrase(aggregation, words)
        case .call(let call): percentile(call) ?? phrase(call, words)
        }
    }

    // MARK: Series

    private static func series(_ selector: Expression.VectorSelector) -> String {
        var text = selector.name.map { "`\($0.text)`" } ?? "all series"
        if !selector.matchers.isEmpty {
            text += " with " + selector.matchers.map(matcher).joined(separator: " and ")
        }
        if let offset = selector.time.offset { text += ", \(ConfigWords.duration(offset)) earlier" }
        return text
    }

    private static func matcher(_ matcher: Expression.Matcher) -> String {
        let relation =
            switch matcher.operation {
            case .equal: ""
            case .notEqual: "other than "
            case .matches: "like "
            case .doesNotMatch: "unlike "
            }
        return "\(matcher.label.text) \(relation)\(matcher.value.text.isEmpty ? "empty" : matcher.value.text)"
    }

    // MARK: Operators

    private static func phrase(_ binary: Expression.BinaryExpression, _ words: [String]) -> String {
        var text = words.first ?? ""
        var left = binary.first
        for (operation, operand) in zip(binary.operations, words.dropFirst()) {
            let symbol = operation.binaryOperator
            if symbol.isSetOperator {
                text = holds(left, text) + conjunction(symbol) + holds(operation.operand, operand)
            } else {
                text += " \(verb(symbol)) \(operand)"
            }
            left = Expression(.binary(binary))
        }
        return text
    }

    /// Returns a condition as a clause: a comparison is one, and any other value is one by having a result.
    private static func holds(_ expression: Expression, _ words: String) -> String {
        guard case .binary(let binary) = expression.unparenthesized.node, let last = binary.operations.last,
            last.binaryOperator.isSetOperator || last.binaryOperator.isComparison
        else { return words + " has a value" }
        return words
    }

    private static func conjunction(_ symbol: Expression.BinaryOperator) -> String {
        switch symbol {
        case .or: ", or "
        case .unless: ", but not where "
        default: ", and "
        }
    }

    private static func verb(_ symbol: Expression.BinaryOperator) -> String {
        switch symbol {
        case .equal: "is"
        case .notEqual: "is not"
        case .less: "is below"
        case .lessOrEqual: "is at most"
        case .greater: "is above"
        case .greaterOrEqual: "is at least"
        case .add: "plus"
        case .subtract: "minus"
        case .multiply: "times"
        case .divide: "divided by"
        case .modulo: "modulo"
        case .power: "to the power of"
        case .atan2: "atan2"
        case .and, .or, .unless: symbol.rawValue
        }
    }

    // MARK: Aggregations and functions

    private static func phrase(_ aggregation: Expression.Aggregation, _ words: [String]) -> String {
        let operand = words.last ?? ""
        let parameter = words.count > 1 ? words[0] : ""
        let text =
            switch aggregation.operation {
            case .sum: "the sum of \(operand)"
            case .avg: "the mean of \(operand)"
            case .max: "the maximum of \(operand)"
            case .min: "the minimum of \(operand)"
            case .count: "the number of series of \(operand)"
            case .group: "the groups of \(operand)"
            case .stddev: "the standard deviation of \(operand)"
            case .stdvar: "the variance of \(operand)"
            case .topk: "the \(parameter) largest of \(operand)"
            case .bottomk: "the \(parameter) smallest of \(operand)"
            case .quantile: "the quantile \(parameter) of \(operand)"
            case .countValues: "the number of equal values of \(operand)"
            }
        return text + grouping(aggregation.grouping)
    }

    private static func grouping(_ grouping: Expression.Aggregation.Grouping?) -> String {
        let labels = (grouping?.labels ?? []).map(\.text).filter { $0 != "le" }
        guard let grouping, !labels.isEmpty else { return "" }
        let list = labels.joined(separator: " and ")
        return grouping.kind == .by ? " for each \(list)" : " for all labels but \(list)"
    }

    private static func phrase(_ call: Expression.Call, _ words: [String]) -> String {
        let first = words.first ?? ""
        switch call.name.text {
        case "rate": return "the rate per second of \(first)"
        case "irate": return "the latest rate per second of \(first)"
        case "increase": return "the increase of \(first)"
        case "delta": return "the change of \(first)"
        case "deriv": return "the slope per second of \(first)"
        case "changes": return "the number of changes of \(first)"
        case "resets": return "the number of resets of \(first)"
        case "avg_over_time": return "the mean of \(first)"
        case "max_over_time": return "the maximum of \(first)"
        case "min_over_time": return "the minimum of \(first)"
        case "sum_over_time": return "the sum of \(first)"
        case "count_over_time": return "the number of samples of \(first)"
        case "last_over_time": return "the last value of \(first)"
        case "time": return "the current time"
        case "vector", "scalar": return first
        case "abs": return "the magnitude of \(first)"
        default: return words.isEmpty ? call.name.text : "\(call.name.text) of \(words.joined(separator: ", "))"
        }
    }

    /// Returns the words for the usual form of a quantile: `histogram_quantile(0.95, sum by (le, topic)
    /// (rate(x_bucket[5m])))`.
    private static func percentile(_ call: Expression.Call) -> String? {
        guard call.name.text == PromQLFunction.histogramQuantile.name, call.arguments.count == 2,
            let quantile = call.arguments[0].constantValue,
            case .aggregation(let sum) = call.arguments[1].unparenthesized.node, sum.operation == .sum,
            case .call(let rate) = sum.operand.unparenthesized.node,
            case .matrixSelector(let matrix)? = rate.arguments.first?.unparenthesized.node
        else { return nil }
        var selector = matrix.vectorSelector
        if let name = selector.name, name.text.hasSuffix("_bucket") {
            selector.name?.text = String(name.text.dropLast("_bucket".count))
        }
        return "the \(AlertWords.percentile(quantile)) percentile of \(series(selector))"
            + " over \(ConfigWords.duration(matrix.range))\(grouping(sum.grouping))"
    }
}
