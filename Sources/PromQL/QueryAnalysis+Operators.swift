import ContractModel

/// What binary operators make of their two sides.
extension QueryAnalysis {
    mutating func shape(of binary: Query.Binary) -> Shape {
        let left = shape(of: binary.left)
        let right = shape(of: binary.right)
        var result: Shape
        switch (binary.left.type == .scalar, binary.right.type == .scalar) {
        case (true, true): return Shape()
        case (false, true), (true, false):
            let isVectorLeft = binary.right.type == .scalar
            result = isVectorLeft ? left : right
            checkThreshold(
                binary, result, isVectorLeft ? binary.left : binary.right, isVectorLeft ? binary.right : binary.left)
        case (false, false): result = matched(binary, left, right)
        }
        if binary.returnsBool { result.role = .other }
        return result
    }

    /// A total that is compared with a number says how long a process has run, not how it is.
    private mutating func checkThreshold(
        _ binary: Query.Binary, _ shape: Shape, _ vector: Query, _ threshold: Query
    ) {
        guard binary.operation.isComparison else { return }
        switch shape.role {
        case .counter, .buckets: break
        case .gauge, .bucketRates, .mixedBuckets, .other, .unknown: return
        }
        // Whether something has ever happened is a question that a total answers.
        if binary.operation == .equal, threshold.constant == 0 { return }
        let subject = shape.metric.map { "'\($0)' is a counter" } ?? "this is a counter"
        var hint = "compare its growth: rate(…[5m]) or increase(…[5m])"
        if case .selector = vector.node { hint = "compare its growth: increase(\(vector)[5m])" }
        report(
            .rawCounter, vector.range,
            "\(subject), which grows until its process starts anew, and is compared as it is",
            hint: hint)
    }

    // MARK: Two vectors

    private mutating func matched(_ binary: Query.Binary, _ left: Shape, _ right: Shape) -> Shape {
        let areKnown = checkMatchingLabels(binary, left, right)
        let isUnknown = left.role == .unknown || right.role == .unknown
        if areKnown, !isUnknown, binary.operation != .or { checkMatch(binary, left.labels, right.labels) }

        var result = Shape(role: .other, labels: left.labels)
        if binary.operation.isComparison || binary.operation.isSetOperator {
            (result.role, result.metric) = (left.role, left.metric)
        } else if isUnknown {
            result.role = .unknown
        }
        if binary.operation == .or {
            result.labels = left.labels.union(right.labels)
            if left.role != right.role { result.role = .other }
            return result
        }
        if binary.operation.isSetOperator { return result }
        let names = binary.matching?.labels.map(\.text) ?? []
        switch (binary.matching?.many, binary.matching?.kind) {
        case (nil, .on): result.labels = left.labels.keeping(names)
        case (nil, .ignoring): result.labels = left.labels.removing(names)
        case (nil, nil): break
        case (.left, _): include(binary.matching, from: right.labels, in: &result.labels)
        case (.right, _):
            result.labels = right.labels
            include(binary.matching, from: left.labels, in: &result.labels)
        }
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

    private mutating func checkMatchingLabels(_ binary: Query.Binary, _ left: Shape, _ right: Shape) -> Bool {
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
    private mutating func checkMatch(_ binary: Query.Binary, _ left: LabelSet, _ right: LabelSet) {
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
                .neverMatches, binary.operatorRange, "'\(binary.operation.rawValue)' \(outcome): \(problem)",
                hint: Self.matchHint(binary, left, right, differing: label))
            return
        }
    }

    private static func listed(_ values: Set<String>) -> String {
        let sorted = values.sorted()
        return sorted.prefix(3).map { "'\($0)'" }.joined(separator: " or ") + (sorted.count > 3 ? " or …" : "")
    }

    private static func matchHint(
        _ binary: Query.Binary, _ left: LabelSet, _ right: LabelSet, differing label: String
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
}
