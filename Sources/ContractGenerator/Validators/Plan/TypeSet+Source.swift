import JSONTape
import SchemaPlan

extension TypeSet {
    /// Returns whether each value of the set belongs to another set.
    func isWithin(_ other: TypeSet) -> Bool {
        var rest = self.normalized.subtracting(other)
        if other.contains(.number) { rest.subtract([.integer, .integerLiteral]) }
        if other.contains(.integer) { rest.remove(.integerLiteral) }
        return rest.isEmpty
    }

    /// Returns the set after an instruction has been satisfied.
    func narrowed(by instruction: Plan.Instruction, of plan: Plan) -> TypeSet {
        switch instruction {
        case .types(let types): intersected(with: types)
        case .values(let index):
            plan.values[Int(index)].isOpen ? self : intersected(with: plan.values[Int(index)].types)
        default: self
        }
    }

    /// Returns the condition that a value is of the set.
    func condition(at node: String) -> String {
        var kinds: [JSONTape.Kind] = []
        if contains(.null) { kinds.append(.null) }
        if contains(.boolean) { kinds += [.false, .true] }
        if contains(.number) { kinds.append(.number) }
        if contains(.string) { kinds.append(.string) }
        if contains(.array) { kinds.append(.array) }
        if contains(.object) { kinds.append(.object) }
        var conditions: [String] = []
        if kinds.count == 1 {
            conditions.append("tape.kind(at: \(node)) == .\(kinds[0])")
        } else if !kinds.isEmpty {
            conditions.append("tape.kind(at: \(node), isIn: \(JSONTape.Kind.mask(kinds)))")
        }
        if contains(.integer), !contains(.number) {
            conditions.append("tape.isInteger(at: \(node))")
        } else if contains(.integerLiteral), !contains(.number) {
            conditions.append("tape.isIntegerLiteral(at: \(node))")
        }
        if conditions.isEmpty { return "false" }
        return conditions.count == 1 ? conditions[0] : "(\(conditions.joined(separator: " || ")))"
    }

    /// The kinds of values that may belong to the set.
    var possibleKinds: Set<JSONTape.Kind> {
        Set(
            JSONTape.Kind.all.filter { kind in
                kind == .number
                    ? !isDisjoint(with: [.number, .integer, .integerLiteral]) : contains(TypeSet(kind))
            })
    }
}
