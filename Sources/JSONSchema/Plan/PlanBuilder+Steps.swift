import ContractModel
import JSONTape

extension PlanBuilder {
    /// The instructions of an assertion; none for those that one walk over members has taken.
    mutating func steps(for assertion: Assertion, of node: SchemaModel.Node, marks: Bool) -> [Plan.Step] {
        var steps: [Plan.Step] = []
        func step(_ instruction: Plan.Instruction, _ builder: inout PlanBuilder) {
            steps.append(Plan.Step(instruction: instruction, keyword: builder.keyword(assertion.keyword, of: node)))
        }
        switch assertion.kind {
        case .never: step(.never, &self)
        case .types(let set): step(.types(set), &self)
        case .values(let values):
            plan.values.append(Plan.ValueSet(values))
            step(.values(Int32(plan.values.count - 1)), &self)
        case .minimumLength(let count): if count > 0 { step(.minimumLength(count), &self) }
        case .maximumLength(let count): step(.maximumLength(count), &self)
        case .pattern(let source): if let index = pattern(source) { step(.pattern(index), &self) }
        case .format(let format): step(.format(format), &self)
        case .bound(let bound):
            plan.bounds.append(Plan.BoundCheck(bound))
            step(.bound(Int32(plan.bounds.count - 1)), &self)
        case .multipleOf(let divisor):
            plan.divisors.append(divisor)
            step(.multipleOf(Int32(plan.divisors.count - 1)), &self)
        case .minimumItems(let count): if count > 0 { step(.minimumItems(count), &self) }
        case .maximumItems(let count): step(.maximumItems(count), &self)
        case .uniqueItems: step(.uniqueItems, &self)
        case .items(let items):
            let check = itemsCheck(items, keyword: assertion.keyword.tokens[0])
            guard marks || check.rest != nil || check.prefix.contains(where: { $0 != nil }) else { break }
            plan.items.append(check)
            step(.items(Int32(plan.items.count - 1)), &self)
        case .contains(let contains):
            let check = containsCheck(contains, of: node)
            plan.contains.append(check)
            step(.contains(Int32(plan.contains.count - 1)), &self)
        case .minimumProperties(let count): if count > 0 { step(.minimumProperties(count), &self) }
        case .maximumProperties(let count): step(.maximumProperties(count), &self)
        case .required, .members, .propertyNames: break
        case .dependentRequired(let dependents):
            for dependent in dependents where !dependent.required.isEmpty {
                plan.dependents.append(
                    Plan.DependentCheck(name: dependent.name, required: dependent.required, part: nil))
                let keyword = keyword(dependent.keyword, of: node)
                steps.append(
                    Plan.Step(instruction: .dependents(Int32(plan.dependents.count - 1)), keyword: keyword))
            }
        case .dependentSchemas(let properties):
            for property in properties where marks || !acceptsEverything(property.node) {
                let part = part(property.node, at: assertion.keyword.tokens[0], property.name.value, marks: marks)
                plan.dependents.append(Plan.DependentCheck(name: property.name.value, required: [], part: part))
                step(.dependents(Int32(plan.dependents.count - 1)), &self)
            }
        case .refer(let target):
            if !acceptsEverything(target) {
                step(.call(part(target, at: assertion.keyword.tokens[0], marks: marks)), &self)
            }
        case .all(let nodes):
            for (index, node) in nodes.enumerated() where !acceptsEverything(node) {
                step(.call(part(node, at: "allOf", String(index), marks: marks)), &self)
            }
        case .any(let nodes):
            guard marks || !nodes.contains(where: acceptsEverything) else { break }
            step(.any(branches: branches(nodes, "anyOf", marks: marks)), &self)
        case .one(let nodes): step(.one(branches: branches(nodes, "oneOf", marks: marks)), &self)
        case .not(let node): step(.not(part(node, at: "not")), &self)
        case .ifThenElse(let condition):
            // Without branches, the notes of the condition itself still count.
            guard marks || condition.then != nil || condition.otherwise != nil else { break }
            plan.conditions.append(
                Plan.Condition(
                    condition: part(condition.condition, at: "if", marks: marks),
                    then: condition.then.map { part($0, at: "then", marks: marks) },
                    otherwise: condition.otherwise.map { part($0, at: "else", marks: marks) }))
            step(.ifThenElse(Int32(plan.conditions.count - 1)), &self)
        case .unevaluatedItems(let node):
            step(.unevaluatedItems(refusesEverything(node) ? nil : part(node, at: "unevaluatedItems")), &self)
        case .unevaluatedProperties(let node):
            step(
                .unevaluatedProperties(refusesEverything(node) ? nil : part(node, at: "unevaluatedProperties")), &self)
        }
        return steps
    }

