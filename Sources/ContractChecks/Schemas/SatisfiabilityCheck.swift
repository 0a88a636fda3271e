import ContractEvolution
import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler
import SchemaPlan

/// A check that reports schemas that accept no value, and events that no message can be.
struct SatisfiabilityCheck {
    private typealias NodeID = SchemaModel.NodeID

    private let model: SchemaModel
    private let plain: PlainConditions
    /// The messages whose events need a proof.
    private let messages: [CompiledMessage]
    private lazy var solver = Satisfiability(model, messages: messages.map(\.declaration))
    /// The schemas that accept nothing, those that state so aside.
    private var empty: Set<NodeID> = []

    static func check(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        var check = SatisfiabilityCheck(contract)
        let files = Set(contract.contract.schemas.filter { !$0.isFromLibrary }.map(\.name))
        check.findEmpty(in: files, diagnostics)
        check.report(diagnostics: &diagnostics)
        guard check.empty.isEmpty else { return }
        for message in check.messages { check.checkEvents(of: message, diagnostics: &diagnostics) }
    }

    private init(_ contract: CompiledContract) {
        model = contract.model
        let plain = PlainConditions(model: contract.model)
        self.plain = plain
        // The rules of events are complete if no error of a message has been reported.
        messages = contract.hasCompleteMessages ? contract.messages.filter { !plain.areRulesPossible(of: $0) } : []
    }

    // MARK: Schemas

    private mutating func findEmpty(in files: Set<String>, _ diagnostics: Diagnostics) {
        // A schema that means different things by the path that leads to it is several nodes.
        var seen: Set<SourceLocation> = []
        for id in model.ids where files.contains(model[id].file) && model[id].isComplete {
            let node = model[id]
            guard seen.insert(node.location).inserted, !plain.arePossible(id),
                !node.assertions.contains(where: { diagnostics.hasFinding(of: .schemaValue, at: $0.location) })
            else { continue }
            if solver?.isEmpty(id) == true { empty.insert(id) }
        }
    }

    private mutating func report(diagnostics: inout Diagnostics) {
        for id in empty.sorted(by: { model[$0].location < model[$1].location }) {
            let conditions = conditions(of: id)
            // A part that accepts nothing itself is reported instead.
            guard !conditions.nodes.dropFirst().contains(where: empty.contains) else { continue }
            let conflict = smallestConflict(among: conditions.assertions)
            guard !conflict.contains(where: dependsOnEmptyPart) else { continue }
            // That the others are about one type goes without saying.
            let others = conflict.filter { if case .types = $0.kind { false } else { true } }
            let names = (others.count > 1 ? others : conflict).map(\.words)
            let place = conflict.max { $0.location < $1.location }?.location ?? model[id].location
            diagnostics.warning(
                .emptySchema, at: place.file == model[id].location.file ? place : model[id].location,
                names.count > 1
                    ? "no value is valid: \(Suggestion.list(names)) exclude each other"
                    : "no value is valid by \(names.first ?? "this schema")",
                hint: "correct one of them")
        }
    }

    private func dependsOnEmptyPart(_ assertion: Assertion) -> Bool {
        assertion.kind.children.contains { empty.contains($0) || empty.contains(model.resolve($0)) }
    }

    /// Returns the conditions of a schema and of those that it applies to the same value.
    private func conditions(of id: NodeID) -> (nodes: [NodeID], assertions: [Assertion]) {
        var nodes: [NodeID] = []
        var assertions: [Assertion] = []
        var waiting = [id]
        while let next = waiting.popLast() {
            guard !nodes.contains(next) else { continue }
            nodes.append(next)
            for assertion in model[next].assertions {
                switch assertion.kind {
                case .refer(let target): waiting.append(target)
                case .all(let parts): waiting += parts
                default: assertions.append(assertion)
                }
            }
        }
        return (nodes, assertions)
    }

    /// Conditions that exclude each other, none of which can be left out.
    private mutating func smallestConflict(among assertions: [Assertion]) -> [Assertion] {
        var conflict = assertions
        guard solver?.isEmpty(conflict.map(\.kind)) == true else { return [] }
        for assertion in assertions {
            let rest = conflict.filter { $0.location != assertion.location || $0.kind != assertion.kind }
            if !rest.isEmpty, rest.count < conflict.count, solver?.isEmpty(rest.map(\.kind)) == true { conflict = rest }
        }
        return conflict.sorted { $0.location < $1.location }
    }

    // MARK: Events

    private mutating func checkEvents(of message: CompiledMessage, diagnostics: inout Diagnostics) {
        let declaration = message.declaration
        for event in declaration.events {
            guard solver?.isEmpty(event) == true else { continue }
            diagnostics.error(
                .impossibleEvent, at: event.name.location,
                "no \(message.name) can be '\(event.name.value)': the event's rules contradict the schema",
                hint: "compare 'fixed', 'requires' and 'forbids' with \(declaration.schema.value)")
        }
    }
}

extension Assertion {
    /// The keyword with its value, as a message names it.
    fileprivate var words: String {
        let name = "'\(keyword.tokens.last ?? "false")'"
        switch kind {
        case .minimumLength(let count), .maximumLength(let count), .minimumItems(let count), .maximumItems(let count),
            .minimumProperties(let count), .maximumProperties(let count):
            return "\(name) \(count)"
        case .format(let format): return "\(name) \(format.rawValue)"
        case .pattern(let source): return "\(name) \(source)"
        case .bound(let bound): return "\(name) \(bound.value)"
        case .multipleOf(let number): return "\(name) \(number)"
        case .required(let names): return "\(name) [\(Suggestion.list(names))]"
        case .types(let types): return "\(name) \(types.names)"
        default: return name
        }
    }
}
