import ContractModel

/// The matching of the series of two vectors.
extension ExpressionAnalysis {
    /// The value for what the contract does not know.
    private static let otherText = "other"

    mutating func shape(ofVectors operands: BinaryOperands) -> Shape {
        let (left, right) = (operands.left, operands.right)
        let areKnown = checkMatchingLabels(operands, left, right)
        let isUnknown = left.role == .unknown || right.role == .unknown
        if areKnown, !isUnknown, operands.binaryOperator != .or, checkMatch(operands, left.labels, right.labels) {
            checkUniqueness(operands)
        }

        var result = Shape(role: role(of: operands), labels: left.labels)
        if operands.binaryOperator != .or, operands.binaryOperator != .unless {
            let named = Set(operands.matching?.labels.map(\.text) ?? [])
            let matched =
                operands.matching?.kind == .on
                ? named : Set(left.labels.names).intersection(right.labels.names).subtracting(named)
            result.labels = left.labels.matching(right.labels, by: matched)
        }
        if operands.binaryOperator.isComparison || operands.binaryOperator.isSetOperator || right.role == .constant {
            result.metric = left.metric
        }
        if operands.binaryOperator == .or { result.labels = left.labels.union(right.labels) }
        if operands.binaryOperator.isSetOperator { return result }
        let names = operands.matching?.labels.map(\.text) ?? []
        switch (operands.matching?.manySide, operands.matching?.kind) {
        case (nil, .on): result.labels = result.labels.keeping(names)
        case (nil, .ignoring): result.labels = result.labels.removing(names + [LabelSet.metricName])
        case (nil, nil): break
        case (.left, _): include(operands.matching, from: right.labels, in: &result.labels)
        case (.right, _):
            result.labels = right.labels
            include(operands.matching, from: left.labels, in: &result.labels)
        }
        if result.role.isOfBuckets, !result.labels.mayHave("le") { result.role = .other }
        return result
    }

    /// Copies the included labels of `group_left` or `group_right` from the other side, or removes them if it has none.
    private func include(_ matching: Expression.VectorMatching?, from one: LabelSet, in many: inout LabelSet) {
        for name in matching?.included.map(\.text) ?? [] {
            if one.mayHave(name) {
                many.set(name, one.labels[name] ?? .init(isCertain: false))
            } else {
                many.remove(name)
            }
        }
    }

    private mutating func checkMatchingLabels(_ operands: BinaryOperands, _ left: Shape, _ right: Shape) -> Bool {
        guard let matching = operands.matching else { return true }
        let sides = [
            ("the left side does not have", left.labels), ("the right side does not have", right.labels),
        ]
        var areKnown = true
        switch matching.kind {
        case .on: areKnown = checkLabels(matching.labels, in: sides, of: "on")
        case .ignoring:
            // Labels of only one side are the purpose of `ignoring`.
            let both = left.labels.union(right.labels)
            areKnown = checkLabels(matching.labels, in: [("neither side has", both)], of: "ignoring")
        }
        if let manySide = matching.manySide {
            let one = manySide == .left ? sides[1] : sides[0]
            if !checkLabels(matching.included, in: [one], of: manySide.rawValue) { areKnown = false }
        }
        return areKnown
    }

    /// Reports labels that prevent all matches: those that only one side has, and those whose values differ.
    private mutating func checkMatch(_ operands: BinaryOperands, _ left: LabelSet, _ right: LabelSet) -> Bool {
        let matching = operands.matching
        let named = matching?.labels.map(\.text) ?? []
        let candidates =
            matching?.kind == .on
            ? named : Set(left.names).union(right.names).subtracting(named).sorted()
        for label in candidates {
            var problem: String?
            if left.certainlyHas(label), !right.mayHave(label) {
                problem = "only the left side has the label '\(label)'"
            } else if right.certainlyHas(label), !left.mayHave(label) {
                problem = "only the right side has the label '\(label)'"
            } else if left.certainlyHas(label), right.certainlyHas(label),
                let leftValues = left.labels[label], let rightValues = right.labels[label],
                let (one, other) = Self.disjoint(leftValues, rightValues)
            {
                problem =
                    "the label '\(label)' is \(Self.listed(one)) on the left and \(Self.listed(other)) on the right"
            }
            guard let problem else { continue }
            let outcome = operands.binaryOperator == .unless ? "removes nothing" : "never has a result"
            report(
                .neverMatches, operands.operation.operatorRange,
                "'\(operands.binaryOperator.rawValue)' \(outcome): \(problem)",
                hint: Self.matchHint(operands, left, right, differing: label))
            return false
        }
        return true
    }