    /// The part for members or items; `nil` where every value is valid.
    private mutating func restrictingPart(_ node: NodeID, at path: String...) -> Plan.Part? {
        guard !acceptsEverything(node) else { return nil }
        return path.count == 1 ? part(node, at: path[0]) : part(node, at: path[0], path[1])
    }

    private mutating func itemsCheck(_ items: Assertion.Items, keyword: String) -> Plan.ItemsCheck {
        // In 2020-12, the keywords of a list with a prefix are `prefixItems` and `items`, before `items` and
        // `additionalItems`.
        let restKeyword = items.prefix.isEmpty || keyword == "prefixItems" ? "items" : "additionalItems"
        let prefix = items.prefix.enumerated().map { index, node in
            restrictingPart(node, at: keyword, String(index))
        }
        return Plan.ItemsCheck(
            prefix: prefix, rest: items.rest.flatMap { restrictingPart($0, at: restKeyword) },
            evaluatesRest: items.rest != nil)
    }

    private mutating func containsCheck(
        _ contains: Assertion.Contains, of node: SchemaModel.Node
    ) -> Plan.ContainsCheck {
        Plan.ContainsCheck(
            part: restrictingPart(contains.node, at: "contains"), minimum: contains.minimum,
            maximum: contains.maximum ?? .max, minimumKeyword: keyword(contains.minimumKeyword, of: node),
            maximumKeyword: keyword(contains.maximumKeyword, of: node), marksEvaluated: contains.marksEvaluated)
    }

    private mutating func branches(_ nodes: [NodeID], _ keyword: String, marks: Bool) -> Range<Int32> {
        let branches = nodes.enumerated().map { part($0.element, at: keyword, String($0.offset), marks: marks) }
        let start = Int32(plan.branches.count)
        plan.branches += branches
        return start..<Int32(plan.branches.count)
    }

    // MARK: Members

    /// One walk for `properties`, `patternProperties`, `additionalProperties`, `required` and `propertyNames`.
    ///
    /// A schema that consists of merged ones may have several divisions of members; each has a walk, and the first takes
    /// what is required.
    mutating func membersSteps(of node: SchemaModel.Node, marks: Bool) -> [Plan.Step]? {
        var divisions: [(members: Assertion.Members, keyword: JSONPointer)] = []
        var required: [(name: String, keyword: JSONPointer)] = []
        var seen: Set<JSONName> = []
        var names: [(node: NodeID, keyword: JSONPointer)] = []
        for assertion in node.assertions {
            switch assertion.kind {
            case .members(let members): divisions.append((members, assertion.keyword))
            case .required(let list):
                for name in list where seen.insert(JSONName(name)).inserted {
                    required.append((name, assertion.keyword))
                }
            case .propertyNames(let node) where !acceptsEverything(node): names.append((node, assertion.keyword))
            default: break
            }
        }
        if divisions.isEmpty, !required.isEmpty || !names.isEmpty {
            divisions = [(Assertion.Members(properties: [], patterns: [], additional: nil), JSONPointer())]
        }
        guard !divisions.isEmpty else { return nil }
        var steps: [Plan.Step] = []
        for (index, division) in divisions.enumerated() {
            let check = membersCheck(
                division.members, required: index == 0 ? required : [], names: index == 0 ? names.first?.node : nil,
                of: node, marks: marks)
            guard let check else { continue }
            plan.members.append(check)
            let relative =
                division.keyword.tokens.isEmpty ? names.first?.keyword ?? required[0].keyword : division.keyword
            steps.append(
                Plan.Step(
                    instruction: .members(Int32(plan.members.count - 1)), keyword: keyword(relative, of: node)))
        }
        for name in names.dropFirst() {
            guard
                let check = membersCheck(
                    Assertion.Members(properties: [], patterns: [], additional: nil), required: [], names: name.node,
                    of: node, marks: marks)
            else { continue }
            plan.members.append(check)
            steps.append(
                Plan.Step(
                    instruction: .members(Int32(plan.members.count - 1)), keyword: keyword(name.keyword, of: node)))
        }
        return steps.isEmpty ? nil : steps
    }

