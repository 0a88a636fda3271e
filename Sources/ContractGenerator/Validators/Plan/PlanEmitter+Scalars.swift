import JSONTape
import SchemaPlan

extension PlanEmitter {
    /// Returns the condition of an instruction that examines a value alone; `nil` for others.
    mutating func scalar(_ instruction: Plan.Instruction, at node: String, known: TypeSet) -> String? {
        switch instruction {
        case .never: return "false"
        case .types(let types): return known.isWithin(types) ? "true" : types.condition(at: node)
        case .values(let index): return values(plan.values[Int(index)], at: node)
        case .minimumLength(let count): return "tape.string(at: \(node), hasAtLeast: \(count))"
        case .maximumLength(let count): return "tape.string(at: \(node), hasAtMost: \(count))"
        case .pattern(let index): return pattern(index, at: node)
        case .format(let format): return "tape.string(at: \(node), has: .\(format))"
        case .bound(let index): return bound(plan.bounds[Int(index)].bound, at: node)
        case .multipleOf(let index): return multiple(of: plan.divisors[Int(index)], at: node)
        case .minimumItems(let count), .minimumProperties(let count):
            return "tape.count(at: \(node)) >= \(count)"
        case .maximumItems(let count), .maximumProperties(let count):
            return "tape.count(at: \(node)) <= \(count)"
        case .uniqueItems: return "tape.hasDifferentElements(\(node))"
        case .skipUnless, .items, .contains, .members, .dependents, .call, .any, .one, .select, .not, .ifThenElse,
            .unevaluatedItems, .unevaluatedProperties:
            return nil
        }
    }

    // MARK: Numbers

    private mutating func bound(_ bound: Plan.Bound, at node: String) -> String {
        if let limit = bound.value.int64Value {
            let label =
                switch (bound.side, bound.isExclusive) {
                case (.minimum, false): "isAtLeast"
                case (.minimum, true): "isMoreThan"
                case (.maximum, false): "isAtMost"
                case (.maximum, true): "isLessThan"
                }
            return "tape.number(at: \(node), \(label): \(SwiftLiteral.integer(limit)))"
        }
        let comparison =
            switch (bound.side, bound.isExclusive) {
            case (.minimum, false): ">="
            case (.minimum, true): ">"
            case (.maximum, false): "<="
            case (.maximum, true): "<"
            }
        let name = constant(for: "bound \(bound.value)", named: "bound") { writer, name in
            writer.line(
                "private static let \(name) = NumberBound(literal: \(SwiftLiteral.string(bound.value.description)))")
        }
        return "\(name).compare(\(node), of: tape) \(comparison) 0"
    }

    private mutating func multiple(of divisor: JSONNumber, at node: String) -> String {
        if let divisor = divisor.int64Value {
            return "tape.number(at: \(node), isMultipleOf: \(SwiftLiteral.integer(divisor)))"
        }
        let name = constant(for: "divisor \(divisor)", named: "divisor") { writer, name in
            let literal = SwiftLiteral.string(divisor.description)
            writer.line("private static let \(name) = NumberBound(literal: \(literal)).value")
        }
        return "tape.number(at: \(node)).isMultiple(of: \(name))"
    }
}
