import ContractModel
import MetricsCompiler
import PromQL

/// The input series of a test, to find expressions that have no result for them. With such an expression, a test in which
/// the alert must not fire proves nothing.
struct TestData {
    struct Series {
        var name: String
        var labels: [String: String]
        var values: SeriesValues
    }

    /// The samples that an expression reads.
    struct Evaluation {
        /// The time of the evaluation, since the start of the test.
        var time: Duration
        /// The ranges of the subqueries around the expression.
        var subqueryRange = Duration.zero
        /// The minimum number of samples of a series.
        var minimumSamples = 1
    }

    let series: [Series]
    /// The time between two samples.
    let interval: Duration
    /// Whether selectors use their matchers, not only the name of the metric.
    var usesMatchers = true

    /// Returns whether an expression may have a result.
    func mayYield(_ expression: Expression, _ evaluation: Evaluation) -> Bool {
        switch expression.node {
        case .number, .string: true
        case .vectorSelector(let selector):
            series.contains { matches(selector, $0) && isRead($0, by: selector, range: nil, evaluation) }
        case .matrixSelector(let matrix):
            series.contains {
                matches(matrix.vectorSelector, $0)
                    && isRead($0, by: matrix.vectorSelector, range: matrix.range, evaluation)
            }
        case .subquery(let subquery): mayYield(subquery.expression, self.evaluation(of: subquery, evaluation))
        case .parenthesized(let inner), .unary(_, let inner): mayYield(inner, evaluation)
        case .binary(let binary): mayYield(binary, evaluation)
        case .aggregation(let aggregation): mayYield(aggregation.operand, evaluation)
        case .call(let call): mayYield(call, evaluation)
        }
    }

    private func mayYield(_ binary: Expression.BinaryExpression, _ evaluation: Evaluation) -> Bool {
        binary.operations.reduce(mayYield(binary.first, evaluation)) { left, operation in
            switch operation.binaryOperator {
            case .or: left || mayYield(operation.operand, evaluation)
            case .unless: left
            case .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .add, .subtract, .multiply,
                .divide,
                .modulo, .atan2, .power:
                left && mayYield(operation.operand, evaluation)
            }
        }
    }

    /// Functions that have a result without series.
    private static let ofNothing: Set<String> = ["absent", "absent_over_time", "scalar"]
    /// Functions that need at least two samples.
    private static let ofTwoSamples: Set<String> = [
        "delta", "deriv", "idelta", "increase", "irate", "predict_linear", "rate",
    ]

    private func mayYield(_ call: Expression.Call, _ evaluation: Evaluation) -> Bool {
        if Self.ofNothing.contains(call.name.text) { return true }
        var evaluation = evaluation
        evaluation.minimumSamples = Self.ofTwoSamples.contains(call.name.text) ? 2 : 1
        return call.arguments.allSatisfy { mayYield($0, evaluation) }
    }

    // MARK: Selectors

    private func matches(_ selector: Expression.VectorSelector, _ series: Series) -> Bool {
        guard selector.name.map({ $0.text == series.name }) ?? true else { return false }
        return !usesMatchers
            || selector.matchers.allSatisfy { matcher in
                let name = matcher.label.text
                return matcher.matches(name == "__name__" ? series.name : series.labels[name] ?? "") ?? true
            }
    }

    private func isRead(
        _ series: Series, by selector: Expression.VectorSelector, range: Duration?, _ evaluation: Evaluation
    ) -> Bool {
        // The times of `@ start()` and `@ end()` are unknown here.
        guard selector.time.at == nil else { return true }
        let latest = evaluation.time - (selector.time.offset ?? .zero)
        let earliest = latest - evaluation.subqueryRange - (range ?? AlertChecker.lookback)
        let read = series.values.samples.enumerated().filter { index, sample in
            // Versions of Prometheus differ in whether a range includes its start: include it.
            sample != .none && (earliest...max(earliest, latest)).contains(interval * index)
        }
        // A stale series may still have had a value in the range of a subquery.
        if range == nil, evaluation.subqueryRange == .zero { return read.last?.element.isValue == true }
        return read.count { $0.element.isValue } >= (range == nil ? 1 : evaluation.minimumSamples)
    }

    /// Returns the evaluation of the expression in a subquery.
    private func evaluation(of subquery: Expression.Subquery, _ outer: Evaluation) -> Evaluation {
        // Longer than any test.
        let unlimited = Duration.day * 1_000_000
        guard subquery.time.at == nil else { return Evaluation(time: unlimited, subqueryRange: unlimited * 2) }
        return Evaluation(
            time: outer.time - (subquery.time.offset ?? .zero), subqueryRange: outer.subqueryRange + subquery.range)
    }
}