    private mutating func membersCheck(
        _ members: Assertion.Members, required: [(name: String, keyword: JSONPointer)], names: NodeID?,
        of node: SchemaModel.Node, marks: Bool
    ) -> Plan.MembersCheck? {
        let refuses = members.additional.map(refusesEverything) ?? false
        // A property's entry matters to those who do not accept all others, or who note what is evaluated.
        let needsAll = marks || members.additional.map { !acceptsEverything($0) } ?? false
        var keywords: [JSONName: Int32] = [:]
        for required in required {
            keywords[JSONName(required.name)] = keyword(required.keyword, of: node)
        }
        var entries: [(name: String, entry: Plan.MemberEntry)] = []
        var known: Set<JSONName> = []
        for property in members.properties where known.insert(JSONName(property.name.value)).inserted {
            let part = restrictingPart(property.node, at: "properties", property.name.value)
            let requiredKeyword = keywords[JSONName(property.name.value)] ?? -1
            guard needsAll || part != nil || requiredKeyword >= 0 else { continue }
            entries.append(
                (
                    property.name.value,
                    Plan.MemberEntry(part: part, isProperty: true, requiredKeyword: requiredKeyword)
                ))
        }
        for required in required where !known.contains(JSONName(required.name)) {
            entries.append(
                (
                    required.name,
                    Plan.MemberEntry(
                        part: nil, isProperty: false, requiredKeyword: keywords[JSONName(required.name)] ?? -1)
                ))
        }
        var patterns: [Plan.PatternEntry] = []
        for entry in members.patterns {
            let part = restrictingPart(entry.node, at: "patternProperties", entry.pattern.value)
            guard needsAll || part != nil, let pattern = pattern(entry.pattern.value) else { continue }
            patterns.append(Plan.PatternEntry(pattern: pattern, part: part))
        }
        let others: Plan.Others
        if refuses {
            others = .refused(keyword(JSONPointer(tokens: ["additionalProperties"]), of: node))
        } else if let additional = members.additional {
            others = restrictingPart(additional, at: "additionalProperties").map { .checked($0) } ?? .evaluated
        } else {
            others = .allowed
        }
        let propertyNames = names.flatMap { restrictingPart($0, at: "propertyNames") }
        if entries.isEmpty, patterns.isEmpty, propertyNames == nil {
            switch others {
            case .allowed: return nil
            case .evaluated: if !marks { return nil }
            case .refused, .checked: break
            }
        }
        var requiredBits: UInt64 = 0
        for (index, entry) in entries.prefix(64).enumerated() where entry.entry.requiredKeyword >= 0 {
            requiredBits |= 1 << UInt64(index)
        }
        return Plan.MembersCheck(
            names: KeyTable(entries.map(\.name)), entries: entries.map(\.entry), patterns: patterns, others: others,
            propertyNames: propertyNames, requiredBits: requiredBits)
    }
}

extension Plan.ValueSet {
    init(_ values: [JSONValue]) {
        var strings: [String] = []
        var seen: Set<JSONName> = []
        var constants: Plan.ConstantSet = []
        var numbers: [JSONNumber] = []
        var containers: [JSONValue] = []
        for value in values {
            switch value {
            case .null: constants.insert(.null)
            case .bool(let flag): constants.insert(flag ? .true : .false)
            case .number(let number): numbers.append(number)
            case .string(let text): if seen.insert(JSONName(text)).inserted { strings.append(text) }
            case .array, .object: containers.append(value)
            }
        }
        self.init(
            values: values, strings: KeyTable(strings), constants: constants, numbers: numbers,
            containers: containers)
    }
}
