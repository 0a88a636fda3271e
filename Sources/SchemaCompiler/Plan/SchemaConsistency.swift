import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// A check for keywords of one schema that contradict each other, and values that can never occur.
struct SchemaConsistency {
    private typealias NodeID = SchemaModel.NodeID

    private let model: SchemaModel
    private var diagnostics: Diagnostics

    /// Reports the findings of the schemas in a contract's own files.
    static func check(_ model: SchemaModel, files: Set<String>, diagnostics: inout Diagnostics) {
        var consistency = SchemaConsistency(model: model, diagnostics: diagnostics)
        // A schema that means different things by the path that leads to it is several nodes.
        var seen: Set<SourceLocation> = []
        let ids = model.ids.filter { id in
            files.contains(model[id].file) && model[id].isComplete && seen.insert(model[id].location).inserted
        }
        for id in ids {
            consistency.checkLimits(of: id)
            consistency.checkMembers(of: id)
        }
        consistency.checkListedValues(of: ids)
        diagnostics = consistency.diagnostics
    }

    private mutating func fail(_ assertion: Assertion, _ message: String, hint: String) {
        diagnostics.append(
            Diagnostic(.error, .schemaValue, at: assertion.location, message, hint: hint, isAllowable: true))
    }

    private mutating func warn(_ assertion: Assertion, _ message: String, hint: String) {
        diagnostics.warning(.schemaValue, at: assertion.location, message, hint: hint)
    }

    // MARK: Limits

    /// The limits that a schema may state twice, as the least and as the most.
    private enum Quantity: CaseIterable {
        case length, items, properties, value

        /// The values that none is left of.
        var subject: String {
            switch self {
            case .length: "string"
            case .items: "array"
            case .properties: "object"
            case .value: "number"
            }
        }
    }

    private struct Limit {
        var assertion: Assertion
        var value: JSONNumber
        var isExclusive = false
    }

    private mutating func checkLimits(of id: NodeID) {
        for quantity in Quantity.allCases {
            let assertions = model[id].assertions
            let least = assertions.compactMap { Self.limit($0, of: quantity, isLeast: true) }
            let most = assertions.compactMap { Self.limit($0, of: quantity, isLeast: false) }
            for lower in least {
                for upper in most where Self.excludes(lower, upper) {
                    fail(
                        upper.assertion,
                        "no \(quantity.subject) is valid: '\(lower.assertion.name)' is \(lower.value), "
                            + "'\(upper.assertion.name)' is \(upper.value)",
                        hint: "correct one of them")
                }
            }
        }
    }

    private static func excludes(_ lower: Limit, _ upper: Limit) -> Bool {
        lower.value > upper.value || lower.value == upper.value && (lower.isExclusive || upper.isExclusive)
    }

    private static func limit(_ assertion: Assertion, of quantity: Quantity, isLeast: Bool) -> Limit? {
        switch (quantity, isLeast, assertion.kind) {
        case (.length, true, .minimumLength(let count)), (.length, false, .maximumLength(let count)),
            (.items, true, .minimumItems(let count)), (.items, false, .maximumItems(let count)),
            (.properties, true, .minimumProperties(let count)), (.properties, false, .maximumProperties(let count)):
            Limit(assertion: assertion, value: JSONNumber(count))
        case (.value, _, .bound(let bound)) where (bound.side == .minimum) == isLeast:
            Limit(assertion: assertion, value: bound.value, isExclusive: bound.isExclusive)
        default: nil
        }
    }

    // MARK: Members

    private mutating func checkMembers(of id: NodeID) {
        var divisions: [(members: Assertion.Members, names: Set<JSONName>)] = []
        for assertion in model[id].assertions {
            guard case .members(let members) = assertion.kind else { continue }
            divisions.append((members, Set(members.properties.map { JSONName($0.name.value) })))
        }
        for assertion in model[id].assertions {
            guard case .required(let names) = assertion.kind else { continue }
            var seen: Set<JSONName> = []
            for name in names {
                guard seen.insert(JSONName(name)).inserted else {
                    diagnostics.error(
                        .schemaValue, at: assertion.location, "duplicate name '\(name)' in 'required'",
                        hint: "list each name once")
                    continue
                }
                for (members, properties) in divisions where !properties.contains(JSONName(name)) {
                    check(name, of: names, assertion, in: members)
                }
            }
        }
    }

