import ContractModel
import TestSupport
import Testing

@testable import PromQL

/// "Never fires" and "always fires" are claims: promtool evaluates random alerts of which they are made, over extreme series
/// that the catalog allows.
@Suite("PromQL: claims about alerts")
struct ClaimTests {
    static let contracts = 5

    @Test("promtool confirms each claim about random alerts")
    func claims() throws {
        var random = SeededGenerator(seed: 3)
        var judge = PromtoolEvaluation()
        var asked: [(text: String, rule: Rule, time: Duration)] = []
        for _ in 0..<Self.contracts {
            let contract = RandomContract(&random)
            var generator = RandomAlerts(contract, seed: random.next())
            let claims = try generator.claims(800, most: 190)
            for rule in [Rule.neverFires, .alwaysFires] {
                #expect(claims.count { $0.rule == rule } > 20, "\(rule)")
            }
            for series in contract.extremes {
                // Questions have times of their own, for which each range has enough samples.
                let questions = claims.map { ($0.text, Int.random(in: 350...500, using: &random)) }
                for ((question, time), claim) in zip(judge.add(series, questions), claims) {
                    asked.append((question, claim.rule, time))
                }
            }
        }
        let answers = try judge.answers()
        for (text, rule, time) in asked {
            let answer = answers[time] ?? .samples([])
            guard case .samples(let samples) = answer else { continue }
            #expect(samples.isEmpty == (rule == .neverFires), "\(text) at \(time): \(rule), but \(samples)")
        }
    }
}

/// Metrics with random ranges and buckets.
struct RandomContract {
    let level: ClosedRange<Int>
    let buckets: [Double]

    init(_ random: inout SeededGenerator) {
        level = Int.random(in: -50...5, using: &random)...Int.random(in: 6...90, using: &random)
        var bound = 0.0
        buckets = (0..<3).map { _ in
            bound += Double(Int.random(in: 1...8, using: &random)) / 4
            return bound
        }
    }

    var catalog: MetricCatalog {
        MetricCatalog(
            families: [
                MetricFamily(
                    "c_total", .counter,
                    labels: [
                        .init("a", .closed(["x", "y"]), isIndependent: true),
                        .init("b", .closed(["1", "2"]), isIndependent: true),
                    ]),
                MetricFamily(
                    "state", .gauge, labels: [.init("a", .closed(["x", "y"]))], values: ValueRange(0, 1),
                    isWhole: true),
                MetricFamily("depth", .gauge, values: .notNegative, isWhole: true),
                MetricFamily(
                    "level", .gauge, labels: [.init("a", .closed(["x", "y"]))],
                    values: ValueRange(Double(level.lowerBound), Double(level.upperBound))),
                MetricFamily("done_timestamp_seconds", .gauge, values: .notNegative, moment: .past),
                MetricFamily("h", .histogram(buckets: buckets)),
            ],
            scrapeInterval: .seconds(60))
    }

    /// Series with the smallest, the largest and changing values.
    var extremes: [[RandomExpressions.Series]] {
        let (low, high) = (level.lowerBound, level.upperBound)
        return [
            series(
                counter: "0x40", state: "0x40", depth: "0x40", level: "\(low)x40", done: "0x40", counts: [0, 0, 0, 0]),
            series(
                counter: "1000000x40", state: "1x40", depth: "1000000x40", level: "\(high)x40", done: "0+60x40",
                counts: [0, 0, 0, 100]),
            series(
                counter: "0+1000000x40", state: "0x20 1x20", depth: "0+1000x40", level: "\(low)x20 \(high)x20",
                done: "0+30x40", counts: [7, 7, 7, 7]),
            series(
                counter: "0+5x15 0+1x20 3x5", state: "1 0 1 0 1 0 1 0 1x10 0x20", depth: "5 0 5 0 5 0 1x30",
                level: "\(low) \(high) \(low) \(high) 0x40", done: "0x10 600x30", counts: [1, 2, 3, 4]),
        ]
    }

    private func series(
        counter: String, state: String, depth: String, level: String, done: String, counts: [Int]
    ) -> [RandomExpressions.Series] {
        typealias Series = RandomExpressions.Series
        var all = [
            Series(name: "depth", labels: [:], values: depth),
            Series(name: "done_timestamp_seconds", labels: [:], values: done),
        ]
        for a in ["x", "y"] {
            all.append(Series(name: "state", labels: ["a": a], values: state))
            all.append(Series(name: "level", labels: ["a": a], values: level))
            for b in ["1", "2"] {
                all.append(
                    Series(name: "c_total", labels: ["a": a, "b": b], values: b == "1" ? counter : "0+1x40"))
            }
        }
        for (bound, step) in zip(buckets.map { "\($0)" } + ["+Inf"], counts) {
            all.append(Series(name: "h_bucket", labels: ["le": bound], values: "0+\(step)x40"))
        }
        return all
    }
}

/// Random alerts about the metrics of a contract, with limits that are likely to be outside of a range.
struct RandomAlerts {
    private let contract: RandomContract
    private var random: SeededGenerator

    init(_ contract: RandomContract, seed: UInt64) {
        self.contract = contract
        random = SeededGenerator(seed: seed)
    }

