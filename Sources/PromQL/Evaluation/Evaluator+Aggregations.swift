import ContractModel

/// Aggregations.
extension Evaluator {
    mutating func vector(of aggregation: Expression.Aggregation, _ time: Int) throws(EvaluationError) -> [Sample] {
        switch aggregation.operation {
        case .countValues: return try countedValues(aggregation, time)
        case .topk, .bottomk:
            guard let parameter = aggregation.parameter else { throw .unsupported("this aggregation") }
            return try extremes(aggregation, count: try scalar(of: parameter, time), time)
        case .avg, .count, .group, .max, .min, .quantile, .stddev, .stdvar, .sum: break
        }
        let parameter = try aggregation.parameter.map { (parameter) throws(EvaluationError) in
            try scalar(of: parameter, time)
        }
        return groups(of: try vector(of: aggregation.operand, time), by: aggregation.grouping).map { group in
            let values = group.samples.map(\.value)
            return Sample(labels: group.labels, value: Self.value(of: aggregation.operation, values, parameter))
        }
    }

    private struct Group {
        var labels: [String: String]
        var samples: [Sample]
    }

    private func groups(of samples: [Sample], by grouping: Expression.Aggregation.Grouping?) -> [Group] {
        var groups: [Group] = []
        var indices: [[String: String]: Int] = [:]
        for sample in samples {
            let labels = Self.labels(sample.labels, groupedBy: grouping)
            if let index = indices[labels] {
                groups[index].samples.append(sample)
            } else {
                indices[labels] = groups.count
                groups.append(Group(labels: labels, samples: [sample]))
            }
        }
        return groups
    }

    private static func labels(
        _ labels: [String: String], groupedBy grouping: Expression.Aggregation.Grouping?
    ) -> [String: String] {
        let names = Set(grouping?.labels.map(\.text) ?? [])
        switch grouping?.kind {
        case .without: return labels.filter { !names.contains($0.key) && $0.key != LabelSet.metricName }
        case .by, nil: return labels.filter { names.contains($0.key) }
        }
    }

    private static func value(
        of operation: Expression.Aggregation.Operator, _ values: [Double], _ parameter: Double?
    ) -> Double {
        let first = values.first ?? .nan
        switch operation {
        case .sum: return values.dropFirst().reduce(first, +)
        case .count: return Double(values.count)
        case .group: return 1
        case .max: return values.dropFirst().reduce(first) { $0 < $1 || $0.isNaN ? $1 : $0 }
        case .min: return values.dropFirst().reduce(first) { $0 > $1 || $0.isNaN ? $1 : $0 }
        case .avg: return average(values)
        case .stddev: return variance(values).squareRoot()
        case .stdvar: return variance(values)
        case .quantile: return values.quantile(parameter ?? .nan)
        case .bottomk, .topk, .countValues: return .nan
        }
    }

    private static func average(_ values: [Double]) -> Double {
        var mean = values.first ?? .nan
        for (index, value) in values.enumerated().dropFirst() {
            if mean.isInfinite, value.isInfinite ? (mean > 0) == (value > 0) : !value.isNaN { continue }
            let count = Double(index + 1)
            mean += value / count - mean / count
        }
        return mean
    }

    private static func variance(_ values: [Double]) -> Double {
        var (mean, squares) = (values.first ?? .nan, 0.0)
        for (index, value) in values.enumerated().dropFirst() {
            let difference = value - mean
            mean += difference / Double(index + 1)
            squares += difference * (value - mean)
        }
        return squares / Double(values.count)
    }

    // MARK: Selections

    /// Evaluates `topk` and `bottomk`, whose choice among equal values depends on how Prometheus stores its series.
    private mutating func extremes(
        _ aggregation: Expression.Aggregation, count: Double, _ time: Int
    ) throws(EvaluationError) -> [Sample] {
        guard count.magnitude < 1e9 else { throw .unsupported("this number of series") }
        let samples = try vector(of: aggregation.operand, time)
        guard count >= 1 else { return [] }
        var selected: [Sample] = []
        for group in groups(of: samples, by: aggregation.grouping) {
            let number = Int(count)
            guard group.samples.count > number else {
                selected += group.samples
                continue
            }
            guard !group.samples.contains(where: \.value.isNaN) else { throw .unsupported("the order of NaN") }
            let sorted = group.samples.sorted {
                aggregation.operation == .topk ? $0.value > $1.value : $0.value < $1.value
            }
            guard sorted[number - 1].value != sorted[number].value else { throw .unsupported("a choice of equals") }
            selected += sorted.prefix(number)
        }
        return selected
    }

    private mutating func countedValues(
        _ aggregation: Expression.Aggregation, _ time: Int
    ) throws(EvaluationError) -> [Sample] {
        guard case .string(let label)? = aggregation.parameter?.unparenthesized.node else {
            throw .unsupported("this parameter")
        }
        var grouping = aggregation.grouping ?? .init(kind: .by, labels: [])
        if grouping.kind == .by { grouping.labels.append(.init(text: label, range: 0..<0)) }
        var samples: [Sample] = []
        for var sample in try vector(of: aggregation.operand, time) {
            // Longer numbers have no exponent in Prometheus.
            guard sample.value.magnitude < 1e15, sample.value.magnitude >= 1e-4 || sample.value == 0 else {
                throw .unsupported("the text of such a number")
            }
            sample.labels[label] = PromQLLiteral.text(of: sample.value)
            samples.append(sample)
        }
        return groups(of: samples, by: grouping).map { Sample(labels: $0.labels, value: Double($0.samples.count)) }
    }
}
