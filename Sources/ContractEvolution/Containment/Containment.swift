import ContractModel
package import JSONSchema
package import JSONTape
import SchemaPlan
import Patterns

/// The answer to the question whether each value that one schema accepts is valid by another.
package enum Containment: Sendable {
    /// Each value is valid: this is proved.
    case compatible(Proof)
    /// A value that the first schema accepts and the second does not, by the interpreters of both.
    case incompatible(JSONValue)
    /// The reason why neither was found.
    case undecided(String)

    /// The rule by which each value is valid.
    package enum Proof: String, Sendable {
        /// Both schemas have the same conditions.
        case sameConditions = "same_conditions"
        /// The second schema accepts every value.
        case noCondition = "no_condition"
        /// The first schema accepts no value.
        case noValue = "no_value"
        /// Each way to break a condition of the second schema contradicts conditions of the first.
        case eachConditionFollows = "each_condition_follows"
    }
}

/// A part of a value that breaks some conditions.
struct BrokenPart {
    var place: ValuePlace
    /// The node that the part is to break.
    var broken: SchemaModel.NodeID
    /// The node of values with such a part.
    var node: SchemaModel.NodeID
}

/// A prover that decides containment of the schemas of two models, in both directions.
package struct ContainmentProver {
    package typealias NodeID = SchemaModel.NodeID

    /// A model of the two.
    package enum Side: Sendable {
        case old, new

        var other: Side { self == .old ? .new : .old }
    }

    private let old: SchemaModel
    private let new: SchemaModel
    private(set) var schemas: JoinedSchemas
    private let patterns: [String: CompiledPattern]
    private let failedPattern: String?
    private let budget: Int
    private var interpreters: [Side: SchemaInterpreter] = [:]
    /// The goals for which earlier proofs found a value.
    private var satisfiable: Set<Solver.Key> = []

    /// Joins the schemas of two models for proofs.
    ///
    /// - Parameter budget: The steps of one proof after which the answer is *undecided*.
    package init(old: SchemaModel, new: SchemaModel, budget: Int = 20_000) {
        self.old = old
        self.new = new
        self.budget = budget
        schemas = JoinedSchemas(old, new)
        let patterns = PatternSources(schemas.model)
        self.patterns = patterns.compiled
        failedPattern = patterns.failed
    }

    /// Decides whether each value that a schema of one side accepts is valid by a schema of the other.
    ///
    package mutating func decide(from side: Side, old: NodeID, new: NodeID) -> Containment {
        decide(from: side, old: old, new: new, writtenBy: nil, with: nil)
    }

    /// Decides containment of some of the values.
    ///
    /// - Parameters:
    ///   - writer: A node of the first side by which generated code writes values: others do not count.
    ///   - part: The part of a value that is to be broken: others do not count.
    mutating func decide(
        from side: Side, old: NodeID, new: NodeID, writtenBy writer: NodeID?, with part: BrokenPart?
    ) -> Containment {
        let first = joined(side == .old ? old : new, side)
        let second = joined(side == .old ? new : old, side.other)
        if schemas.classNumber(of: first) == schemas.classNumber(of: second) { return .compatible(.sameConditions) }
        if schemas.acceptsEverything(second) { return .compatible(.noCondition) }
        if let failedPattern { return .undecided("the pattern '\(failedPattern)' can't be compiled") }
        // Once for all answers, and not by each solver.
        schemas.prepareInterpreter()
        var solver = Solver(schemas, patterns: patterns, budget: budget)
        swap(&solver.satisfiable, &satisfiable)
        defer { swap(&solver.satisfiable, &satisfiable) }
        var nodes = [SignedNode(node: first, holds: true), SignedNode(node: second, holds: false)]
        if let writer { nodes.append(SignedNode(node: joined(writer, side), holds: true, isWritten: true)) }
        if let part { nodes.append(SignedNode(node: part.node, holds: true)) }
        switch solver.solve(Goal(nodes)) {
        case .empty:
            let isEmpty = solver.solve(Goal([nodes[0]])).isEmpty
            return .compatible(isEmpty ? .noValue : .eachConditionFollows)
        case .undecided(let reason): return .undecided(reason)
        case .found(let value):
            guard breaks(value, from: side, old: old, new: new) else {
                return .undecided("the interpreters do not confirm the value that was found")
            }
            let smallest = Shrinking.smallest(of: value, validBy: first, in: solver.schemas) { candidate in
                if let part {
                    let values = part.place.values(in: candidate)
                    guard values.contains(where: { !solver.schemas.accepts($0, by: part.broken) }) else { return false }
                }
                return breaks(candidate, from: side, old: old, new: new)
            }
            return .incompatible(smallest)
        }
    }

    /// The size of the schemas with all that was added to them.
    var size: Int { schemas.size }

    /// Adds conditions, which a value at a place is to break.
    ///
    /// - Parameter broken: Returns the conditions, for which it may add nodes to the joined schemas.
    mutating func add(_ broken: (inout JoinedSchemas) -> [Assertion.Kind], at place: ValuePlace) -> BrokenPart {
        let node = schemas.add(broken(&schemas))
        return BrokenPart(place: place, broken: node, node: schemas.add(.not(node), at: place))
    }

    /// Returns the node of the joined schemas for a node of one side.
    func joined(_ id: NodeID, _ side: Side) -> NodeID {
        side == .old ? id : NodeID(id.index + schemas.distance)
    }

    /// Returns whether one version accepts a value and the other does not, each by its own schemas as they were read.
    private mutating func breaks(_ value: JSONValue, from side: Side, old: NodeID, new: NodeID) -> Bool {
        guard let bytes = value.jsonBytes, let tape = try? JSONTape(parsing: bytes) else { return false }
        let first = accepts(tape, side, side == .old ? old : new)
        return first && !accepts(tape, side.other, side == .old ? new : old)
    }

    private mutating func accepts(_ tape: borrowing JSONTape, _ side: Side, _ id: NodeID) -> Bool {
        if interpreters[side] == nil {
            let model = side == .old ? old : new
            interpreters[side] = SchemaInterpreter(Plan(model, roots: Array(model.ids)))
        }
        return interpreters[side]?.isValid(tape, root: id.index) ?? false
    }
}
