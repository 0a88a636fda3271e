import ContractModel
import MetricsCompiler
import PromQL

/// Whether a query can yield anything of a test's series: where not, a test that an alert stays quiet proves nothing, and
/// one that it fires fails.
struct TestData {
    struct Series {
        var name: String
        var labels: [String: String]
        var values: SeriesValues
    }

    /// What is looked at, in milliseconds since the test's start.
    struct Look {
        /// The latest moment that a selector sees.
        var time: Int64
        /// How far further back it does, because a subquery asks so.
        var reach: Int64 = 0
        /// How many samples of a series are needed.
        var samples = 1
    }

    let series: [Series]
    /// Between two samples, in milliseconds.
    let interval: Int64
    /// Whether selectors pick by their labels too, and not by the metric's name alone.
    var heedsMatchers = true

    /// For how long Prometheus takes a sample for the value of a series.
    private static let lookback: Int64 = 5 * 60_000

    func mayYield(_ query: Query, _ look: Look) -> Bool {
        switch query.node {
        case .number, .string: true
        case .selector(let selector): series.contains { matches(selector, $0) && isSeen($0, by: selector, look) }
        case .subquery(let subquery): mayYield(subquery.query, seen(by: subquery, look))
        case .parenthesized(let inner), .unary(_, let inner): mayYield(inner, look)
        case .chain(let chain): mayYield(chain, look)
        case .aggregation(let aggregation): mayYield(aggregation.operand, look)
        case .call(let call): mayYield(call, look)
        }
    }

    /// From left to right, as the operators of a chain are.
    private func mayYield(_ chain: Query.Chain, _ look: Look) -> Bool {
        chain.links.reduce(mayYield(chain.first, look)) { left, link in
            switch link.operation {
            case .or: left || mayYield(link.operand, look)
            case .unless: left
            default: left && mayYield(link.operand, look)
            }
        }
    }

    /// Functions that yield a value of nothing, and those that make one of two samples at least.
    private static let ofNothing: Set<String> = ["absent", "absent_over_time", "scalar"]
    private static let ofTwoSamples: Set<String> = [
        "delta", "deriv", "idelta", "increase", "irate", "predict_linear", "rate",
    ]

    private func mayYield(_ call: Query.Call, _ look: Look) -> Bool {
        if Self.ofNothing.contains(call.name.text) { return true }
        var look = look
        look.samples = Self.ofTwoSamples.contains(call.name.text) ? 2 : 1
        return call.arguments.allSatisfy { mayYield($0, look) }
    }

    // MARK: Selectors

    private func matches(_ selector: Query.Selector, _ series: Series) -> Bool {
        guard selector.name.map({ $0.text == series.name }) ?? true else { return false }
        return !heedsMatchers
            || selector.matchers.allSatisfy { matcher in
                let name = matcher.label.text
                return matcher.matches(name == "__name__" ? series.name : series.labels[name] ?? "") ?? true
            }
    }

    private func isSeen(_ series: Series, by selector: Query.Selector, _ look: Look) -> Bool {
        // When a fixed moment is, only Prometheus works out.
        guard selector.time.at == nil else { return true }
        let latest = look.time - (selector.time.offset ?? 0)
        let earliest = latest - look.reach - (selector.window ?? Self.lookback)
        let seen = series.values.samples.enumerated().filter { index, sample in
            // Whether the earliest moment is within a range is told otherwise by later versions of Prometheus.
            sample != .none && (earliest...max(earliest, latest)).contains(Int64(index) * interval)
        }
        // What a subquery looks back to has not ended yet.
        if selector.window == nil, look.reach == 0 { return seen.last?.element == .value }
        return seen.count { $0.element == .value } >= (selector.window == nil ? 1 : look.samples)
    }

    private func seen(by subquery: Query.Subquery, _ look: Look) -> Look {
        guard subquery.time.at == nil else { return Look(time: .max / 4, reach: .max / 2) }
        return Look(time: look.time - (subquery.time.offset ?? 0), reach: look.reach + subquery.window)
    }
}
