import ContractModel

/// An analysis that infers the range of the values of each part of an expression, and reports comparisons that always
/// or never hold.
struct ValueAnalysis {
    let catalog: MetricCatalog
    private(set) var findings: [Finding] = []
    /// The comparisons that always hold, with their ranges.
    var alwaysTrue: [Finding] = []

    init(_ catalog: MetricCatalog) {
        self.catalog = catalog
    }

    /// Returns what is known about the values of an expression, without findings.
    static func values(of expression: Expression, in catalog: MetricCatalog) -> ResultValues {
        var analysis = ValueAnalysis(catalog)
        return analysis.values(of: expression)
    }

    mutating func values(of expression: Expression) -> ResultValues {
        expression.folded { (part: Expression, values: [ResultValues]) in
            var result = self.values(of: part, values)
            if let constant = part.constant(ofParts: values.map { $0.range.isExact ? $0.range.low : nil }),
                part.type == .scalar
            {
                result = .constant(constant)
            }
            return result
        }
    }

    mutating func report(_ rule: Rule, _ range: Range<Int>, _ message: String, hint: String? = nil) {
        findings.append(Finding(rule, range, message, hint: hint))
    }

    private mutating func values(of expression: Expression, _ parts: [ResultValues]) -> ResultValues {
        switch expression.node {
        case .number(let number): return .constant(number.value)
        case .string: return .unknown
        case .vectorSelector(let selector): return values(of: selector)
        case .matrixSelector(let matrix): return values(of: matrix.vectorSelector)
        case .parenthesized, .unary(.plus, _): return parts.first ?? .unknown
        case .subquery:
            // A result may have existed at some step.
            var values = parts.first ?? .unknown
            if values.presence == .sometimes || values.isFiltered { values.presence = .sometimes }
            return values
        case .unary(.minus, _):
            var values = parts.first ?? .unknown
            (values.range, values.quantity, values.isShare, values.bounds) = (-values.range, .other, false, [])
            return values
        case .binary(let binary): return values(of: binary, parts, from: expression.range.lowerBound)
        case .aggregation(let aggregation): return values(of: aggregation, parts.last ?? .unknown)
        case .call(let call): return values(of: call, parts)
        }
    }

    // MARK: Selectors

    private func values(of selector: Expression.VectorSelector) -> ResultValues {
        guard let name = selector.name?.text, let series = catalog.series[name] else { return .unknown }
        var values = ResultValues(range: series.values, isExact: true, isWhole: series.isWhole)
        values.quantity = series.quantity
        if series.role == .gauge { values.unit = Self.unit(name) }
        values.isShare = series.isShare
        // The times of `offset` and `@` may be before the series existed.
        let isTimeless = selector.time.offset == nil && selector.time.at == nil
        if series.isComplete, isTimeless { values.presence = .always }
        return values
    }

    /// Returns the unit at the end of the name of a metric.
    static func unit(_ name: String) -> ValueUnit? {
        if name.hasSuffix("_seconds") { return .seconds }
        if name.hasSuffix("_bytes") { return .bytes }
        if name.hasSuffix("_percent") || name.hasSuffix("_percentage") { return .percent }
        if name.hasSuffix("_ratio") { return .ratio }
        return measures.contains { name.hasSuffix($0) } ? .measure : nil
    }

    private static let measures = [
        "_celsius", "_meters", "_volts", "_amperes", "_joules", "_grams", "_watts", "_pascals",
    ]

    // MARK: Aggregations

    private func values(of aggregation: Expression.Aggregation, _ operand: ResultValues) -> ResultValues {
        var values = operand
        switch aggregation.operation {
        case .sum:
            // Of several series: a bound on one side remains if a sum cannot cross it.
            values.range = ValueRange(
                operand.range.low >= 0 ? operand.range.low : -.infinity,
                operand.range.high <= 0 ? operand.range.high : .infinity)
            (values.quantity, values.isShare, values.bounds) = (.other, false, [])
            if values.unit == .ratio || values.unit == .percent { values.unit = nil }
            values.isMissingIfZero = operand.isFiltered
        case .count, .countValues:
            values = ResultValues(
                range: ValueRange(1, .infinity), isExact: true, isWhole: true, presence: operand.presence,
                isFiltered: operand.isFiltered, isMissingIfZero: true)
        case .group:
            values = ResultValues(range: .exactly(1), isExact: true, isWhole: true, presence: operand.presence)
        case .stddev, .stdvar:
            values = ResultValues(
                range: .notNegative, mayBeNaN: true, presence: operand.presence, isFiltered: operand.isFiltered)
        case .avg, .quantile:
            (values.isExact, values.isWhole) = (false, false)
            if aggregation.operation == .quantile, !hasQuantile(aggregation.parameter) { values.range = .all }
        case .max, .min: break
        case .topk, .bottomk: values.presence = operand.presence == .never ? .never : .sometimes
        }
        return values
    }

    /// Returns whether a parameter is a quantile between 0 and 1; for others, the result is infinite.
    func hasQuantile(_ parameter: Expression?) -> Bool {
        guard case .number(let number)? = parameter?.unparenthesized.node else { return false }
        return number.value >= 0 && number.value <= 1
    }
}
