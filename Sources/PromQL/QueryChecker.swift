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
}

/// Works out from the leaves up what each part of a query yields, and reports what can't be meant.
struct QueryAnalysis {
    /// What a part of a query yields.
    struct Shape {
        enum Role {
            /// A total that only grows, until its process starts anew.
            case counter
            case gauge
            /// The cumulative buckets of a histogram, or their rates, each with its bound in `le`.
            case buckets, bucketRates
            /// Buckets of all bounds summed up, which was reported.
            case mixedBuckets
            case other
            /// What nothing is known of, so that nothing is said of it.
            case unknown
        }

        var role = Role.other
        var labels = LabelSet()
        /// The metric that it stems from, where there is one.
        var metric: String?
    }

    let catalog: MetricCatalog
    var findings: [Finding] = []

    mutating func report(_ rule: Rule, _ range: Range<Int>, _ message: String, hint: String? = nil) {
        findings.append(Finding(rule, range, message, hint: hint))
    }

    mutating func shape(of query: Query) -> Shape {
        switch query.node {
        case .number, .string: Shape()
        case .selector(let selector): shape(of: selector, at: query.range)
        case .subquery(let subquery): shape(of: subquery.query)
        case .parenthesized(let inner), .unary(_, let inner): shape(of: inner)
        case .binary(let binary): shape(of: binary)
        case .aggregation(let aggregation): shape(of: aggregation, at: query.range)
        case .call(let call): shape(of: call, at: query.range)
        }
    }

    /// A quantile that is written out lies between 0 and 1.
    mutating func checkQuantile(_ query: Query) {
        guard let value = query.constant, !(value >= 0 && value <= 1) else { return }
        let hint = value > 1 && value < 100 ? "did you mean \(QueryLiteral.text(of: value / 100))?" : nil
        report(
            .quantileRange, query.range, "the quantile \(QueryLiteral.text(of: value)) is not between 0 and 1",
            hint: hint)
    }
}
