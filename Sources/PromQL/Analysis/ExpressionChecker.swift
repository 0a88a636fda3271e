import ContractModel

/// Checks expressions against a catalog of metrics.
package struct ExpressionChecker: Sendable {
    package let catalog: MetricCatalog

    package init(_ catalog: MetricCatalog) {
        self.catalog = catalog
    }

    /// Returns the findings of an expression, sorted by place.
    package func check(_ expression: Expression) -> [Finding] {
        var analysis = ExpressionAnalysis(catalog: catalog)
        _ = analysis.shape(of: expression)
        var values = ValueAnalysis(catalog)
        _ = values.values(of: expression)
        // The values of series that were reported are unknown.
        return (analysis.findings + values.findings).enumerated()
            .sorted { ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset) }
            .map(\.element)
    }

    /// Returns the labels of the series in the result of an expression.
    package func labels(of expression: Expression) -> LabelSet {
        var analysis = ExpressionAnalysis(catalog: catalog)
        return analysis.shape(of: expression).labels
    }

    /// Returns the reason for which an alert always fires. An alert fires for each series in its result, whatever its value.
    package func findings(ofAlert expression: Expression) -> [Finding] {
        if expression.type == .scalar {
            return [
                Finding(
                    .alwaysFires, expression.range,
                    "the result is a number, whatever its value: the alert always fires",
                    hint: "compare vectors: remove scalar(…), or use vector(…) without 'bool'")
            ]
        }
        if case .binary(let binary) = expression.unparenthesized.node, let last = binary.operations.last,
            last.returnsBool
        {
            return [
                Finding(
                    .alwaysFires, last.operatorRange,
                    "'bool' gives each series the value 0 or 1 and drops none: the alert always fires",
                    hint: "remove 'bool'")
            ]
        }
        // `vector(1)` is meant to fire always, to test the way of alerts.
        if expression.selectors.isEmpty { return [] }
        var values = ValueAnalysis(catalog)
        guard values.values(of: expression).presence == .always else { return [] }
        if let comparison = values.alwaysTrue.first { return [comparison] }
        return [
            Finding(
                .alwaysFires, expression.range,
                "no comparison drops any series: the alert always fires",
                hint: "compare the result with a limit, such as '> 0'")
        ]
    }
}

/// An analysis that infers the result of each part of an expression, from the leaves up, and reports mistakes.
struct ExpressionAnalysis {
    typealias Shape = ResultShape

    let catalog: MetricCatalog
    var findings: [Finding] = []

    mutating func report(_ rule: Rule, _ range: Range<Int>, _ message: String, hint: String? = nil) {
        findings.append(Finding(rule, range, message, hint: hint))
    }

    mutating func shape(of expression: Expression) -> Shape {
        expression.folded { (part: Expression, shapes: [Shape]) in
            var shape = shape(of: part, shapes)
            shape.type = part.type(ofParts: shapes.map(\.type))
            shape.constant = part.constant(ofParts: shapes.map(\.constant))
            if shape.constant != nil { shape.role = .constant }
            return shape
        }
    }

    private mutating func shape(of expression: Expression, _ parts: [Shape]) -> Shape {
        switch expression.node {
        case .number, .string: return Shape()
        case .vectorSelector(let selector): return shape(of: selector)
        case .matrixSelector(let matrix): return shape(of: matrix.vectorSelector)
        case .subquery, .parenthesized, .unary(.plus, _): return parts.first ?? Shape()
        case .unary(.minus, _):
            var shape = parts.first ?? Shape()
            shape.labels.remove(LabelSet.metricName)
            return shape
        case .binary(let binary): return shape(of: binary, parts, from: expression.range.lowerBound)
        case .aggregation(let aggregation): return shape(of: aggregation, parts, at: expression.range)
        case .call(let call): return shape(of: call, parts)
        }
    }

    /// Reports a literal quantile that is not between 0 and 1.
    mutating func checkQuantile(_ expression: Expression, _ shape: Shape) {
        guard let value = shape.constant, !(value >= 0 && value <= 1) else { return }
        // From 2 to 100, it is probably a percentage.
        let fraction = (value * 1000).rounded() / 1e5
        let isPercentage = value >= 2 && value <= 100 && abs(value / 100 - fraction) < 1e-9
        let hint = isPercentage ? "did you mean \(PromQLLiteral.text(of: fraction))?" : nil
        report(
            .quantileRange, expression.range, "the quantile \(PromQLLiteral.text(of: value)) is not between 0 and 1",
            hint: hint)
    }
}
