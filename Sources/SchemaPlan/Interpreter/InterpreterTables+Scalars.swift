import JSONTape

extension InterpreterTables {
    /// Returns whether a value satisfies an instruction that examines it alone. The value has the type that the instruction is
    /// about.
    @inline(__always)
    func holds(
        _ instruction: Plan.Instruction, _ tape: borrowing JSONTape, _ node: JSONTape.Index,
        _ allowsUnknownValues: Bool
    ) -> Bool {
        switch instruction {
        case .never: return false
        case .values(let index):
            return isValue(Int(index), tape, node)
                || allowsUnknownValues && plan.values[Int(index)].isOpen && tape.kind(at: node) == .string
        case .minimumLength(let count): return tape.scalarCount(at: node) >= count
        case .maximumLength(let count): return tape.scalarCount(at: node) <= count
        case .pattern(let index): return patterns[Int(index)].matches(node, of: tape)
        case .format(let format): return tape.string(at: node, has: format)
        case .bound(let index): return isWithinBound(Int(index), tape, node)
        case .multipleOf(let index): return tape.number(at: node).isMultiple(of: plan.divisors[Int(index)])
        case .minimumItems(let count), .minimumProperties(let count): return tape.count(at: node) >= count
        case .maximumItems(let count), .maximumProperties(let count): return tape.count(at: node) <= count
        case .uniqueItems: return tape.firstDuplicate(in: node) == nil
        case .types, .skipUnless, .items, .contains, .members, .dependents, .call, .any, .one, .select, .not,
            .ifThenElse,
            .unevaluatedItems, .unevaluatedProperties:
            return true
        }
    }

    private func isValue(_ index: Int, _ tape: borrowing JSONTape, _ node: JSONTape.Index) -> Bool {
        switch tape.kind(at: node) {
        case .null: return values[index].constants.contains(.null)
        case .false: return values[index].constants.contains(.false)
        case .true: return values[index].constants.contains(.true)
        case .string: return values[index].strings.position(of: node, in: tape, near: 0) >= 0
        case .number:
            let numbers = plan.values[index].numbers
            return !numbers.isEmpty && numbers.contains(tape.number(at: node))
        case .array, .object: return plan.values[index].containers.contains { tape.value(at: node, equals: $0) }
        }
    }

    private func isWithinBound(_ index: Int, _ tape: borrowing JSONTape, _ node: JSONTape.Index) -> Bool {
        let bound = bounds[index]
        let order: Int
        if let limit = bound.integer, let found = tape.shortInteger(at: node) {
            order = found < limit ? -1 : found == limit ? 0 : 1
        } else {
            let limit = plan.bounds[index].bound.value
            let found = tape.number(at: node)
            order = found < limit ? -1 : found == limit ? 0 : 1
        }
        switch bound.side {
        case .minimum: return bound.isExclusive ? order > 0 : order >= 0
        case .maximum: return bound.isExclusive ? order < 0 : order <= 0
        }
    }
}
