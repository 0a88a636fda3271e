import ContractModel

/// What PromQL can call (prometheus.io/docs/prometheus/2.42/querying/functions).
enum Functions {
    struct Signature {
        var parameters: [ValueType]
        /// How many of the last may be left out; `nil` lets the last be repeated, or left out.
        var optional: Int? = 0
        var result: ValueType
    }

    static let aggregations: Set<String> = [
        "avg", "bottomk", "count", "count_values", "group", "max", "min", "quantile", "stddev", "stdvar", "sum", "topk",
    ]

    /// The aggregations that take a parameter, and its type.
    static let parametrized: [String: ValueType] = [
        "bottomk": .scalar, "count_values": .string, "quantile": .scalar, "topk": .scalar,
    ]

    static let all: [String: Signature] = {
        var all: [String: Signature] = [:]
        func add(_ names: [String], _ parameters: [ValueType], optional: Int? = 0, _ result: ValueType = .vector) {
            for name in names { all[name] = Signature(parameters: parameters, optional: optional, result: result) }
        }
        add(
            [
                "abs", "absent", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "deg", "exp",
                "floor", "histogram_count", "histogram_sum", "ln", "log10", "log2", "rad", "sgn", "sin", "sinh", "sort",
                "sort_desc", "sqrt", "tan", "tanh", "timestamp",
            ], [.vector])
        add(
            ["day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year"],
            [.vector], optional: 1)
        add(
            [
                "absent_over_time", "avg_over_time", "changes", "count_over_time", "delta", "deriv", "idelta",
                "increase", "irate", "last_over_time", "max_over_time", "min_over_time", "present_over_time", "rate",
                "resets", "stddev_over_time", "stdvar_over_time", "sum_over_time",
            ], [.matrix])
        add(["clamp"], [.vector, .scalar, .scalar])
        add(["clamp_max", "clamp_min"], [.vector, .scalar])
        add(["histogram_fraction"], [.scalar, .scalar, .vector])
        add(["histogram_quantile"], [.scalar, .vector])
        add(["holt_winters"], [.matrix, .scalar, .scalar])
        add(["label_join"], [.vector, .string, .string, .string], optional: nil)
        add(["label_replace"], [.vector, .string, .string, .string, .string])
        add(["pi", "time"], [], .scalar)
        add(["predict_linear"], [.matrix, .scalar])
        add(["quantile_over_time"], [.scalar, .matrix])
        add(["round"], [.vector, .scalar], optional: 1)
        add(["scalar"], [.vector], .scalar)
        add(["vector"], [.scalar])
        return all
    }()

    static func hint(for name: String) -> String? {
        Suggestion.nearest(to: name, among: Array(all.keys) + aggregations).map { "did you mean '\($0)'?" }
    }
}
