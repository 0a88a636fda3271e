/// A function of PromQL: what it takes and gives.
///
/// The functions are those of Prometheus 2.42; see <https://prometheus.io/docs/prometheus/2.42/querying/functions/>.
package struct QueryFunction: Sendable {
    package let name: String
    package let parameters: [QueryType]
    /// How many of the last parameters may be left out.
    package let optional: Int
    /// Whether the last parameter may be repeated, or left out.
    package let isVariadic: Bool
    package let result: QueryType

    init(
        _ name: String, _ parameters: [QueryType], optional: Int = 0, isVariadic: Bool = false,
        result: QueryType = .vector
    ) {
        self.name = name
        self.parameters = parameters
        self.optional = optional
        self.isVariadic = isVariadic
        self.result = result
    }

    package static let all: [String: QueryFunction] = {
        var all: [String: QueryFunction] = [:]
        for function in list { all[function.name] = function }
        return all
    }()

    private static let list: [QueryFunction] =
        [
            // One vector in, one out: mathematics, time of a value, order
            "abs", "absent", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "deg", "exp",
            "floor", "histogram_count", "histogram_sum", "ln", "log10", "log2", "rad", "sgn", "sin", "sinh", "sort",
            "sort_desc", "sqrt", "tan", "tanh", "timestamp",
        ].map { QueryFunction($0, [.vector]) }
        + [
            // One range in, one vector out
            "absent_over_time", "avg_over_time", "changes", "count_over_time", "delta", "deriv", "idelta", "increase",
            "irate", "last_over_time", "max_over_time", "min_over_time", "present_over_time", "rate", "resets",
            "stddev_over_time", "stdvar_over_time", "sum_over_time",
        ].map { QueryFunction($0, [.matrix]) }
        + [
            // Parts of a date, of now where nothing is given
            "day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year",
        ].map { QueryFunction($0, [.vector], optional: 1) }
        + [
            QueryFunction("clamp", [.vector, .scalar, .scalar]),
            QueryFunction("clamp_max", [.vector, .scalar]),
            QueryFunction("clamp_min", [.vector, .scalar]),
            QueryFunction("histogram_fraction", [.scalar, .scalar, .vector]),
            QueryFunction("histogram_quantile", [.scalar, .vector]),
            QueryFunction("holt_winters", [.matrix, .scalar, .scalar]),
            QueryFunction("label_join", [.vector, .string, .string, .string], isVariadic: true),
            QueryFunction("label_replace", [.vector, .string, .string, .string, .string]),
            QueryFunction("pi", [], result: .scalar),
            QueryFunction("predict_linear", [.matrix, .scalar]),
            QueryFunction("quantile_over_time", [.scalar, .matrix]),
            QueryFunction("round", [.vector, .scalar], optional: 1),
            QueryFunction("scalar", [.vector], result: .scalar),
            QueryFunction("time", [], result: .scalar),
            QueryFunction("vector", [.scalar]),
        ]
}
