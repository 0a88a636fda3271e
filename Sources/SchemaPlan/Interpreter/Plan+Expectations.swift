import JSONTape

extension Plan {
    /// Returns the value that an instruction expects, in words that follow "expected".
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
        case .format(let format): return format.phrase
        case .bound(let index): return bounds[Int(index)].bound.phrase
        case .multipleOf(let index): return "a multiple of \(divisors[Int(index)])"
        case .minimumItems(let count): return "at least \(counted(count, "item", "items"))"
        case .maximumItems(let count): return "at most \(counted(count, "item", "items"))"
        case .uniqueItems: return "different items"
        case .minimumProperties(let count): return "at least \(counted(count, "member", "members"))"
        case .maximumProperties(let count): return "at most \(counted(count, "member", "members"))"
        case .skipUnless, .items, .contains, .members, .dependents, .call, .any, .one, .select, .not, .ifThenElse,
            .unevaluatedItems, .unevaluatedProperties:
            return "a valid value"
        }
    }
}

extension Plan.Bound {
    /// The limit in words that follow "expected": "at least 1".
    package var phrase: String {
        switch (side, isExclusive) {
        case (.minimum, false): "at least \(value)"
        case (.minimum, true): "more than \(value)"
        case (.maximum, false): "at most \(value)"
        case (.maximum, true): "less than \(value)"
        }
    }
}

extension Plan.ValueSet {
    fileprivate var phrase: String { Self.phrase(values) }

    /// Values in words, the first ones of many.
    static func phrase(_ values: [JSONValue]) -> String {
        let shown = values.prefix(32).map(\.shortDescription)
        if values.count > 32 { return "one of " + shown.joined(separator: ", ") + " and \(values.count - 32) more" }
        return shown.count == 1 ? shown[0] : shown.isEmpty ? "no value" : "one of " + shown.joined(separator: ", ")
    }
}