    /// Returns the alerts of which it is claimed that they never or always fire, for another reason than their lack of a
    /// comparison.
    mutating func claims(_ count: Int, most: Int) throws -> [(text: String, rule: Rule)] {
        var claims: [(text: String, rule: Rule)] = []
        let checker = ExpressionChecker(contract.catalog)
        for _ in 0..<count {
            let text = condition()
            var findings: [Finding] = []
            guard let expression = Expression.parse(text, findings: &findings) else { continue }
            // Series that never match have no values.
            let found = checker.check(expression)
            if found.contains(where: { $0.rule == .neverMatches || $0.rule == .selfComparison }) { continue }
            var values = ValueAnalysis(contract.catalog)
            let presence = values.values(of: expression).presence
            if presence == .never { claims.append((text, .neverFires)) }
            if checker.findings(ofAlert: expression).contains(where: { $0.rule == .alwaysFires }) {
                claims.append((text, .alwaysFires))
            }
        }
        return Array(claims.prefix(most))
    }

    private mutating func one<Element>(of choices: [Element]) -> Element {
        choices[Int.random(in: choices.indices, using: &random)]
    }

    private var comparison: String { mutating get { one(of: [">", ">=", "<", "<=", "==", "!="]) } }
    private var limit: String {
        mutating get {
            let bounds = contract.buckets.map { "\($0)" }
            return one(
                of: ["-5", "-1", "0", "0.05", "0.5", "1", "1.5", "2", "100", "0.01"] + bounds + [
                    "\(contract.level.lowerBound)", "\(contract.level.upperBound)",
                ])
        }
    }

    /// A comparison, or two of the same series.
    private mutating func condition() -> String {
        let subject = vector(Int.random(in: 0...3, using: &random))
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1:
            return
                "\(subject) \(comparison) \(limit) \(one(of: ["and", "or", "unless"])) \(subject) \(comparison) \(limit)"
        case 2:
            let gauge = gauge()
            return "absent(\(gauge)) \(one(of: ["or", "and", "and on ()"])) \(gauge) \(comparison) \(limit)"
        case 3: return "done_timestamp_seconds \(comparison) time()"
        default: return "\(subject) \(comparison) \(limit)"
        }
    }

    private mutating func gauge() -> String {
        one(of: ["state", "state{a=\"x\"}", "depth", "level", "level", "up_like", "done_timestamp_seconds"])
            .replacing("up_like", with: "state")
    }

    private mutating func vector(_ depth: Int) -> String {
        guard depth > 0 else {
            return one(of: [
                gauge(), gauge(), "rate(c_total[5m])", "increase(c_total{b=\"1\"}[10m])", "irate(c_total[5m])",
                "c_total",
                "changes(state[10m])", "resets(c_total[10m])", "count_over_time(level[5m])",
                "histogram_quantile(\(one(of: ["0.5", "0.95", "0", "1"])), sum by (le) (rate(h_bucket[5m])))",
                "time() - done_timestamp_seconds", "done_timestamp_seconds - time()",
                "(time() - max(done_timestamp_seconds))", "hour()", "absent(state)",
                "sum(rate(c_total{a=\"x\"}[5m])) / sum(rate(c_total[5m]))",
                "sum by (a) (rate(c_total{b=\"1\"}[5m])) / sum by (a) (rate(c_total[5m]))",
                "sum by (a, b) (rate(c_total[5m])) / on (a) group_left () sum by (a) (rate(c_total[5m]))",
                "sum(rate(h_bucket{le=\"\(contract.buckets[1])\"}[5m])) / sum(rate(h_bucket{le=\"+Inf\"}[5m]))",
                "delta(level[10m])", "avg_over_time(state[10m])", "max_over_time(level[10m])",
                "stddev_over_time(level[10m])", "sum_over_time(state[5m])", "quantile_over_time(0.5, level[10m])",
                "deriv(depth[10m])", "min_over_time(rate(c_total[5m])[10m:1m])",
            ])
        }
        let inner = vector(depth - 1)
        switch Int.random(in: 0..<14, using: &random) {
        case 0: return "sum(\(inner))"
        case 1: return "\(one(of: ["avg", "min", "max", "count", "stddev", "group"]))(\(inner))"
        case 2: return "\(one(of: ["avg", "min", "max", "count", "sum"])) by (a) (\(inner))"
        case 3: return "abs(\(inner))"
        case 4: return "\(one(of: ["ceil", "floor", "round", "sgn", "exp", "sqrt", "ln"]))(\(inner))"
        case 5: return "clamp_min(\(inner), \(limit))"
        case 6: return "clamp_max(\(inner), \(limit))"
        case 7: return "(1 - \(inner))"
        case 8: return "(\(inner) \(one(of: ["*", "+", "-", "/", "%"])) \(limit))"
        case 9: return "(\(inner) \(comparison) bool \(limit))"
        case 10: return "(-\(inner))"
        case 11: return "quantile(0.9, \(inner))"
        case 12: return "(\(inner) or vector(0))"
        default: return "(\(inner) \(one(of: ["*", "+", "-", "/"])) \(inner))"
        }
    }
}
