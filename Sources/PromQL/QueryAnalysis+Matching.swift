import ContractModel

/// How the series of two vectors are matched.
extension QueryAnalysis {
    mutating func matched(_ binary: Operation) -> Shape {
        let (left, right) = (binary.left, binary.right)
        let areKnown = checkMatchingLabels(binary, left, right)
        let isUnknown = left.role == .unknown || right.role == .unknown
        if areKnown, !isUnknown, binary.operation != .or, checkMatch(binary, left.labels, right.labels) {
            checkUniqueness(binary)
        }

        var result = Shape(role: role(of: binary), labels: left.labels)
        if binary.operation.isComparison || binary.operation.isSetOperator || right.role == .constant {
            result.metric = left.metric
        }
        if binary.operation == .or { result.labels = left.labels.union(right.labels) }
        if binary.operation.isSetOperator { return result }
        let names = binary.matching?.labels.map(\.text) ?? []
        switch (binary.matching?.many, binary.matching?.kind) {
        case (nil, .on): result.labels = left.labels.keeping(names)
        case (nil, .ignoring): result.labels = left.labels.removing(names + [LabelSet.metricName])
        case (nil, nil): break
        case (.left, _): include(binary.matching, from: right.labels, in: &result.labels)
        case (.right, _):
            result.labels = right.labels
            include(binary.matching, from: left.labels, in: &result.labels)
        }
        if result.role.isOfBuckets, !result.labels.mayHave("le") { result.role = .other }
        return result
    }

    /// The labels that `group_left` takes over from the side of the one, or clears where that has none.
    private func include(_ matching: Query.Matching?, from one: LabelSet, in many: inout LabelSet) {
        for name in matching?.included.map(\.text) ?? [] {
            if one.mayHave(name) {
                many.set(name, one.labels[name] ?? .init(isCertain: false))
            } else {
                many.remove(name)
            }
        }
    }

    private mutating func checkMatchingLabels(_ binary: Operation, _ left: Shape, _ right: Shape) -> Bool {
        guard let matching = binary.matching else { return true }
        let sides = [
            ("the left side does not have", left.labels), ("the right side does not have", right.labels),
        ]
        var areKnown = true
        switch matching.kind {
        case .on: areKnown = checkLabels(matching.labels, in: sides, of: "on")
        case .ignoring:
            // What one side alone has is just what ignoring is for.
            let both = left.labels.union(right.labels)
            areKnown = checkLabels(matching.labels, in: [("neither side has", both)], of: "ignoring")
        }
        if let many = matching.many {
            let one = many == .left ? sides[1] : sides[0]
            if !checkLabels(matching.included, in: [one], of: many.rawValue) { areKnown = false }
        }
        return areKnown
    }

    /// Series match when all the labels that they are matched on are equal; a label that one side alone has never is.
    private mutating func checkMatch(_ binary: Operation, _ left: LabelSet, _ right: LabelSet) -> Bool {
        let matching = binary.matching
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
                let leftValues = left.labels[label]?.values, let rightValues = right.labels[label]?.values,
                !leftValues.isEmpty, !rightValues.isEmpty, leftValues.isDisjoint(with: rightValues)
            {
                problem =
                    "the label '\(label)' is \(Self.listed(leftValues)) on the left and \(Self.listed(rightValues)) on the right"
            }
            guard let problem else { continue }
            let outcome = binary.operation == .unless ? "removes nothing" : "never has a result"
            report(
                .neverMatches, binary.link.operatorRange, "'\(binary.operation.rawValue)' \(outcome): \(problem)",
                hint: Self.matchHint(binary, left, right, differing: label))
            return false
        }
        return true
    }

    private static func listed(_ values: Set<String>) -> String {
        let sorted = values.sorted()
        return sorted.prefix(3).map { "'\($0)'" }.joined(separator: " or ") + (sorted.count > 3 ? " or …" : "")
    }

    private static func matchHint(
        _ binary: Operation, _ left: LabelSet, _ right: LabelSet, differing label: String
    ) -> String {
        if binary.matching?.kind == .on { return "leave '\(label)' out of on (…)" }
        if left.mayHave(label), right.mayHave(label) { return "add ignoring (\(label))" }
        let common = left.names.filter { right.mayHave($0) }
        let onlyLeft = left.names.contains { !right.mayHave($0) }
        let onlyRight = right.names.contains { !left.mayHave($0) }
        if common.isEmpty, !left.names.isEmpty, !right.names.isEmpty { return "group both sides by the same labels" }
        if onlyLeft, onlyRight { return "group both sides by the labels they share: \(common.joined(separator: ", "))" }
        let many = binary.operation.isSetOperator ? "" : onlyLeft ? " group_left ()" : " group_right ()"
        return "match on the labels that both have: on (\(common.joined(separator: ", ")))\(many)"
    }

    // MARK: One series for each

    /// Prometheus refuses to run a query in which several series of a side belong to one of the other, unless
    /// `group_left` or `group_right` says so.
    private mutating func checkUniqueness(_ binary: Operation) {
        guard !binary.operation.isSetOperator else { return }
        let sides = [(binary.left, "left", Query.Matching.Many.left), (binary.right, "right", .right)]
        for (side, name, many) in sides where binary.matching?.many != many {
            guard let label = labelOfMany(side, binary.matching) else { continue }
            var hint = "sum the \(name) side by the labels that are matched"
            if binary.matching?.many != nil { hint = "\(many.rawValue) says that the \(name) side has several" }
            if binary.matching?.many == nil { hint += ", or add \(many.rawValue) ()" }
            report(
                .neverMatches, binary.link.operatorRange,
                "'\(binary.operation.rawValue)' fails: of the \(name) side several series, one for each '\(label)', "
                    + "are matched as one",
                hint: hint)
            return
        }
    }

    /// A label that is not matched on, and of which some group has several values for sure: it has them whatever the
    /// others are, or has more than there can be groups. Labels of the target stay equal within one.
    private func labelOfMany(_ side: Shape, _ matching: Query.Matching?) -> String? {
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
            // What is counted as other may never have been.
            let count = values.subtracting(["other"]).count
            return count > 1 && (side.independentLabels.contains(name) || Double(count) > groups)
        }
    }
}
