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
    private var solver: Satisfiability
    /// The schemas that accept nothing, those that state so aside.
    private var empty: Set<NodeID> = []

    static func check(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        guard var check = SatisfiabilityCheck(contract) else { return }
        let files = Set(contract.contract.schemas.filter { !$0.isFromLibrary }.map(\.name))
        check.findEmpty(in: files, diagnostics)
        check.report(diagnostics: &diagnostics)
        // The rules of events are complete if no error of a message has been reported.
        guard check.empty.isEmpty, contract.hasCompleteMessages else { return }
        for message in contract.messages { check.checkEvents(of: message, diagnostics: &diagnostics) }
    }

    private init?(_ contract: CompiledContract) {
        let messages = contract.messages.map(\.declaration)
        guard let solver = Satisfiability(contract.model, messages: messages) else { return nil }
        self.solver = solver
        model = contract.model
    }

    // MARK: Schemas

    private mutating func findEmpty(in files: Set<String>, _ diagnostics: Diagnostics) {
        // A schema that means different things by the path that leads to it is several nodes.
        var seen: Set<SourceLocation> = []
        for id in model.ids where files.contains(model[id].file) && model[id].isComplete {
            let node = model[id]
            guard seen.insert(node.location).inserted, mayContradict(node.assertions),
                !node.assertions.contains(where: { diagnostics.hasError(.schemaValue, at: $0.location) })
            else { continue }
            if solver.isEmpty(id) { empty.insert(id) }
        }
    }

    /// Returns whether conditions may exclude each other. Most schemas have no two conditions of the same values.
    private func mayContradict(_ assertions: [Assertion]) -> Bool {
        var texts = 0
        var numbers = 0
        var arrays = 0
        var objects = 0
        var required: [String] = []
        var named: [JSONName: NodeID] = [:]
        for assertion in assertions {
            switch assertion.kind {
            // The values of an enum are checked one by one.
            case .never, .values: return false
            case .types, .uniqueItems: break
            case .minimumProperties: objects += 1
            case .minimumLength, .maximumLength, .format: texts += 1
            case .pattern: texts += 2
            case .bound, .multipleOf: numbers += 1
            case .minimumItems, .maximumItems, .items: arrays += 1
            case .required(let names): required += names
            case .members(let members):
                if members.additional != nil || !members.patterns.isEmpty, !required.isEmpty { return true }
                for property in members.properties { named[JSONName(property.name.value)] = property.node }
                if members.additional != nil { objects += 1 }
            default: return true
            }
        }
        if texts > 1 || numbers > 1 || arrays > 1 || objects > 1 { return true }
        return required.contains { named[JSONName($0)].map(refusesEverything) == true }
            || assertions.contains { assertion in
                guard case .members(let members) = assertion.kind, !required.isEmpty else { return false }
                return members.additional.map(refusesEverything) == true || !members.patterns.isEmpty
            }
    }

    private func refusesEverything(_ id: NodeID) -> Bool {
        model[model.resolve(id)].assertions.contains { if case .never = $0.kind { true } else { false } }
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
            diagnostics.error(
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
        guard solver.isEmpty(conflict.map(\.kind)) else { return [] }
        for assertion in assertions {
            let rest = conflict.filter { $0.location != assertion.location || $0.kind != assertion.kind }
            if !rest.isEmpty, rest.count < conflict.count, solver.isEmpty(rest.map(\.kind)) { conflict = rest }
        }
        return conflict.sorted { $0.location < $1.location }
    }

    // MARK: Events

    private mutating func checkEvents(of message: CompiledMessage, diagnostics: inout Diagnostics) {
        let declaration = message.declaration
        for event in declaration.events {
            guard solver.isEmpty(event) else { continue }
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
