import ContractModel
import MetricsCompiler
import PromQL

extension AlertChecker {
    /// The default lookback delta of Prometheus: the time after which a sample is stale.
    static let lookback = Duration.minute * 5

    /// Reports a condition on series that are stale between two scrapes: it does not hold continuously.
    func checkStaleness(
        _ alert: CompiledAlert, _ expression: Expression, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        guard scrapeInterval >= Self.lookback, readsInstantVectors(expression), !allowances.excuses(.alertDuration)
        else { return }
        diagnostics.error(
            .alertDuration, at: alert.holdLocation,
            "a value is stale after \(PromQLText.duration(Self.lookback)), and the next is scraped after "
                + "\(PromQLText.duration(scrapeInterval)): in between, the condition does not hold",
            hint: "scrape more often than every \(PromQLText.duration(Self.lookback)), or query a range, "
                + "such as last_over_time(x[\(PromQLText.duration(scrapeInterval * 2))])")
    }

    /// Returns whether an expression reads the current values of scraped series. Recorded series have a value at each
    /// evaluation.
    private func readsInstantVectors(_ expression: Expression) -> Bool {
        switch expression.node {
        case .vectorSelector(let selector): selector.name.map { scraped.contains($0.text) } ?? false
        case .parenthesized(let inner), .unary(_, let inner): readsInstantVectors(inner)
        case .binary(let binary):
            readsInstantVectors(binary.first) || binary.operations.contains { readsInstantVectors($0.operand) }
        case .aggregation(let aggregation): readsInstantVectors(aggregation.operand)
        case .call(let call): call.arguments.contains { readsInstantVectors($0) }
        case .number, .string, .matrixSelector, .subquery: false
        }
    }
}
