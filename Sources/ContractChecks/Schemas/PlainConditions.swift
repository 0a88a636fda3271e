import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler
import SchemaPlan

/// Conditions of which one pass decides, for most schemas, that they do not exclude each other. Other schemas need a proof.
struct PlainConditions {
    private typealias NodeID = SchemaModel.NodeID

    let model: SchemaModel

    // MARK: Schemas

    /// Returns whether some value satisfies all conditions, if each schema in them accepts one; `false` if that is not
    /// evident.
    func arePossible(_ id: SchemaModel.NodeID) -> Bool {
        let assertions = model[id].assertions
        if assertions.count == 1, let only = assertions.first, isPossible(only.kind) { return true }
        var texts: [Assertion.Kind] = []
        var numbers: [Assertion.Kind] = []
        var arrays: [Assertion.Kind] = []
        var objects: [Assertion.Kind] = []
        for assertion in assertions {
            switch assertion.kind {
            case .types: break
            // Reported where the values are checked one by one.
            case .never, .values: return true
            case .minimumLength, .maximumLength, .format, .pattern: texts.append(assertion.kind)
            case .bound, .multipleOf: numbers.append(assertion.kind)
            case .minimumItems, .maximumItems, .items, .uniqueItems: arrays.append(assertion.kind)
            case .minimumProperties, .required, .members, .dependentRequired, .dependentSchemas:
                objects.append(assertion.kind)
            case .all(let nodes):
                guard let parts = PlainObject(nodes, in: model), types(of: id)?.contains(.object) ?? true else {
                    return false
                }
                objects += parts.conditions
            case .contains, .maximumProperties, .propertyNames, .any, .one, .not, .ifThenElse, .refer,
                .unevaluatedItems, .unevaluatedProperties:
                return false
            }
        }
        return isPossible(texts, of: id) && isPossible(numbers: numbers) && isPossible(arrays: arrays)
            && isPossible(objects: objects)
    }

    /// Returns whether a condition alone is possible, if the schemas in it are.
    private func isPossible(_ kind: Assertion.Kind) -> Bool {
        switch kind {
        case .refer, .any: true
        case .one(let branches):
            branches.contains { branch in
                branches.allSatisfy { $0 == branch || areDistinct($0, branch) }
            }
        default: false
        }
    }

    /// Returns whether two schemas evidently have no value in common, by their types.
    func areDistinct(_ first: SchemaModel.NodeID, _ second: SchemaModel.NodeID) -> Bool {
        guard let types = types(of: first), let others = self.types(of: second) else { return false }
        return types.intersected(with: others).isEmpty
    }

    private func types(of id: NodeID) -> TypeSet? {
        for assertion in model[model.resolve(id)].assertions {
            if case .types(let types) = assertion.kind { return types }
        }
        return nil
    }

    private static let longestFormat = 36

    private func isPossible(_ texts: [Assertion.Kind], of id: NodeID) -> Bool {
        guard texts.count > 1 || texts.contains(where: { if case .pattern = $0 { true } else { false } }) else {
            return true
        }
        let facts = ValueFacts(model, id)
        if facts.patterns.isEmpty {
            guard facts.minimumLength <= facts.maximumLength ?? .max else { return false }
            if facts.formats.isEmpty { return true }
            // All formats have a string of one of these lengths.
            if facts.formats.count == 1, facts.minimumLength <= 1, facts.maximumLength ?? .max >= Self.longestFormat {
                return true
            }
            return false
        }
        return facts.formats.isEmpty && StringConditions(facts).isFulfilled(bySomeTextOf: "^[\\s\\S]*$")
    }

    private func isPossible(numbers: [Assertion.Kind]) -> Bool {
        guard numbers.count > 1 else { return true }
        var (low, high) = (-Double.infinity, Double.infinity)
        for case .bound(let bound) in numbers {
            let value = bound.value.doubleValue
            if bound.side == .minimum { low = max(low, value) } else { high = min(high, value) }
        }
        // There is a whole number between the bounds, and a multiple of each small number.
        var step = 1.0
        for case .multipleOf(let number) in numbers { step = max(step, number.doubleValue) }
        let multiples = numbers.count { if case .multipleOf = $0 { true } else { false } }
        return high - low > step && (multiples == 0 || multiples == 1 && step.rounded() == step && step > 1)
    }

    private func isPossible(arrays: [Assertion.Kind]) -> Bool {
        guard arrays.count > 1 else { return true }
        var (low, high) = (0, Int.max)
        for kind in arrays {
            switch kind {
            case .minimumItems(let count): low = max(low, count)
            case .maximumItems(let count): high = min(high, count)
            case .items(let items) where items.prefix.isEmpty && !(items.rest.map(refusesEverything) ?? false): break
            default: return low == 0 && !arrays.contains { if case .minimumItems = $0 { true } else { false } }
            }
        }
        return low <= high
    }

    /// Returns whether an object with all members that the conditions may require satisfies them.
    private func isPossible(objects: [Assertion.Kind]) -> Bool {
        guard objects.count > 1 else { return true }
        var required: Set<JSONName> = []
        var dependents: Set<JSONName> = []
        var divisions: [Assertion.Members] = []
        for kind in objects {
            switch kind {
            case .required(let names): required.formUnion(names.map { JSONName($0) })
            case .dependentRequired(let list):
                for dependent in list { required.formUnion(dependent.required.map { JSONName($0) }) }
            case .dependentSchemas(let list): dependents.formUnion(list.map { JSONName($0.name.value) })
            case .members(let members): divisions.append(members)
            default: return false
            }
        }
        return required.isDisjoint(with: dependents) && arePossible(divisions, requiring: required)
    }

    private func arePossible(_ divisions: [Assertion.Members], requiring required: Set<JSONName>) -> Bool {
        var nodes: [JSONName: NodeID] = [:]
        for members in divisions {
            guard members.patterns.isEmpty else { return false }
            if members.additional != nil {
                guard required.isSubset(of: members.properties.map { JSONName($0.name.value) }) else { return false }
            }
            for property in members.properties {
                // Two schemas of one member may exclude each other.
                let other = nodes.updateValue(property.node, forKey: JSONName(property.name.value))
                guard other == nil || other == property.node, !refusesEverything(property.node) else { return false }
            }
        }
        return true
    }

    private func refusesEverything(_ id: NodeID) -> Bool {
        model.statesNever(model.resolve(id))
    }

    // MARK: Events

    /// Returns whether the rules of a message's events are about properties whose presence and values no other condition
    /// restricts.
    func areRulesPossible(of message: CompiledMessage) -> Bool {
        message.events.allSatisfy { event in
            let forbidden = event.forbidden.map(\.pointer.tokens)
            let present = event.fixed.map(\.property) + event.required
            guard !present.contains(where: { path in forbidden.contains { path.pointer.tokens.starts(with: $0) } })
            else {
                return false
            }
            return (present + event.forbidden).allSatisfy { path in
                let nodes = [message.root.node] + path.properties.dropLast().map { $0.schema ?? message.root.node }
                return nodes.allSatisfy(isPlainObject)
                    && path.properties.allSatisfy { property in
                        property.schema.map { !refusesEverything($0) } ?? false
                    }
            }
        }
    }

    private func isPlainObject(_ id: NodeID) -> Bool {
        model[model.resolve(id)].assertions.allSatisfy { assertion in
            switch assertion.kind {
            case .types, .required: true
            case .members(let members): members.patterns.isEmpty
            default: false
            }
        }
    }
}
