import ContractModel
import SchemaPlan
import JSONSchema
import JSONTape

/// Turns the model of a schema into a ``ValidationPlan``: each assertion into its instruction, references into jumps.
///
/// The plan has no instructions for some assertions, such as `anyOf`; ``ValidationPlan/isComplete`` tells.
struct PlanBuilder {
    typealias NodeID = SchemaModel.NodeID

    private let model: SchemaModel
    private let scalars: ScalarTypes
    private let openEnums: Set<NodeID>
    private var plan: ValidationPlan
    private var known: [NodeID: ValidationPlan.SubplanID] = [:]

    /// The plan for values of a file's root.
    static func build(
        _ model: SchemaModel, scalars: ScalarTypes, file: String, root: NodeID, openEnums: Set<NodeID>
    ) -> ValidationPlan {
        var builder = PlanBuilder(
            model: model, scalars: scalars, openEnums: openEnums, plan: ValidationPlan(file: file))
        builder.plan.root = builder.subplan(for: root)
        return builder.plan
    }

    private init(model: SchemaModel, scalars: ScalarTypes, openEnums: Set<NodeID>, plan: ValidationPlan) {
        self.model = model
        self.scalars = scalars
        self.openEnums = openEnums
        self.plan = plan
    }

    private mutating func subplan(for id: NodeID) -> ValidationPlan.SubplanID {
        let target = model.resolve(id)
        if let subplan = known[target] { return subplan }
        let node = model[target]
        let subplan = ValidationPlan.SubplanID(index: plan.subplans.count)
        known[target] = subplan
        plan.subplans.append(
            ValidationPlan.Subplan(file: node.file, pointer: node.pointer, instructions: []))
        let instructions = instructions(node, id: target, isOpen: openEnums.contains(target))
        plan.subplans[subplan.index].instructions = instructions.enumerated()
            .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
        return subplan
    }

    private mutating func instructions(
        _ node: SchemaModel.Node, id: NodeID, isOpen: Bool
    ) -> [ValidationPlan.Instruction] {
        var instructions: [ValidationPlan.Instruction] = []
        var members: Assertion.Members?
        var required: [String] = []
        let isEnumeration = node.assertions.contains { if case .values = $0.kind { true } else { false } }
        for assertion in node.assertions {
            switch assertion.kind {
            case .types(let set):
                if let instruction = type(set) { instructions.append(instruction) } else { plan.isComplete = false }
            case .values(let values):
                let strings = values.compactMap { value in if case .string(let text) = value { text } else { nil } }
                guard strings.count == values.count else {
                    plan.isComplete = false
                    continue
                }
                instructions.append(
                    .enumeration(strings, isOpen: isOpen, keyword: assertion.keyword.tokens.last ?? "enum"))
            case .format(let format):
                // The values of an enum have the format, or are never sent. A program can make a `URL` that is a relative
                // reference.
                let isKept =
                    isEnumeration ? !isOpen : ![.string, .url].contains(scalars.string(format, node: id))
                instructions.append(.format(format, isKeptByType: isKept))
            case .items(let items):
                guard items.prefix.isEmpty, let rest = items.rest else {
                    plan.isComplete = false
                    continue
                }
                let subplan = subplan(for: rest)
                if !isEmpty(subplan) { instructions.append(.items(subplan)) }
            case .members(let named):
                if members != nil { plan.isComplete = false }
                members = named
            case .required(let names): required += names
            default:
                if let limit = Self.limit(assertion.kind) {
                    instructions.append(limit)
                } else {
                    plan.isComplete = plan.isComplete && Self.isEmpty(assertion.kind)
                }
            }
        }
        if let instruction = self.members(members, required: required) { instructions.append(instruction) }
        return instructions
    }

    private func type(_ set: TypeSet) -> ValidationPlan.Instruction? {
        switch set.normalized {
        case .null: .type(.null)
        case .boolean: .type(.boolean)
        case .integer: .type(.integer)
        case .integerLiteral: .integerLiteral
        case .number: .type(.number)
        case .string: .type(.string)
        case .array: .type(.array)
        case .object: .type(.object)
        default: nil
        }
    }

    private mutating func members(
        _ members: Assertion.Members?, required: [String]
    ) -> ValidationPlan.Instruction? {
        guard members != nil || !required.isEmpty else { return nil }
        let demanded = Set(required.map { JSONName($0) })
        var list = (members?.properties ?? []).map { property in
            ValidationPlan.Members.Member(
                name: property.name.value, isRequired: demanded.contains(JSONName(property.name.value)),
                subplan: subplan(for: property.node))
        }
        if members?.patterns.isEmpty == false { plan.isComplete = false }
        var others = ValidationPlan.Members.Others.allowed
        if let additional = members?.additional, members?.patterns.isEmpty == true {
            let subplan = subplan(for: additional)
            if model.isNever(additional) {
                others = .refused
            } else if !isEmpty(subplan) {
                others = .checked(subplan)
            }
        }
        let declared = Set(list.map { JSONName($0.name) })
        for name in required where !declared.contains(JSONName(name)) {
            guard case .allowed = others else {
                plan.isComplete = false
                continue
            }
            list.append(ValidationPlan.Members.Member(name: name, isRequired: true, subplan: emptySubplan()))
        }
        if list.isEmpty, case .allowed = others { return nil }
        return .members(ValidationPlan.Members(members: list, others: others))
    }

    private mutating func emptySubplan() -> ValidationPlan.SubplanID {
        plan.subplans.append(ValidationPlan.Subplan(file: plan.file, pointer: JSONPointer(), instructions: []))
        return ValidationPlan.SubplanID(index: plan.subplans.count - 1)
    }

    private func isEmpty(_ subplan: ValidationPlan.SubplanID) -> Bool { plan[subplan].instructions.isEmpty }

    /// Whether an assertion accepts everything.
    private static func isEmpty(_ kind: Assertion.Kind) -> Bool {
        switch kind {
        case .minimumLength(0), .minimumItems(0), .minimumProperties(0): true
        default: false
        }
    }

    /// The instruction of an assertion that limits a value of one type.
    static func limit(_ kind: Assertion.Kind) -> ValidationPlan.Instruction? {
        switch kind {
        case .minimumLength(let count): count == 0 ? nil : .minimumLength(count)
        case .maximumLength(let count): .maximumLength(count)
        case .format(let format): .format(format, isKeptByType: false)
        case .bound(let bound):
            switch (bound.side, bound.isExclusive) {
            case (.minimum, false): .minimum(bound.value)
            case (.minimum, true): .exclusiveMinimum(bound.value)
            case (.maximum, false): .maximum(bound.value)
            case (.maximum, true): .exclusiveMaximum(bound.value)
            }
        case .multipleOf(let divisor): divisor.int64Value.map { .multipleOf($0) }
        case .minimumItems(let count): count == 0 ? nil : .minimumItems(count)
        case .maximumItems(let count): .maximumItems(count)
        case .minimumProperties(let count): count == 0 ? nil : .minimumProperties(count)
        case .maximumProperties(let count): .maximumProperties(count)
        default: nil
        }
    }
}

extension SchemaModel {
    /// Whether no value is valid by a schema.
    func isNever(_ node: NodeID) -> Bool {
        self[shapeSource(of: node).node].assertions.contains { if case .never = $0.kind { true } else { false } }
    }
}
