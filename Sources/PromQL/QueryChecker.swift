import ContractModel

/// Checks queries against the metrics that there are.
package struct QueryChecker: Sendable {
    package let catalog: MetricCatalog

    package init(_ catalog: MetricCatalog) {
        self.catalog = catalog
    }

    /// What is wrong with a query, by its place in the text.
    package func check(_ query: Query) -> [Finding] {
        var analysis = QueryAnalysis(catalog: catalog)
        _ = analysis.shape(of: query)
        return analysis.findings.enumerated()
            .sorted { ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset) }
            .map(\.element)
    }

    /// The labels that the series of a query's result carry.
    package func labels(of query: Query) -> LabelSet {
        var analysis = QueryAnalysis(catalog: catalog)
        return analysis.shape(of: query).labels
    }

    /// What makes an alert fire always: it fires for each series that there is, whatever its value.
    package static func findings(ofAlert query: Query) -> [Finding] {
        if query.type == .scalar {
            return [
                Finding(
                    .neverMatches, query.range, "a number is there whatever it is: the alert always fires",
                    hint: "compare vectors: leave out scalar(…), or write vector(…) and no 'bool'")
            ]
        }
        guard case .chain(let chain) = query.unparenthesized.node, let last = chain.links.last, last.returnsBool else {
            return []
        }
        return [
            Finding(
                .neverMatches, last.operatorRange,
                "'bool' gives each series the value 0 or 1 and drops none: the alert always fires",
                hint: "leave out 'bool'")
        ]
    }
}

/// Works out from the leaves up what each part of a query yields, and reports what can't be meant.
struct QueryAnalysis {
    typealias Shape = QueryShape

    let catalog: MetricCatalog
    var findings: [Finding] = []

    mutating func report(_ rule: Rule, _ range: Range<Int>, _ message: String, hint: String? = nil) {
        findings.append(Finding(rule, range, message, hint: hint))
    }

    mutating func shape(of query: Query) -> Shape {
        query.folded { (part: Query, shapes: [Shape]) in
            var shape = shape(of: part, shapes)
            shape.type = part.type(ofParts: shapes.map(\.type))
            shape.constant = part.constant(ofParts: shapes.map(\.constant))
            if shape.constant != nil { shape.role = .constant }
            return shape
        }
    }

    private mutating func shape(of query: Query, _ parts: [Shape]) -> Shape {
        switch query.node {
        case .number, .string: return Shape()
        case .selector(let selector): return shape(of: selector, at: query.range)
        case .subquery, .parenthesized, .unary(.plus, _): return parts.first ?? Shape()
        case .unary(.minus, _):
            var shape = parts.first ?? Shape()
            shape.labels.remove(LabelSet.metricName)
            return shape
        case .chain(let chain): return shape(of: chain, parts, from: query.range.lowerBound)
        case .aggregation(let aggregation): return shape(of: aggregation, parts, at: query.range)
        case .call(let call): return shape(of: call, parts)
        }
    }

    /// A quantile that is written out lies between 0 and 1.
    mutating func checkQuantile(_ query: Query, _ shape: Shape) {
        guard let value = shape.constant, !(value >= 0 && value <= 1) else { return }
        // A percentage was meant; what is just above 1, or has no end, may be anything.
        let fraction = (value * 1000).rounded() / 1e5
        let isPercentage = value >= 2 && value <= 100 && abs(value / 100 - fraction) < 1e-9
        let hint = isPercentage ? "did you mean \(QueryLiteral.text(of: fraction))?" : nil
        report(
            .quantileRange, query.range, "the quantile \(QueryLiteral.text(of: value)) is not between 0 and 1",
            hint: hint)
    }
}
