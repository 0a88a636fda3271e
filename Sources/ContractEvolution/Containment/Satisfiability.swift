package import ContractModel
package import JSONSchema
import JSONTape
import Patterns
import SchemaPlan

/// Decides whether schemas accept any value.
package struct Satisfiability {
    package typealias NodeID = SchemaModel.NodeID

    private let budget: Int
    private var solver: Solver
    /// Whether all patterns could be compiled; otherwise nothing is proved.
    private let isReady: Bool
    /// The nodes of messages whose events have rules, by the names of the messages.
    private var messages: [String: NodeID] = [:]

    /// - Parameter budget: The steps of one proof after which a schema counts as satisfiable.
    /// - Returns: `nil` for a model without schemas.
    package init?(_ model: SchemaModel, messages declarations: [MessageDeclaration], budget: Int = 2_000) {
        guard !model.nodes.isEmpty else { return nil }
        var model = model
        for message in declarations where message.events.contains(where: \.hasRules) {
            messages[message.name.value] = EffectiveMessage.add(message, to: &model)
        }
        let patterns = PatternSources(model)
        isReady = patterns.failed == nil
        solver = Solver(JoinedSchemas(model, SchemaModel()), patterns: patterns.compiled, budget: budget)
        self.budget = budget
    }

    /// Returns whether it is proved that no value is valid by a schema.
    package mutating func isEmpty(_ id: NodeID) -> Bool {
        isEmpty(Goal([SignedNode(node: id, holds: true)]))
    }

    /// Returns whether it is proved that no value fulfils all of some conditions.
    package mutating func isEmpty(_ conditions: [Assertion.Kind]) -> Bool {
        isEmpty(Goal([SignedNode(node: solver.schemas.add(conditions), holds: true)]))
    }

    /// Returns whether it is proved that no message can be an event, by its schema and the event's rules.
    package mutating func isEmpty(_ event: EventDeclaration, of message: MessageDeclaration) -> Bool {
        guard let node = messages[message.name.value] else { return false }
        guard let discriminator = message.discriminator?.value else { return isEmpty(node) }
        let place = ValuePlace(steps: discriminator.tokens.map { .member($0) })
        let named = solver.schemas.add(.values([.string(event.name.value)]), at: place)
        return isEmpty(Goal([SignedNode(node: node, holds: true), SignedNode(node: named, holds: true)]))
    }

    private mutating func isEmpty(_ goal: Goal) -> Bool {
        guard isReady else { return false }
        solver.budget = budget
        return solver.solve(goal).isEmpty
    }
}

extension EventDeclaration {
    fileprivate var hasRules: Bool { !fixed.isEmpty || !required.isEmpty || !forbidden.isEmpty }
}
