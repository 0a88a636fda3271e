/// The signature of a function of PromQL.
///
/// The functions are those of Prometheus 2.42; see <https://prometheus.io/docs/prometheus/2.42/querying/functions/>.
package struct PromQLFunction: Sendable {
    package let name: String
    package let parameters: [ValueType]
    /// The number of trailing parameters that are optional.
    package let optional: Int
    /// Whether the last parameter may be repeated or omitted.
    package let isVariadic: Bool
    package let result: ValueType

    init(
        _ name: String, _ parameters: [ValueType], optional: Int = 0, isVariadic: Bool = false,
        result: ValueType = .vector
    ) {
        self.name = name
        self.parameters = parameters
        self.optional = optional
        self.isVariadic = isVariadic
        self.result = result
    }

    // MARK: Functions

    package static let absent = PromQLFunction("absent", [.vector])
    package static let absentOverTime = PromQLFunction("absent_over_time", [.matrix])
    package static let countOverTime = PromQLFunction("count_over_time", [.matrix])
    package static let histogramQuantile = PromQLFunction("histogram_quantile", [.scalar, .vector])
    package static let increase = PromQLFunction("increase", [.matrix])
    package static let rate = PromQLFunction("rate", [.matrix])

    /// All functions by name.
    package static let all: [String: PromQLFunction] = {
        var all: [String: PromQLFunction] = [:]
        for function in list { all[function.name] = function }
        return all
    }()

    private static let list: [PromQLFunction] =
        [
            // Functions of one instant vector
            "abs", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "deg", "exp",
            "floor", "histogram_count", "histogram_sum", "ln", "log10", "log2", "rad", "sgn", "sin", "sinh", "sort",
            "sort_desc", "sqrt", "tan", "tanh", "timestamp",
        ].map { PromQLFunction($0, [.vector]) }
        + [
            // Functions of one range vector
            "avg_over_time", "changes", "delta", "deriv", "idelta", "irate", "last_over_time", "max_over_time",
            "min_over_time", "present_over_time", "resets", "stddev_over_time", "stdvar_over_time", "sum_over_time",
        ].map { PromQLFunction($0, [.matrix]) }
        + [
            // Parts of a date; of the current time by default
            "day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year",
        ].map { PromQLFunction($0, [.vector], optional: 1) }
        + [
            absent, absentOverTime, countOverTime, histogramQuantile, increase, rate,
            PromQLFunction("clamp", [.vector, .scalar, .scalar]),
            PromQLFunction("clamp_max", [.vector, .scalar]),
            PromQLFunction("clamp_min", [.vector, .scalar]),
            PromQLFunction("histogram_fraction", [.scalar, .scalar, .vector]),
            PromQLFunction("holt_winters", [.matrix, .scalar, .scalar]),
            PromQLFunction("label_join", [.vector, .string, .string, .string], isVariadic: true),
            PromQLFunction("label_replace", [.vector, .string, .string, .string, .string]),
            PromQLFunction("pi", [], result: .scalar),
            PromQLFunction("predict_linear", [.matrix, .scalar]),
            PromQLFunction("quantile_over_time", [.scalar, .matrix]),
            PromQLFunction("round", [.vector, .scalar], optional: 1),
            PromQLFunction("scalar", [.vector], result: .scalar),
            PromQLFunction("time", [], result: .scalar),
            PromQLFunction("vector", [.scalar]),
        ]
}
