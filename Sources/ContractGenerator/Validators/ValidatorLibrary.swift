import ContractModel
import SchemaCompiler
import SchemaPlan

/// The parts of a contract's validators that its messages share: the packed plan, the patterns, and a function for each
/// group of equal subplans that several messages lead to. They are static members of one enum.
struct ValidatorLibrary: Sendable {
    let plan: ValidatorPlan
    /// The name of the enum: `Shop.Validators`.
    let namespace: String
    /// The names of the groups' functions.
    let functions: [Plan.SubplanID: String]
    /// The names of the constants that hold the patterns' tables, in the order of the patterns.
    let tables: [String]

    /// The name of the enum within the contract.
    static let name = "Validators"
    /// The name of the constant that has the packed plan.
    static let program = "schemaProgram"

    init(_ contract: CompiledContract) {
        plan = ValidatorPlan(contract.plan)
        namespace = "\(contract.contract.name.value).\(Self.name)"
        var names = EmittedNames(taken: [Self.program])
        tables = plan.patterns.map { _ in names.free("pattern") }
        var functions: [Plan.SubplanID: String] = [:]
        for group in Self.sharedGroups(of: plan) {
            functions[group] = names.free("check" + (SchemaPlace(of: group, in: plan.plan)?.nameInContract ?? "Value"))
        }
        self.functions = functions
    }

    /// Returns the groups that several roots lead to, in the order of the plan.
    private static func sharedGroups(of plan: ValidatorPlan) -> [Plan.SubplanID] {
        enum Owner: Equatable {
            case root(Int)
            case several
        }
        var owners: [Plan.SubplanID: Owner] = [:]
        for (index, root) in plan.plan.roots.enumerated() {
            var waiting = [plan.classes[root]]
            while let group = waiting.popLast() {
                let owner: Owner =
                    switch owners[group] {
                    case nil: .root(index)
                    // All that the group leads to is known to be shared.
                    case .several, .root(index): owners[group] ?? .several
                    case .root: .several
                    }
                guard owner != owners[group] else { continue }
                owners[group] = owner
                waiting += plan.classes.parts(of: group)
            }
        }
        return plan.classes.groups.filter { owners[$0] == .several }
    }

    /// Writes the members of the enum.
    ///
    /// - Parameter used: The groups whose functions the messages call.
    func emit(_ used: Set<Plan.SubplanID>) -> String {
        var emitter = PlanEmitter(library: self)
        var writer = SourceWriter(depth: 2)
        emitter.emitLibrary(used.sorted { $0.index < $1.index }, to: &writer)
        return writer.text
    }
}
