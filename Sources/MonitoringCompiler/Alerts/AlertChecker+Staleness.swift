import ContractModel
import MetricsCompiler
import PromQL

extension AlertChecker {
    /// For how long Prometheus takes a sample for a series' value, unless told otherwise.
    private static let lookback = 5 * 60_000

    /// What is scraped seldom has no value between two scrapes, and a condition on it holds for no longer than that.
    func checkStaleness(
        _ alert: CompiledAlert, _ query: Query, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        guard scrapeInterval >= Self.lookback, looksAtValues(query), !allowances.excuses(.alertDuration) else { return }
        diagnostics.error(
            .alertDuration, at: alert.holdLocation,
            "a value is forgotten after \(PromQLText.duration(Self.lookback)), and the next is scraped after "
                + "\(PromQLText.duration(scrapeInterval)): in between, the condition does not hold",
            hint: "scrape more often than every \(PromQLText.duration(Self.lookback)), or query a range, "
                + "such as last_over_time(x[\(PromQLText.duration(2 * scrapeInterval))])")
    }

    /// Whether a query asks for scraped series as they are now. What rules record has a value at each evaluation.
    private func looksAtValues(_ query: Query) -> Bool {
        switch query.node {
        case .selector(let selector):
            selector.window == nil && selector.name.map { scraped.contains($0.text) } ?? false
        case .parenthesized(let inner), .unary(_, let inner): looksAtValues(inner)
        case .chain(let chain): looksAtValues(chain.first) || chain.links.contains { looksAtValues($0.operand) }
        case .aggregation(let aggregation): looksAtValues(aggregation.operand)
        case .call(let call): call.arguments.contains { looksAtValues($0) }
        case .number, .string, .subquery: false
        }
    }
}
