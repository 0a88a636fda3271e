import JSONTape

extension Plan {
    /// Whether a value fulfils an instruction that looks at it alone. The value has the type that the instruction is
    /// about.
    @inline(__always)
    func holds(_ instruction: Instruction, _ tape: borrowing JSONTape, _ node: JSONTape.Index) -> Bool {
        switch instruction {
        case .never: return false
        case .values(let index): return values[Int(index)].contains(node, of: tape)
        case .minimumLength(let count): return tape.scalarCount(at: node) >= count
        case .maximumLength(let count): return tape.scalarCount(at: node) <= count
        case .pattern(let index): return patterns[Int(index)].expression.matches(node, of: tape)
        case .format(let format): return tape.string(at: node, has: format)
        case .bound(let index): return bounds[Int(index)].accepts(node, of: tape)
        case .multipleOf(let index): return tape.number(at: node).isMultiple(of: divisors[Int(index)])
        case .minimumItems(let count), .minimumProperties(let count): return tape.count(at: node) >= count
        case .maximumItems(let count), .maximumProperties(let count): return tape.count(at: node) <= count
        case .uniqueItems: return tape.firstDuplicate(in: node) == nil
        case .types, .skipUnless, .items, .contains, .members, .dependents, .call, .any, .one, .not, .ifThenElse,
            .unevaluatedItems, .unevaluatedProperties:
            return true
        }
    }

    /// The value that an instruction expects, in words that follow "expected".
    package func expectation(_ instruction: Instruction) -> String {
        func counted(_ count: Int, _ noun: String, _ plural: String) -> String {
            "\(count) \(count == 1 ? noun : plural)"
        }
        switch instruction {
        case .never: return "no value"
        case .types(let set): return set.phrase
        case .values(let index): return values[Int(index)].phrase
        case .minimumLength(let count): return "at least \(counted(count, "character", "characters"))"
        case .maximumLength(let count): return "at most \(counted(count, "character", "characters"))"
        case .pattern(let index): return "a string that matches '\(patterns[Int(index)].source)'"
        case .format(let format): return "a string of the format '\(format.rawValue)'"
        case .bound(let index): return bounds[Int(index)].phrase
        case .multipleOf(let index): return "a multiple of \(divisors[Int(index)])"
        case .minimumItems(let count): return "at least \(counted(count, "item", "items"))"
        case .maximumItems(let count): return "at most \(counted(count, "item", "items"))"
        case .uniqueItems: return "different items"
        case .minimumProperties(let count): return "at least \(counted(count, "member", "members"))"
        case .maximumProperties(let count): return "at most \(counted(count, "member", "members"))"
        case .skipUnless, .items, .contains, .members, .dependents, .call, .any, .one, .not, .ifThenElse,
            .unevaluatedItems, .unevaluatedProperties:
            return "a valid value"
        }
    }
}

extension Plan.BoundCheck {
    @inline(__always)
    func accepts(_ node: JSONTape.Index, of tape: borrowing JSONTape) -> Bool {
        let order = limit.compare(node, of: tape)
        switch bound.side {
        case .minimum: return bound.isExclusive ? order > 0 : order >= 0
        case .maximum: return bound.isExclusive ? order < 0 : order <= 0
        }
    }

    var phrase: String {
        switch (bound.side, bound.isExclusive) {
        case (.minimum, false): "at least \(bound.value)"
        case (.minimum, true): "more than \(bound.value)"
        case (.maximum, false): "at most \(bound.value)"
        case (.maximum, true): "less than \(bound.value)"
        }
    }
}

extension Plan.ValueSet {
    func contains(_ node: JSONTape.Index, of tape: borrowing JSONTape) -> Bool {
        switch tape.kind(at: node) {
        case .null: return constants.contains(.null)
        case .false: return constants.contains(.false)
        case .true: return constants.contains(.true)
        case .string: return strings.position(of: node, in: tape) >= 0
        case .number:
            guard !numbers.isEmpty else { return false }
            let number = tape.number(at: node)
            return numbers.contains(number)
        case .array, .object: return containers.contains { tape.value(at: node, equals: $0) }
        }
    }

    /// The values in words, the first ones of many.
    var phrase: String {
        let shown = values.prefix(20).map(\.shortDescription)
        if values.count > 20 { return "one of " + shown.joined(separator: ", ") + " and \(values.count - 20) more" }
        return shown.count == 1 ? shown[0] : shown.isEmpty ? "no value" : "one of " + shown.joined(separator: ", ")
    }
}
