import TestSupport

/// Random series, and random expressions about them.
struct RandomExpressions {
    struct Series: CustomStringConvertible {
        var name: String
        var labels: [String: String]
        var values: String

        var text: String {
            name + "{" + labels.sorted { $0.key < $1.key }.map { "\($0)=\"\($1)\"" }.joined(separator: ",") + "}"
        }
        var description: String { "\(text) \(values)" }
    }

    var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    private mutating func one<Element>(of choices: [Element]) -> Element {
        choices[Int.random(in: choices.indices, using: &random)]
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    // MARK: Series

    mutating func series() -> [Series] {
        var all: [Series] = []
        for a in ["x", "y"] {
            for b in ["1", "2", "3"] where !chance(15) {
                all.append(Series(name: "c_total", labels: ["a": a, "b": b], values: values(isCounter: true)))
                if !chance(15) {
                    all.append(Series(name: "g", labels: ["a": a, "b": b], values: values(isCounter: false)))
                }
            }
            for (index, le) in ["0.1", "0.5", "1.0", "+Inf"].enumerated() where !chance(4) {
                let step = Int.random(in: 0...3, using: &random) + index * 3
                all.append(
                    Series(
                        name: "h_bucket", labels: ["a": a, "le": le],
                        values: chance(10) ? values(isCounter: true) : "0+\(step)x40"))
            }
            if !chance(20) { all.append(Series(name: "info", labels: ["a": a, "zone": a + "z"], values: "1x40")) }
        }
        all.append(Series(name: "s", labels: [:], values: values(isCounter: false)))
        return all
    }

    private mutating func values(isCounter: Bool) -> String {
        var parts: [String] = []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let count = Int.random(in: 0...15, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0: parts.append("_x\(Int.random(in: 1...8, using: &random))")
            case 1: parts.append("stale")
            case 2: parts.append(one(of: ["0", "5", "2.5", isCounter ? "7" : "NaN", isCounter ? "1e3" : "-Inf"]))
            case 3, 4: parts.append("\(one(of: ["0", "1", "3"]))x\(count)")
            default:
                let step = one(of: isCounter ? ["+1", "+60", "+0.5", "+3"] : ["+1", "-1", "+0.1", "-7"])
                parts.append("\(one(of: ["0", "10", "0.5"]))\(step)x\(count)")
            }
        }
        return parts.joined(separator: " ")
    }

    // MARK: Expressions

    mutating func expression() -> String { vector(Int.random(in: 1...4, using: &random)) }

