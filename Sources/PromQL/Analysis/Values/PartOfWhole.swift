/// The ratios of a part to its whole, which are between 0 and 1: `sum(rate(x{status="error"}[5m])) / sum(rate(x[5m]))`.
struct PartOfWhole {
    private let matching: Expression.VectorMatching?

    init(_ matching: Expression.VectorMatching?) {
        self.matching = matching
    }

    /// Returns whether the values of an expression are a part of those of another, if none is negative.
    func isPart(_ part: Expression, of whole: Expression) -> Bool {
        let (part, whole) = (part.unparenthesized, whole.unparenthesized)
        switch (part.node, whole.node) {
        case (.binary(let binary), _) where binary.isFilledWithZero: return isPart(binary.first, of: whole)
        case (_, .binary(let binary)): return isPart(part, ofOneIn: binary)
        case (_, .call(let call)) where call.function.name == "clamp_min":
            return call.arguments.first.map { isPart(part, of: $0) } ?? false
        case (.aggregation(let part), .aggregation(let whole)):
            return part.operation == .sum && whole.operation == .sum && isFiner(part.grouping, whole.grouping)
                && Self.isPartBeforeSum(part.operand, of: whole.operand)
        default:
            // Without a sum, the same series are matched, unless labels are ignored.
            return matching == nil && part == whole
        }
    }

    /// Returns whether a value is one of the addends of a sum, or the whole before a comparison that filters it.
    private func isPart(_ part: Expression, ofOneIn whole: Expression.BinaryExpression) -> Bool {
        guard matching == nil else { return false }
        if whole.operations.allSatisfy({ $0.binaryOperator == .add && $0.matching == nil }) {
            return ([whole.first] + whole.operations.map(\.operand)).contains { $0.unparenthesized == part }
        }
        guard whole.operations.count == 1, whole.operations[0].binaryOperator.isComparison,
            !whole.operations[0].returnsBool, whole.operations[0].operand.type == .scalar
        else { return false }
        return isPart(part, of: whole.first)
    }

    /// Returns whether each group of the part is inside of the group of the whole that it is matched with.
    private func isFiner(
        _ part: Expression.Aggregation.Grouping?, _ whole: Expression.Aggregation.Grouping?
    ) -> Bool {
        if part?.kind == .without || whole?.kind == .without {
            return part == whole && matching == nil
        }
        let (fine, coarse) = (Set(part?.labels.map(\.text) ?? []), Set(whole?.labels.map(\.text) ?? []))
        guard coarse.isSubset(of: fine) else { return false }
        let named = Set(matching?.labels.map(\.text) ?? [])
        switch matching?.kind {
        case nil: return fine == coarse
        case .on: return coarse.isSubset(of: named)
        case .ignoring: return coarse.isDisjoint(with: named)
        }
    }

    // MARK: Series

    /// Returns whether a sum has a part of the addends of another.
    private static func isPartBeforeSum(_ part: Expression, of whole: Expression) -> Bool {
        switch (part.unparenthesized.node, whole.unparenthesized.node) {
        case (.vectorSelector(let part), .vectorSelector(let whole)): return isPart(part, of: whole)
        case (.matrixSelector(let part), .matrixSelector(let whole)):
            return part.range == whole.range && isPart(part.vectorSelector, of: whole.vectorSelector)
        case (.call(let part), .call(let whole)):
            let functions: Set<String> = ["rate", "increase", "sum_over_time", "last_over_time", "max_over_time"]
            guard part.function.name == whole.function.name, functions.contains(part.function.name),
                let part = part.arguments.first, let whole = whole.arguments.first
            else { return false }
            return isPartBeforeSum(part, of: whole)
        default: return false
        }
    }

    private static func isPart(_ part: Expression.VectorSelector, of whole: Expression.VectorSelector) -> Bool {
        guard let name = part.name, part.time == whole.time else { return false }
        if name == whole.name { return Set(whole.matchers).isSubset(of: part.matchers) }
        // A bucket of a histogram is a part of its count.
        guard name.text.hasSuffix("_bucket"), let other = whole.name?.text,
            other == name.text.dropLast("_bucket".count) + "_count",
            part.matchers.contains(where: { $0.label.text == "le" && $0.operation == .equal })
        else { return false }
        return Set(whole.matchers).isSubset(of: part.matchers)
    }
}

extension Expression.BinaryExpression {
    /// Whether it is `x or vector(0)`.
    fileprivate var isFilledWithZero: Bool {
        guard operations.count == 1, operations[0].binaryOperator == .or,
            case .call(let call) = operations[0].operand.unparenthesized.node, call.function.name == "vector",
            case .number(let number)? = call.arguments.first?.node
        else { return false }
        return number.value == 0
    }
}
