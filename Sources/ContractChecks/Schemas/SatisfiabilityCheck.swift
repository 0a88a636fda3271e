import ContractEvolution
import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler
import SchemaPlan

/// A check that reports schemas that accept no value, and events that no message can be.
struct SatisfiabilityCheck {
    typealias NodeID = SchemaModel.NodeID

    var proofs: SchemaProofs
    /// The schemas that accept nothing, those that state so aside.
    private(set) var empty: Set<NodeID> = []
    /// Those of them whose values would have no end.
    private var endless: Set<NodeID> = []

    static func check(
        _ contract: CompiledContract, _ proofs: consuming SchemaProofs, diagnostics: inout Diagnostics
    ) {
        let messages = proofs.messages
        var check = SatisfiabilityCheck(proofs: proofs)
        let files = Set(contract.contract.schemas.filter { !$0.isFromLibrary }.map(\.name))
        check.reportEndless(in: files, diagnostics: &diagnostics)
        check.findEmpty(in: files, diagnostics)
        check.report(diagnostics: &diagnostics)
        check.reportUnreachableBranches(in: files, diagnostics: &diagnostics)
        if check.empty.isEmpty {
            for message in messages { check.checkEvents(of: message, diagnostics: &diagnostics) }
        }
    }

    var model: SchemaModel { proofs.model }
    var plain: PlainConditions { proofs.plain }

    // MARK: Schemas

    /// Reports schemas each of whose values needs another one, without end; one schema of each cycle.
    private mutating func reportEndless(in files: Set<String>, diagnostics: inout Diagnostics) {
        let values = FiniteValues(model)
        endless = Set(values.infinite.keys)
        empty.formUnion(endless)
        var reported: Set<SourceLocation> = []
        for id in endless.sorted(by: { model[$0].location < model[$1].location }) where files.contains(model[id].file) {
            guard let cycle = values.cycle(from: id), let step = cycle.first(where: { !$0.path.isEmpty }),
                !cycle.contains(where: { reported.contains($0.assertion.location) })
            else { continue }
            reported.formUnion(cycle.map(\.assertion.location))
            let path = JSONPointer(tokens: cycle.flatMap(\.path))
            diagnostics.append(
                Diagnostic(
                    .error, .emptySchema, at: step.assertion.location,
                    "no value is valid: each needs another one like it at '\(path)', without end",
                    hint:
                        "correct '\(step.assertion.keyword.tokens.last ?? "required")', or accept another value there, "
                        + "such as null", isAllowable: true))
        }
    }

    private mutating func findEmpty(in files: Set<String>, _ diagnostics: Diagnostics) {
        // A schema that means different things by the path that leads to it is several nodes.
        var seen: Set<SourceLocation> = []
        for id in model.ids where files.contains(model[id].file) && model[id].isComplete {
            let node = model[id]
            guard seen.insert(node.location).inserted, !endless.contains(id), !plain.arePossible(id),
                !node.assertions.contains(where: { diagnostics.hasFinding(of: .schemaValue, at: $0.location) })
            else { continue }
            if proofs.isEmpty(id) { empty.insert(id) }
        }
    }

    private mutating func report(diagnostics: inout Diagnostics) {
        for id in empty.subtracting(endless).sorted(by: { model[$0].location < model[$1].location }) {
            let conditions = conditions(of: id)
            // A part that accepts nothing itself is reported instead.
            guard !conditions.nodes.dropFirst().contains(where: empty.contains) else { continue }
            let conflict = smallestConflict(among: conditions.assertions)
            guard !conflict.contains(where: dependsOnEmptyPart) else { continue }
            // That the others are about one type goes without saying.
            let others = conflict.filter { if case .types = $0.kind { false } else { true } }
            let names = (others.count > 1 ? others : conflict).map(\.words)
            let place = conflict.max { $0.location < $1.location }?.location ?? model[id].location
            diagnostics.append(
                Diagnostic(
                    conflict.closesUnion ? .warning : .error, .emptySchema,
                    at: place.file == model[id].location.file ? place : model[id].location,
                    names.count > 1
                        ? "no value is valid: \(Suggestion.list(names)) exclude each other"
                        : "no value is valid by \(names.first ?? "this schema")",
                    hint: "correct one of them", isAllowable: true))
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
        guard proofs.isEmpty(conflict.map(\.kind)) else { return [] }
        for assertion in assertions {
            let rest = conflict.filter { $0.location != assertion.location || $0.kind != assertion.kind }
            if !rest.isEmpty, rest.count < conflict.count, proofs.isEmpty(rest.map(\.kind)) { conflict = rest }
        }
        return conflict.sorted { $0.location < $1.location }
    }

    // MARK: Events

    private mutating func checkEvents(of message: CompiledMessage, diagnostics: inout Diagnostics) {
        let declaration = message.declaration
        for event in declaration.events {
            guard proofs.isEmpty(event) else { continue }
            diagnostics.error(
                .impossibleEvent, at: event.name.location,
                "no \(message.name) can be '\(event.name.value)': the event's rules contradict the schema",
                hint: "compare 'fixed', 'requires' and 'forbids' with \(declaration.schema.value)")
        }
    }
}

extension [Assertion] {
    /// Whether a closed object excludes what the branches of a union beside it require. Published schemas have such parts:
    /// their authors took `additionalProperties` to know the names of the branches.
    fileprivate var closesUnion: Bool {
        contains { if case .members = $0.kind { true } else { false } }
            && contains {
                switch $0.kind {
                case .any, .one: true
                default: false
                }
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