    private mutating func matchers() -> String {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: "{a=\"x\"}"
        case 1: "{a!=\"x\"}"
        case 2: "{b=~\"1|2\"}"
        case 3: "{b!~\"[12]\"}"
        case 4: "{a=\"nope\"}"
        default: ""
        }
    }

    private mutating func selector() -> String {
        let name = one(of: ["c_total", "g", "h_bucket", "info", "s"])
        return name + (name == "s" ? "" : matchers())
    }

    private mutating func modifiers() -> String {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: " offset 3m"
        case 1: " offset -90s"
        case 2: " @ 600"
        case 3: " @ end()"
        case 4: " @ 300 offset 1m"
        default: ""
        }
    }

    private mutating func range(_ depth: Int) -> String {
        if depth > 0, chance(25) {
            let step = one(of: ["", "1m", "30s", "100s"])
            return "(\(vector(depth - 1)))[\(one(of: ["5m", "10m", "90s"])):\(step)]\(modifiers())"
        }
        return "\(selector())[\(one(of: ["1m", "2m", "5m", "10m", "150s"]))]\(modifiers())"
    }

    private mutating func scalar(_ depth: Int) -> String {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: "time()"
        case 1 where depth > 0: "scalar(\(vector(depth - 1)))"
        case 2: "-0.5"
        case 3: "pi()"
        case 4 where depth > 0: "(\(scalar(depth - 1)) \(one(of: ["+", "*", "/", "%", "^"])) \(scalar(depth - 1)))"
        case 5: "Inf"
        default: one(of: ["0", "1", "2", "0.5", "10", "100"])
        }
    }

    private mutating func vector(_ depth: Int) -> String {
        guard depth > 0 else { return selector() + modifiers() }
        switch Int.random(in: 0..<20, using: &random) {
        case 0, 1: return selector() + modifiers()
        case 2, 3, 4, 5: return rangeFunction(depth)
        case 6, 7, 8, 9: return aggregation(depth)
        case 10, 11, 12, 13, 14: return binary(depth)
        case 15:
            return
                "histogram_quantile(\(one(of: ["0.5", "0.95", "0.99", "0", "1", "1.5"])), \(one(of: ["h_bucket", "rate(h_bucket[5m])", "sum by (le) (rate(h_bucket[5m]))", "sum by (le, a) (h_bucket)"])))"
        case 16: return "absent(\(vector(depth - 1)))"
        case 17: return label(depth)
        case 18: return "vector(\(scalar(depth - 1)))"
        default: return elementFunction(depth)
        }
    }

    private mutating func rangeFunction(_ depth: Int) -> String {
        let names = [
            "rate", "increase", "delta", "irate", "idelta", "deriv", "changes", "resets", "avg_over_time",
            "sum_over_time", "max_over_time", "min_over_time", "count_over_time", "last_over_time",
            "present_over_time", "stddev_over_time", "stdvar_over_time", "absent_over_time", "quantile_over_time",
            "predict_linear", "rate", "increase",
        ]
        let name = one(of: names)
        switch name {
        case "quantile_over_time": return "\(name)(\(one(of: ["0.5", "0.9", "1", "-1"])), \(range(depth - 1)))"
        case "predict_linear": return "\(name)(\(range(depth - 1)), \(one(of: ["60", "3600"])))"
        default: return "\(name)(\(range(depth - 1)))"
        }
    }

    private mutating func grouping() -> String {
        one(of: ["", " by (a)", " by (a, b)", " without (b)", " by (le)", " without (a, le)", " by (__name__)"])
    }

    private mutating func aggregation(_ depth: Int) -> String {
        let name = one(of: [
            "sum", "avg", "min", "max", "count", "group", "stddev", "stdvar", "quantile", "topk", "bottomk",
            "count_values", "sum", "sum", "count",
        ])
        switch name {
        case "quantile": return "\(name)\(grouping()) (\(one(of: ["0.5", "0.9"])), \(vector(depth - 1)))"
        case "topk", "bottomk": return "\(name)\(grouping()) (\(one(of: ["1", "2", "0"])), \(vector(depth - 1)))"
        case "count_values": return "\(name)\(grouping()) (\"v\", \(vector(depth - 1)))"
        default: return "\(name)\(grouping()) (\(vector(depth - 1)))"
        }
    }

    private mutating func matching() -> String {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: "on (a)"
        case 1: "on (a, b)"
        case 2: "ignoring (b)"
        case 3: "on ()"
        case 4: "on (a) group_left ()"
        case 5: "on (a) group_left (zone)"
        case 6: "on (a) group_right (zone)"
        case 7: "ignoring (zone, b) group_left ()"
        default: ""
        }
    }

    private mutating func binary(_ depth: Int) -> String {
        let comparison = one(of: ["==", "!=", "<", "<=", ">", ">="])
        let arithmetic = one(of: ["+", "-", "*", "/", "%", "^"])
        let isComparison = chance(50)
        let operation = (isComparison ? comparison + (chance(25) ? " bool" : "") : arithmetic)
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1, 2: return "(\(vector(depth - 1)) \(operation) \(scalar(depth - 1)))"
        case 3: return "(\(scalar(depth - 1)) \(operation) \(vector(depth - 1)))"
        case 4, 5:
            let keys = one(of: ["", "on (a)", "on (a, b)", "ignoring (b)", "on ()"])
            return "(\(vector(depth - 1)) \(one(of: ["and", "or", "unless"])) \(keys) \(vector(depth - 1)))"
        case 6: return "(-\(vector(depth - 1)))"
        case 7:
            // Equal series on both sides.
            let side = vector(depth - 1)
            return "(\(side) \(operation) \(matching()) \(side))"
        default: return "(\(vector(depth - 1)) \(operation) \(matching()) \(vector(depth - 1)))"
        }
    }

    private mutating func label(_ depth: Int) -> String {
        let inner = vector(depth - 1)
        return one(of: [
            "label_replace(\(inner), \"c\", \"$1\", \"a\", \"(.*)\")",
            "label_replace(\(inner), \"c\", \"k\", \"b\", \"1|2\")",
            "label_replace(\(inner), \"b\", \"\", \"a\", \"x\")", "label_join(\(inner), \"c\", \"-\", \"a\", \"b\")",
            "label_join(\(inner), \"a\", \"\")",
        ])
    }

    private mutating func elementFunction(_ depth: Int) -> String {
        let inner = vector(depth - 1)
        let name = one(of: [
            "abs", "ceil", "floor", "exp", "ln", "log2", "log10", "sqrt", "sgn", "round", "sort", "timestamp", "hour",
            "minute", "day_of_week", "day_of_month", "month", "year", "days_in_month", "day_of_year", "clamp",
            "clamp_min", "clamp_max",
            "sin", "tanh", "atan", "deg", "rad",
        ])
        switch name {
        case "clamp": return "clamp(\(inner), \(scalar(0)), \(scalar(0)))"
        case "clamp_min", "clamp_max": return "\(name)(\(inner), \(scalar(0)))"
        case "round": return "round(\(inner)\(one(of: ["", ", 5", ", 0.1"])))"
        case "hour", "minute", "year", "month", "day_of_week", "day_of_year", "days_in_month", "day_of_month":
            return chance(20) ? "\(name)()" : "\(name)(\(inner) * 1e7)"
        default: return "\(name)(\(inner))"
        }
    }
}
