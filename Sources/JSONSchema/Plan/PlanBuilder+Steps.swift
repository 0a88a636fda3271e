import ContractModel
import JSONTape
import SchemaPlan

extension PlanBuilder {
    /// Returns the instructions of an assertion; none for those that one walk over members has taken.
    mutating func steps(for assertion: Assertion, of id: NodeID, marks: Bool) -> [Plan.Step] {
        var steps: [Plan.Step] = []
        func step(_ instruction: Plan.Instruction, _ builder: inout PlanBuilder) {
            steps.append(Plan.Step(instruction: instruction, keyword: builder.keyword(of: assertion, in: id)))
        }
        switch assertion.kind {
        case .never: step(.never, &self)
        case .types(let set): step(.types(set), &self)
        case .values(let values):
            var set = Plan.ValueSet(values)
            set.isOpen = isOpen(assertion.origin ?? id)
            plan.values.append(set)
            step(.values(Int32(plan.values.count - 1)), &self)
        case .minimumLength(let count): if count > 0 { step(.minimumLength(count), &self) }
        case .maximumLength(let count): step(.maximumLength(count), &self)
        case .pattern(let source): if let index = pattern(source) { step(.pattern(index), &self) }
        case .format(let format): step(.format(format), &self)
        case .bound(let bound):
            plan.bounds.append(Plan.BoundCheck(bound: bound))
            step(.bound(Int32(plan.bounds.count - 1)), &self)
        case .multipleOf(let divisor):
            plan.divisors.append(divisor)
            step(.multipleOf(Int32(plan.divisors.count - 1)), &self)
        case .minimumItems(let count): if count > 0 { step(.minimumItems(count), &self) }
        case .maximumItems(let count): step(.maximumItems(count), &self)
        case .uniqueItems: step(.uniqueItems, &self)
        case .items(let items):
            let check = itemsCheck(items, of: assertion)
            guard marks || check.rest != nil || check.prefix.contains(where: { $0 != nil }) else { break }
            plan.items.append(check)
            step(.items(Int32(plan.items.count - 1)), &self)
        case .contains(let contains):
            let check = containsCheck(contains, of: assertion, in: id)
            plan.contains.append(check)
            step(.contains(Int32(plan.contains.count - 1)), &self)
        case .minimumProperties(let count): if count > 0 { step(.minimumProperties(count), &self) }
        case .maximumProperties(let count): step(.maximumProperties(count), &self)
        case .required, .members, .propertyNames: break
        case .dependentRequired(let dependents):
            for dependent in dependents where !dependent.required.isEmpty {
                plan.dependents.append(
                    Plan.DependentCheck(name: dependent.name, required: dependent.required, part: nil))
                let keyword = keyword(dependent.keyword.tokens, of: assertion, in: id)
                steps.append(
                    Plan.Step(instruction: .dependents(Int32(plan.dependents.count - 1)), keyword: keyword))
            }
        case .dependentSchemas(let properties):
            for property in properties where marks || !acceptsEverything(property.node) {
                let part = part(
                    property.node, at: assertion.keyword.tokens + [property.name.value], of: assertion, marks: marks)
                plan.dependents.append(Plan.DependentCheck(name: property.name.value, required: [], part: part))
                step(.dependents(Int32(plan.dependents.count - 1)), &self)
            }
        case .refer(let target):
            if !acceptsEverything(target) {
                step(.call(part(target, at: assertion.keyword.tokens, of: assertion, marks: marks)), &self)
            }
        case .all(let nodes):
            for (index, node) in nodes.enumerated() where !acceptsEverything(node) {
                step(.call(part(node, at: ["allOf", String(index)], of: assertion, marks: marks)), &self)
            }
        case .any(let nodes):
            guard marks || !nodes.contains(where: acceptsEverything) else { break }
            step(
                selection(nodes, of: assertion, in: id, marks: marks)
                    ?? .any(branches: branches(nodes, of: assertion, marks: marks)), &self)
        case .one(let nodes):
            step(
                selection(nodes, of: assertion, in: id, marks: marks)
                    ?? .one(branches: branches(nodes, of: assertion, marks: marks)), &self)
        case .not(let node): step(.not(part(node, at: ["not"], of: assertion)), &self)
        case .ifThenElse(let condition):
            // Without branches, the notes of the condition itself still count.
            guard marks || condition.then != nil || condition.otherwise != nil else { break }
            plan.conditions.append(
                Plan.Condition(
                    condition: part(condition.condition, at: ["if"], of: assertion, marks: marks),
                    then: condition.then.map { part($0, at: ["then"], of: assertion, marks: marks) },
                    otherwise: condition.otherwise.map { part($0, at: ["else"], of: assertion, marks: marks) }))
            step(.ifThenElse(Int32(plan.conditions.count - 1)), &self)
        case .unevaluatedItems(let node):
            step(
                .unevaluatedItems(refusesEverything(node) ? nil : part(node, at: ["unevaluatedItems"], of: assertion)),
                &self)
        case .unevaluatedProperties(let node):
            step(
                .unevaluatedProperties(
                    refusesEverything(node) ? nil : part(node, at: ["unevaluatedProperties"], of: assertion)), &self)
        }
        return steps
    }

    /// Returns the part for members or items; `nil` where every value is valid.
    mutating func restrictingPart(
        _ node: NodeID, at path: [String], of assertion: Assertion
    ) -> Plan.Part? {
        acceptsEverything(node) ? nil : part(node, at: path, of: assertion)
    }

    private mutating func itemsCheck(_ items: Assertion.Items, of assertion: Assertion) -> Plan.ItemsCheck {
        // In 2020-12, the keywords of a list with a prefix are `prefixItems` and `items`; before, `items` and
        // `additionalItems`.
        let keyword = assertion.keyword.tokens
        let restKeyword =
            keyword == ["unevaluatedItems"]
            ? keyword[0] : items.prefix.isEmpty || keyword == ["prefixItems"] ? "items" : "additionalItems"
        let prefix = items.prefix.enumerated().map { index, node in
            restrictingPart(node, at: keyword + [String(index)], of: assertion)
        }
        return Plan.ItemsCheck(
            prefix: prefix, rest: items.rest.flatMap { restrictingPart($0, at: [restKeyword], of: assertion) },
            evaluatesRest: items.rest != nil)
    }

    private mutating func containsCheck(
        _ contains: Assertion.Contains, of assertion: Assertion, in id: NodeID
    ) -> Plan.ContainsCheck {
        Plan.ContainsCheck(
            part: restrictingPart(contains.node, at: ["contains"], of: assertion), minimum: contains.minimum,
            maximum: contains.maximum ?? .max,
            minimumKeyword: keyword(contains.minimumKeyword.tokens, of: assertion, in: id),
            maximumKeyword: keyword(contains.maximumKeyword.tokens, of: assertion, in: id),
            marksEvaluated: contains.marksEvaluated)
    }

    mutating func branches(_ nodes: [NodeID], of assertion: Assertion, marks: Bool) -> Range<Int32> {
        let branches = nodes.enumerated().map { index, node in
            part(node, at: assertion.keyword.tokens + [String(index)], of: assertion, marks: marks)
        }
        let start = Int32(plan.branches.count)
        plan.branches += branches
        return start..<Int32(plan.branches.count)
    }
}
