package import ContractModel
package import JSONSchema
import JSONTape
import Patterns
import SchemaPlan

/// The decision whether schemas accept any value.
package struct Satisfiability {
    package typealias NodeID = SchemaModel.NodeID

    /// The events of a message, times the schemas of the contract, up to which events are decided.
    private static let mostEvents = 1_000_000

    /// The references that are followed at most, from all schemas.
    private static let mostReferences = 200_000

    private let budget: Int
    private var solver: Solver
    /// Whether all patterns could be compiled; otherwise nothing is proved.
    private let isReady: Bool
    /// The nodes of events with rules, by the places of their names.
    private var events: [SourceLocation: NodeID] = [:]

    /// Prepares the proofs for the schemas and events of a model.
    ///
    /// - Parameter budget: The steps of one proof after which a schema counts as satisfiable.
    /// - Returns: `nil` for a model without schemas, and for one whose chains of references are too long to be followed from
    ///   each schema.
    package init?(_ model: SchemaModel, messages declarations: [MessageDeclaration], budget: Int = 2_000) {
        guard !model.nodes.isEmpty, Self.canFollowReferences(of: model) else { return nil }
        let size = model.nodes.count
        var model = model
        for message in declarations where message.events.contains(where: \.hasRules) {
            guard message.events.count * size < Self.mostEvents else { continue }
            guard let node = model.addMessage(message) else { continue }
            for event in message.events where event.hasRules {
                // All are part of the model before the search: each later change would build its interpreter again.
                events[event.name.location] =
                    message.discriminator.map { model.addEvent(event, at: $0.value, of: node) } ?? node
            }
        }
        let patterns = PatternSources(model)
        isReady = patterns.failed == nil
        solver = Solver(JoinedSchemas(model, SchemaModel()), patterns: patterns.compiled, budget: budget)
        self.budget = budget
    }

    private static func canFollowReferences(of model: SchemaModel) -> Bool {
        var steps = 0
        for var id in model.ids {
            while let target = model.soleReference(of: id)?.target {
                id = target
                steps += 1
                if steps > mostReferences { return false }
            }
        }
        return true
    }

    /// Returns whether it is proved that no value is valid by all of some schemas.
    package mutating func isEmpty(_ ids: [NodeID]) -> Bool {
        isEmpty(Goal(ids.map { SignedNode(node: $0, holds: true) }))
    }

    /// Returns whether it is proved that each value of a schema is valid by one of others.
    package mutating func isContained(_ id: NodeID, in others: [NodeID]) -> Bool {
        let negated = others.map { SignedNode(node: $0, holds: false) }
        return isEmpty(Goal([SignedNode(node: id, holds: true)] + negated))
    }

    /// Returns whether it is proved that no string of a regular expression is valid by a schema.
    package mutating func isEmpty(_ id: NodeID, matching expression: String) -> Bool {
        guard solver.prepare(expression) else { return false }
        var goal = Goal([SignedNode(node: id, holds: true)])
        goal.patterns = [SignedPattern(source: expression, matches: true)]
        goal.isString = true
        return isEmpty(goal)
    }

    /// Returns the number of a schema's values; `nil` if it is not proved, or larger than a limit.
    package mutating func numberOfValues(of id: NodeID, atMost limit: Int) -> Int? {
        guard isReady else { return nil }
        var goal = Goal([SignedNode(node: id, holds: true)])
        while goal.excluded.count <= limit {
            solver.budget = budget
            switch solver.solve(goal) {
            case .empty: return goal.excluded.count
            case .found(let value): goal.excluded.append(value)
            case .undecided: return nil
            }
        }
        return nil
    }

    /// Returns whether it is proved that no value satisfies all of some conditions.
    package mutating func isEmpty(_ conditions: [Assertion.Kind]) -> Bool {
        isEmpty(Goal([SignedNode(node: solver.schemas.add(conditions), holds: true)]))
    }

    /// Returns whether it is proved that no message can be an event, by its schema and the event's rules. Nothing is proved
    /// where a large contract has very many events.
    package mutating func isEmpty(_ event: EventDeclaration) -> Bool {
        events[event.name.location].map { isEmpty([$0]) } ?? false
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