    /// Returns the values of a label on two sides, if they have none in common.
    private static func disjoint(
        _ left: LabelSet.Presence, _ right: LabelSet.Presence
    ) -> (left: Set<String>, right: Set<String>)? {
        guard var one = left.values, var other = right.values else { return nil }
        if left.isImplied, right.isImplied {
            one.remove(otherText)
            other.remove(otherText)
        }
        return one.isEmpty || other.isEmpty || !one.isDisjoint(with: other) ? nil : (one, other)
    }

    private static func listed(_ values: Set<String>) -> String {
        let sorted = values.sorted()
        return sorted.prefix(3).map { "'\($0)'" }.joined(separator: " or ") + (sorted.count > 3 ? " or …" : "")
    }

    private static func matchHint(
        _ operands: BinaryOperands, _ left: LabelSet, _ right: LabelSet, differing label: String
    ) -> String {
        if operands.matching?.kind == .on { return "remove '\(label)' from on (…)" }
        if left.mayHave(label), right.mayHave(label) { return "add ignoring (\(label))" }
        let common = left.names.filter { right.mayHave($0) }
        let onlyLeft = left.names.contains { !right.mayHave($0) }
        let onlyRight = right.names.contains { !left.mayHave($0) }
        if common.isEmpty, !left.names.isEmpty, !right.names.isEmpty { return "group both sides by the same labels" }
        if onlyLeft, onlyRight { return "group both sides by the labels they share: \(common.joined(separator: ", "))" }
        let shared = common.joined(separator: ", ")
        if onlyRight, !operands.binaryOperator.isSetOperator {
            return "group the right side by (\(shared)) as the left one, or match with on (\(shared)) group_right ()"
        }
        let many = operands.binaryOperator.isSetOperator ? "" : " group_left ()"
        return "match on the labels that both have: on (\(shared))\(many)"
    }

    // MARK: Uniqueness

    /// Reports a many-to-one matching without `group_left` or `group_right`, which Prometheus refuses to evaluate.
    private mutating func checkUniqueness(_ operands: BinaryOperands) {
        guard !operands.binaryOperator.isSetOperator else { return }
        let sides = [
            (operands.left, "left", Expression.VectorMatching.ManySide.left), (operands.right, "right", .right),
        ]
        for (side, name, manySide) in sides where operands.matching?.manySide != manySide {
            guard let label = labelOfMany(side, operands.matching) else { continue }
            var hint = "sum the \(name) side by the matched labels"
            if operands.matching?.manySide != nil { hint = "use \(manySide.rawValue) if the \(name) side has several" }
            if operands.matching?.manySide == nil { hint += ", or add \(manySide.rawValue) ()" }
            report(
                .neverMatches, operands.operation.operatorRange,
                "'\(operands.binaryOperator.rawValue)' fails: on the \(name) side, several series match one series of the "
                    + "other side, one for each '\(label)'",
                hint: hint)
            return
        }
    }

    /// Returns an unmatched label that has several values in some group: it has them independently of other labels, or
    /// has more values than there can be groups. Labels of the target are equal in each target.
    private func labelOfMany(_ side: Shape, _ matching: Expression.VectorMatching?) -> String? {
        guard side.isComplete, !side.labels.isOpen else { return nil }
        let named = matching?.labels.map(\.text) ?? []
        let isMatched = { (name: String) in named.contains(name) == (matching?.kind == .on) }
        let names = side.labels.names
        let groups = names.filter { isMatched($0) && !catalog.targetLabels.contains($0) }.reduce(1.0) { product, name in
            product * (side.labels.labels[name]?.values.map { Double($0.count) } ?? .infinity)
        }
        return names.first { name in
            guard !isMatched(name), side.labels.certainlyHas(name), let values = side.labels.labels[name]?.values else {
                return false
            }
            // The value for all others may be missing.
            let count = values.subtracting([Self.otherText]).count
            return count > 1
                && (side.independentLabels.contains(name) || Double(count) > groups || hasSeveral(name, of: side))
        }
    }

    /// Returns whether a label has several values together with the same values of all other labels: a topic has several
    /// events.
    private func hasSeveral(_ label: String, of side: Shape) -> Bool {
        guard let metric = side.metric, let combinations = catalog.series[metric]?.combinations else { return false }
        return combinations.contains { ($0[label]?.subtracting([Self.otherText]).count ?? 0) > 1 }
    }
}
