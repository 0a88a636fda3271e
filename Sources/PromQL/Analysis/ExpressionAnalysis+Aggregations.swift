import ContractModel

/// The results of aggregations.
extension ExpressionAnalysis {
    mutating func shape(of aggregation: Expression.Aggregation, _ parts: [Shape], at range: Range<Int>) -> Shape {
        let operation = aggregation.operation
        var result = parts.last ?? Shape()
        if operation == .quantile, let parameter = aggregation.parameter { checkQuantile(parameter, parts[0]) }
        let grouping = aggregation.grouping
        checkLabels(
            grouping?.labels ?? [], in: [("its operand does not have", result.labels)],
            of: grouping?.kind.rawValue ?? "")
        if operation == .topk || operation == .bottomk {
            // These select series and do not change them.
            result.isComplete = false
            return result
        }
        let labels = result.labels
        let names = grouping?.labels.map(\.text) ?? []
        result.labels =
            grouping?.kind == .without
            ? labels.removing(names + [LabelSet.metricName]) : labels.keeping(names)
        if mixesSeries(operation), result.role == .counter || result.role == .buckets {
            let isOfOneProcess = result.labels.mayHave(MetricCatalog.processLabel)
            if labels.mayHave(MetricCatalog.processLabel), !isOfOneProcess { result.mixesProcesses = true }
        }
        if mixesSeries(operation), result.role.isOfBuckets, labels.mayHave("le"), !result.labels.mayHave("le") {
            reportMissingLe(aggregation, at: range)
            result.role = .mixedBuckets
        }
        result.role = role(of: operation, result.role)
        if operation == .countValues, case .string(let label)? = aggregation.parameter?.node {
            result.labels.set(label, .init(isCertain: true))
            result.isComplete = false
        }
        return result
    }

    /// Returns whether an operation combines the values of several series, instead of counting series.
    private func mixesSeries(_ operation: Expression.Aggregation.Operator) -> Bool {
        switch operation {
        case .count, .group, .countValues: false
        case .avg, .max, .min, .quantile, .stddev, .stdvar, .sum, .topk, .bottomk: true
        }
    }

    private func role(of operation: Expression.Aggregation.Operator, _ operand: Shape.Role) -> Shape.Role {
        guard operand != .unknown else { return .unknown }
        switch operation {
        case .count, .countValues: return .gauge
        case .group: return .constant
        case .avg, .max, .min, .quantile, .stddev, .stdvar, .sum, .topk, .bottomk: return operand
        }
    }

    private mutating func reportMissingLe(_ aggregation: Expression.Aggregation, at range: Range<Int>) {
        let name = aggregation.operation.rawValue
        var hint =
            "write \(name) by (\((["le"] + (aggregation.grouping?.labels.map(\.text) ?? [])).joined(separator: ", ")))"
        if aggregation.grouping?.kind == .without { hint = "leave le out of without (…)" }
        report(
            .missingBucketBound, range.lowerBound..<range.lowerBound + name.utf8.count,
            "'\(name)' drops the label le: it mixes a histogram's buckets, each of which includes all smaller ones",
            hint: hint)
    }

    /// Reports labels that no series of the operands has.
    ///
    /// - Returns: Whether all labels are known.
    @discardableResult
    mutating func checkLabels(
        _ names: [Expression.Name], in operands: [(name: String, labels: LabelSet)], of clause: String
    ) -> Bool {
        var areKnown = true
        for name in names {
            let lacking = operands.filter { !$0.labels.mayHave(name.text) }
            guard let first = lacking.first else { continue }
            areKnown = false
            let isLackedByBoth = lacking.count > 1
            let known = Set(isLackedByBoth ? lacking.flatMap(\.labels.names) : first.labels.names)
            report(
                .unknownGrouping, name.range,
                "'\(clause)' names the label '\(name.text)', which \(isLackedByBoth ? "neither side has" : first.name)",
                hint: known.isEmpty ? "there are no labels" : Suggestion.hint(for: name.text, among: known))
        }
        return areKnown
    }
}