    /// Checks a required name that is not one of the properties.
    private mutating func check(
        _ name: String, of required: [String], _ assertion: Assertion, in members: Assertion.Members
    ) {
        let properties = members.properties.map(\.name.value)
        let isClosed = members.patterns.isEmpty && members.additional.map(refusesEverything) == true
        let others = properties.filter { !required.contains($0) }
        let near = Suggestion.nearest(to: name, among: others)
        if isClosed {
            fail(
                assertion, "no object is valid: '\(name)' is required, and 'additionalProperties' excludes it",
                hint: near.map { "did you mean '\($0)'?" } ?? "add it to 'properties'")
        } else if let near {
            let finding = Self.undeclared(name, near: near)
            warn(assertion, finding.text, hint: finding.hint)
        }
    }

    /// Returns the words for a required name that is probably another one.
    static func undeclared(_ name: String, near: String) -> (text: String, hint: String) {
        ("'\(name)' is required, and not one of the properties", "did you mean '\(near)'?")
    }

    private func refusesEverything(_ id: NodeID) -> Bool {
        model.statesNever(model.resolve(id))
    }

    // MARK: Listed values

    private mutating func checkListedValues(of ids: [NodeID]) {
        var listing: [NodeID] = []
        for id in ids {
            for assertion in model[id].assertions {
                guard case .values(let values) = assertion.kind else { continue }
                checkDuplicates(among: values, assertion)
                if !isTyped(values, in: id) { listing.append(id) }
            }
        }
        guard !listing.isEmpty else { return }
        var interpreter = SchemaInterpreter(Plan(model, roots: listing))
        for (root, id) in listing.enumerated() {
            for assertion in model[id].assertions {
                guard case .values(let values) = assertion.kind else { continue }
                let isSatisfiable = check(values, of: assertion) { interpreter.isValid($0, at: $1, root: root) }
                // Another list would be reported for the same reason.
                guard isSatisfiable else { break }
            }
        }
    }

    private mutating func checkDuplicates(among values: [JSONValue], _ assertion: Assertion) {
        var seen: Set<JSONValue> = []
        for value in values where !seen.insert(value).inserted {
            warn(assertion, "duplicate value \(value.shortText) in 'enum'", hint: "list each value once")
        }
    }

    /// Returns whether a schema states nothing beside some values but the types that they have.
    private func isTyped(_ values: [JSONValue], in id: NodeID) -> Bool {
        !values.isEmpty
            && model[id].assertions.allSatisfy { assertion in
                switch assertion.kind {
                case .values(let others): others == values
                case .types(let types): values.allSatisfy { types.contains($0.type) }
                default: false
                }
            }
    }

    /// Checks values by all keywords of their schema, and returns whether some of them are valid.
    private mutating func check(
        _ values: [JSONValue], of assertion: Assertion,
        isValid: (borrowing JSONTape, JSONTape.Index) -> Bool
    ) -> Bool {
        var writer = JSONWriter()
        writer.write(JSONValue.array(values))
        var tape = JSONTape()
        guard (try? tape.parse(writer)) != nil else { return true }
        var item = tape.first(in: .root)
        var invalid: [JSONValue] = []
        for value in values {
            if !isValid(tape, item) { invalid.append(value) }
            item = tape.end(of: item)
        }
        let others = "by the other keywords of its schema"
        guard invalid.count < values.count else {
            let subject =
                switch values.count {
                case 0: "'\(assertion.name)' lists none"
                case 1: "\(values[0].shortText) is invalid \(others)"
                default: "all values of '\(assertion.name)' are invalid \(others)"
                }
            fail(assertion, "no value is valid: \(subject)", hint: "correct the values or the other keywords")
            return false
        }
        for value in invalid {
            warn(
                assertion, "\(value.shortText) in '\(assertion.name)' is invalid \(others)",
                hint: "correct or remove it")
        }
        return true
    }
}

extension Assertion {
    /// The keyword as the schema has it.
    fileprivate var name: String { keyword.tokens.last ?? "" }
}

extension JSONValue {
    /// The type of the value alone.
    fileprivate var type: TypeSet {
        switch self {
        case .null: .null
        case .bool: .boolean
        case .number(let number): number.isInteger ? .integer : .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// The value as JSON, as a message quotes it.
    fileprivate var shortText: String {
        if case .string(let text) = self { return "'\(text)'" }
        let text = jsonText
        return text.count > 60 ? text.prefix(60) + " …" : text
    }
}
