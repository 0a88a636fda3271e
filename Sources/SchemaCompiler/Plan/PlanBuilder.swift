import ContractModel

/// Turns a schema graph into a ``ValidationPlan``: each keyword into its instruction, references into jumps.
struct PlanBuilder {
    private let graph: SchemaGraph
    private let openEnums: Set<SchemaGraph.NodeID>
    private var plan: ValidationPlan
    private var known: [SchemaGraph.NodeID: ValidationPlan.SubplanID] = [:]

    /// The plan for values of the whole file's schema.
    static func build(_ graph: SchemaGraph, openEnums: Set<SchemaGraph.NodeID>) -> ValidationPlan {
        var builder = PlanBuilder(graph, openEnums: openEnums)
        return builder.plan(for: graph.root)
    }

    init(_ graph: SchemaGraph, openEnums: Set<SchemaGraph.NodeID> = []) {
        self.graph = graph
        self.openEnums = openEnums
        plan = ValidationPlan(file: graph.file)
    }

    /// The plan for values of one schema. It may hold others too, for which a plan was asked before.
    mutating func plan(for root: SchemaGraph.NodeID) -> ValidationPlan {
        plan.root = subplan(for: root)
        return plan
    }

    private mutating func subplan(for id: SchemaGraph.NodeID) -> ValidationPlan.SubplanID {
        let target = graph.resolve(id)
        if let subplan = known[target] { return subplan }
        let node = graph[target]
        let subplan = ValidationPlan.SubplanID(index: plan.subplans.count)
        known[target] = subplan
        plan.subplans.append(ValidationPlan.Subplan(pointer: node.pointer, instructions: []))
        plan.subplans[subplan.index].instructions =
            value(node, isOpen: openEnums.contains(target))
            + string(node, isOpen: openEnums.contains(target)) + number(node) + array(node) + object(node)
        return subplan
    }

    private func value(_ node: SchemaNode, isOpen: Bool) -> [ValidationPlan.Instruction] {
        var instructions: [ValidationPlan.Instruction] = []
        if let type = node.type?.value {
            instructions.append(node.isIntegerLiteral ? .integerLiteral : .type(type))
        }
        if let values = node.enumeration?.map(\.value) {
            instructions.append(.enumeration(values, isOpen: isOpen, keyword: node.constant == nil ? "enum" : "const"))
        }
        return instructions
    }

    /// A least count; `nil` for 0, which every value has.
    private func lowerBound(_ count: Int?) -> Int? { count == 0 ? nil : count }

    private func string(_ node: SchemaNode, isOpen: Bool = false) -> [ValidationPlan.Instruction] {
        // The values of an enum have the format: the reader has checked them.
        let keepsFormat = node.formatType?.isAlwaysValid ?? (node.enumeration != nil && !isOpen)
        return [
            lowerBound(node.minimumLength).map { .minimumLength($0) },
            node.maximumLength.map { .maximumLength($0) },
            node.format.map { .format($0, isKeptByType: keepsFormat) },
        ].compactMap(\.self)
    }

    private func number(_ node: SchemaNode) -> [ValidationPlan.Instruction] {
        [
            node.minimum.map { .minimum($0) },
            node.maximum.map { .maximum($0) },
            node.exclusiveMinimum.map { .exclusiveMinimum($0) },
            node.exclusiveMaximum.map { .exclusiveMaximum($0) },
            node.multipleOf.map { .multipleOf($0) },
        ].compactMap(\.self)
    }

    private mutating func array(_ node: SchemaNode) -> [ValidationPlan.Instruction] {
        var instructions = itemCounts(node)
        if let items = node.items {
            let subplan = subplan(for: items)
            if !isEmpty(subplan) { instructions.append(.items(subplan)) }
        }
        return instructions
    }

    private mutating func object(_ node: SchemaNode) -> [ValidationPlan.Instruction] {
        var instructions = memberCounts(node)
        let required = Set(node.required.map(\.value))
        let members = node.properties.map { property in
            ValidationPlan.Members.Member(
                name: property.name.value, isRequired: required.contains(property.name.value),
                subplan: subplan(for: property.schema))
        }
        let others = others(node)
        if members.isEmpty, case .allowed = others { return instructions }
        instructions.append(.members(ValidationPlan.Members(members: members, others: others)))
        return instructions
    }

    private func itemCounts(_ node: SchemaNode) -> [ValidationPlan.Instruction] {
        [lowerBound(node.minimumItems).map { .minimumItems($0) }, node.maximumItems.map { .maximumItems($0) }]
            .compactMap(\.self)
    }

    private func memberCounts(_ node: SchemaNode) -> [ValidationPlan.Instruction] {
        [
            lowerBound(node.minimumProperties).map { .minimumProperties($0) },
            node.maximumProperties.map { .maximumProperties($0) },
        ].compactMap(\.self)
    }

    /// The limits of a schema's values in words, apart from their type and what they contain: "at least 1 character".
    func limits(of id: SchemaGraph.NodeID) -> [String] {
        let node = graph[graph.resolve(id)]
        return (string(node) + number(node) + itemCounts(node) + memberCounts(node)).map(\.expectation)
    }

    private mutating func others(_ node: SchemaNode) -> ValidationPlan.Members.Others {
        switch node.additionalProperties {
        case .allowed, nil: return .allowed
        case .refused: return .refused
        case .checked(let schema):
            let subplan = subplan(for: schema)
            return isEmpty(subplan) ? .allowed : .checked(subplan)
        }
    }

    private func isEmpty(_ subplan: ValidationPlan.SubplanID) -> Bool {
        plan[subplan].instructions.isEmpty
    }
}
