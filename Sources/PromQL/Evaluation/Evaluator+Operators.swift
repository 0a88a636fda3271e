import ContractModel

/// Binary operators.
extension Evaluator {
    mutating func value(of binary: Expression.BinaryExpression, _ time: Int) throws(EvaluationError) -> Value {
        var left = try value(of: binary.first, time)
        for operation in binary.operations {
            left = try combined(left, try value(of: operation.operand, time), by: operation)
        }
        return left
    }

    private func combined(
        _ left: Value, _ right: Value, by operation: Expression.BinaryOperation
    ) throws(EvaluationError) -> Value {
        // Versions of Prometheus differ in whether it keeps the name of the metric.
        if operation.binaryOperator == .atan2 { throw .unsupported("atan2") }
        switch (left, right) {
        case (.scalar(let left), .scalar(let right)):
            return .scalar(operation.result(left, right) ?? 0)
        case (.vector(let samples), .scalar(let number)):
            return .vector(
                try unique(samples.compactMap { sample in operation.applied(to: sample, sample.value, number) }))
        case (.scalar(let number), .vector(let samples)):
            return .vector(
                try unique(samples.compactMap { sample in operation.applied(to: sample, number, sample.value) }))
        case (.vector(let left), .vector(let right)):
            if operation.binaryOperator.isSetOperator {
                return .vector(try unique(united(left, right, by: operation)))
            }
            return .vector(try unique(try matched(left, right, by: operation)))
        }
    }

    // MARK: Sets

    private func united(_ left: [Sample], _ right: [Sample], by operation: Expression.BinaryOperation) -> [Sample] {
        let key = { (sample: Sample) in operation.key(sample.labels) }
        switch operation.binaryOperator {
        case .or:
            let leftKeys = Set(left.map(key))
            return left + right.filter { !leftKeys.contains(key($0)) }
        default:
            let rightKeys = Set(right.map(key))
            return left.filter { rightKeys.contains(key($0)) == (operation.binaryOperator == .and) }
        }
    }

    // MARK: Matching

    private func matched(
        _ left: [Sample], _ right: [Sample], by operation: Expression.BinaryOperation
    ) throws(EvaluationError) -> [Sample] {
        if left.isEmpty || right.isEmpty { return [] }
        let isReversed = operation.matching?.manySide == .right
        let (many, ones) = isReversed ? (right, left) : (left, right)
        var partners: [[String: String]: Sample] = [:]
        for sample in ones where partners.updateValue(sample, forKey: operation.key(sample.labels)) != nil {
            throw .failed("matching labels must be unique on one side")
        }
        var results: [Sample] = []
        var taken: Set<[String: String]> = []
        for sample in many {
            let key = operation.key(sample.labels)
            guard let partner = partners[key] else { continue }
            let (first, second) = isReversed ? (partner, sample) : (sample, partner)
            guard let value = operation.value(first.value, second.value) else { continue }
            if operation.matching?.manySide == nil, !taken.insert(key).inserted {
                throw .failed("many-to-one matching must be explicit (group_left/group_right)")
            }
            results.append(Sample(labels: operation.labels(sample.labels, partner.labels), value: value))
        }
        return results
    }
}

extension Expression.BinaryOperation {
    private var dropsName: Bool {
        returnsBool || !(binaryOperator.isComparison || binaryOperator.isSetOperator)
    }

    /// Returns the labels by which series are matched.
    fileprivate func key(_ labels: [String: String]) -> [String: String] {
        let names = Set(matching?.labels.map(\.text) ?? [])
        return labels.filter { name, _ in
            matching?.kind == .on ? names.contains(name) : !names.contains(name) && name != LabelSet.metricName
        }
    }

    /// Returns the labels of the result for a sample and its partner on the side of `one`.
    fileprivate func labels(_ many: [String: String], _ one: [String: String]) -> [String: String] {
        var labels = dropsName ? many.withoutName : many
        guard let matching else { return labels }
        if matching.manySide == nil {
            let names = Set(matching.labels.map(\.text))
            labels = labels.filter { names.contains($0.key) == (matching.kind == .on) }
        }
        for name in matching.included.map(\.text) { labels[name] = one[name] }
        return labels
    }

    /// Applies an operator with a number on one side. A comparison keeps the sample.
    fileprivate func applied(to sample: Evaluator.Sample, _ left: Double, _ right: Double) -> Evaluator.Sample? {
        guard let value = value(left, right) else { return nil }
        let isFilter = binaryOperator.isComparison && !returnsBool
        return Evaluator.Sample(
            labels: dropsName ? sample.labels.withoutName : sample.labels, value: isFilter ? sample.value : value)
    }

    /// Returns the value for two samples; `nil` if a comparison drops them.
    fileprivate func value(_ left: Double, _ right: Double) -> Double? {
        guard binaryOperator.isComparison else { return result(left, right) }
        let isTrue = binaryOperator.holds(left, right)
        return returnsBool ? (isTrue ? 1 : 0) : isTrue ? left : nil
    }

    /// Returns the value for two numbers, of which a comparison is 1 or 0.
    fileprivate func result(_ left: Double, _ right: Double) -> Double? {
        binaryOperator.value(left, right, isBool: true)
    }
}
