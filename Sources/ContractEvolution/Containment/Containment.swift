import ContractModel
package import JSONSchema
package import JSONTape
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
        case sameConditions
        /// The second schema accepts every value.
        case noCondition
        /// The first schema accepts no value.
        case noValue
        /// Each way to break a condition of the second schema contradicts conditions of the first.
        case eachConditionFollows
    }
}

/// Decides containment of the schemas of two models, in both directions.
package struct ContainmentProver {
    package typealias NodeID = SchemaModel.NodeID

    /// A model of the two.
    package enum Side: Sendable {
        case old, new

        var other: Side { self == .old ? .new : .old }
    }

    private let old: SchemaModel
    private let new: SchemaModel
    private let schemas: JoinedSchemas
    private let patterns: [String: CompiledPattern]
    private let failedPattern: String?
    private let budget: Int
    private var interpreters: [Side: SchemaInterpreter] = [:]

    /// - Parameter budget: The steps of one proof after which the answer is *undecided*.
    package init(old: SchemaModel, new: SchemaModel, budget: Int = 20_000) {
        self.old = old
        self.new = new
        self.budget = budget
        schemas = JoinedSchemas(old, new)
        var patterns: [String: CompiledPattern] = [:]
        var failed: String?
        for source in schemas.model.nodes.flatMap(\.assertions).flatMap(\.kind.patternSources)
        where patterns[source] == nil {
            if let compiled = try? CompiledPattern.compile(source) {
                patterns[source] = compiled
            } else {
                failed = source
            }
        }
        self.patterns = patterns
        failedPattern = failed
    }

    /// Whether two schemas have the same conditions.
    package func haveSameConditions(old: NodeID, new: NodeID) -> Bool {
        schemas.classNumber(of: joined(old, .old)) == schemas.classNumber(of: joined(new, .new))
    }

    /// Decides whether each value that a schema of one side accepts is valid by a schema of the other.
    ///
    /// - Parameter place: The path in the value to a part that is to be a certain value, where only such values count.
    package mutating func decide(
        from side: Side, old: NodeID, new: NodeID, with part: (place: JSONPointer, value: JSONValue)? = nil
    ) -> Containment {
        let first = joined(side == .old ? old : new, side)
        let second = joined(side == .old ? new : old, side.other)
        if schemas.classNumber(of: first) == schemas.classNumber(of: second) { return .compatible(.sameConditions) }
        if schemas.acceptsEverything(second) { return .compatible(.noCondition) }
        if let failedPattern { return .undecided("the pattern '\(failedPattern)' can't be compiled") }
        var solver = Solver(schemas, patterns: patterns, budget: budget)
        var nodes = [SignedNode(node: first, holds: true), SignedNode(node: second, holds: false)]
        if let part { nodes.append(SignedNode(node: solver.schemas.add(part.value, at: part.place), holds: true)) }
        switch solver.solve(Goal(nodes)) {
        case .empty:
            let isEmpty = solver.solve(Goal([nodes[0]])).isEmpty
            return .compatible(isEmpty ? .noValue : .eachConditionFollows)
        case .undecided(let reason): return .undecided(reason)
        case .found(let value):
            guard breaks(value, from: side, old: old, new: new) else {
                return .undecided("the interpreters do not confirm the value that was found")
            }
            let smallest = Shrinking.smallest(of: value) { candidate in
                guard part.map({ candidate.value(at: $0.place) == $0.value }) ?? true else { return false }
                return breaks(candidate, from: side, old: old, new: new)
            }
            return .incompatible(smallest)
        }
    }

    private func joined(_ id: NodeID, _ side: Side) -> NodeID {
        side == .old ? id : NodeID(id.index + schemas.distance)
    }

    /// Whether one version accepts a value and the other does not, each by its own schemas as they were read.
    private mutating func breaks(_ value: JSONValue, from side: Side, old: NodeID, new: NodeID) -> Bool {
        guard let tape = JSONTape(value) else { return false }
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

extension JoinedSchemas {
    /// Adds a node that is valid for documents with a value at a place.
    fileprivate mutating func add(_ value: JSONValue, at place: JSONPointer) -> NodeID {
        var node = add([.values([value])])
        for token in place.tokens.reversed() {
            if let index = Int(token), index < 64 {
                // An array where the token can be a position; of an object, the member of that name.
                let prefix = Array(repeating: accepting, count: index) + [node]
                node = add([
                    .types([.array, .object]), .minimumItems(index + 1),
                    .items(Assertion.Items(prefix: prefix, rest: nil)), .required([token]),
                    .members(members(token, node)),
                ])
            } else {
                node = add([.types(.object), .required([token]), .members(members(token, node))])
            }
        }
        return node
    }

    private func members(_ name: String, _ node: NodeID) -> Assertion.Members {
        let property = Assertion.Property(name: .init(name, at: model[accepting].location), node: node)
        return Assertion.Members(properties: [property], patterns: [], additional: nil)
    }
}

extension JSONValue {
    /// The part that a pointer leads to.
    func value(at pointer: JSONPointer) -> JSONValue? {
        pointer.tokens.reduce(self) { value, token in
            switch value {
            case .object(let object): object[token]
            case .array(let elements): Int(token).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: nil
            }
        }
    }
}

extension Assertion.Kind {
    fileprivate var patternSources: [String] {
        switch self {
        case .pattern(let source): [source]
        case .members(let members): members.patterns.map(\.pattern.value)
        default: []
        }
    }
}
