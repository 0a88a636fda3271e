/// Two expressions that differ only by matchers of labels by which their series are matched, so that each series of one side
/// is matched with the same series of the other.
struct SameSeries {
    /// The labels of the matchers that only one side has.
    let differing: Set<String>

    /// - Returns: `nil` if the sides may have different series.
    init?(_ left: Expression, _ right: Expression, _ matching: Expression.VectorMatching?) {
        guard Self.isEqualWithoutMatchers(left, right) else { return nil }
        let pairs = zip(left.selectors, right.selectors)
        var differing: Set<String> = []
        for (first, second) in pairs {
            let (one, other) = (Set(first.matchers), Set(second.matchers))
            // Different values of one label are other series, which are reported elsewhere.
            guard one.isSubset(of: other) || other.isSubset(of: one) else { return nil }
            differing.formUnion(one.symmetricDifference(other).map(\.label.text))
        }
        let named = Set(matching?.labels.map(\.text) ?? [])
        switch matching?.kind {
        case nil: break
        case .on: guard differing.isSubset(of: named) else { return nil }
        case .ignoring: guard differing.isDisjoint(with: named) else { return nil }
        }
        guard Self.keeps(differing, left), Self.keeps(differing, right) else { return nil }
        self.differing = differing
    }

    /// Compares expressions of one selector each.
    private static func isEqualWithoutMatchers(_ left: Expression, _ right: Expression) -> Bool {
        let (left, right) = (left.unparenthesized, right.unparenthesized)
        switch (left.node, right.node) {
        case (.vectorSelector(let left), .vectorSelector(let right)):
            return left.name == right.name && left.name != nil && left.time == right.time
        case (.matrixSelector(let left), .matrixSelector(let right)):
            return left.range == right.range && left.vectorSelector.name == right.vectorSelector.name
                && left.vectorSelector.name != nil && left.vectorSelector.time == right.vectorSelector.time
        case (.aggregation(let left), .aggregation(let right)):
            return left.operation == right.operation && left.grouping == right.grouping
                && left.parameter == right.parameter && isEqualWithoutMatchers(left.operand, right.operand)
        case (.call(let left), .call(let right)):
            return left.name == right.name && left.arguments.count == right.arguments.count
                && zip(left.arguments, right.arguments).allSatisfy { $0 == $1 || isEqualWithoutMatchers($0, $1) }
        default: return false
        }
    }

    /// Returns whether the series of the result have the given labels of the selected series.
    private static func keeps(_ labels: Set<String>, _ expression: Expression) -> Bool {
        if labels.isEmpty { return true }
        switch expression.unparenthesized.node {
        case .vectorSelector, .matrixSelector: return true
        case .aggregation(let aggregation):
            let names = Set(aggregation.grouping?.labels.map(\.text) ?? [])
            let keepsAll =
                aggregation.grouping?.kind == .without ? names.isDisjoint(with: labels) : labels.isSubset(of: names)
            return keepsAll && keeps(labels, aggregation.operand)
        case .call(let call):
            // These change labels.
            if ["label_replace", "label_join", "histogram_quantile"].contains(call.function.name) { return false }
            return call.arguments.allSatisfy { $0.selectors.isEmpty || keeps(labels, $0) }
        case .number, .string, .subquery, .parenthesized, .unary, .binary: return false
        }
    }
}
