import JSONSchema
import JSONTape

/// The conditions of a value of one type as far as they are decided, and the choices that are open.
struct Branch {
    struct Choice {
        var alternatives: [[Literal]]
        /// The node that is to be invalid, where the choice comes from one.
        var negated: SchemaModel.NodeID?
        /// Whether the other conditions have been found not to exclude that the node is valid.
        var isNeeded = false
        /// Whether generated code may write the value by an alternative.
        let isWritten: Bool

        init(_ alternatives: [[Literal]], negated: SchemaModel.NodeID?) {
            self.alternatives = alternatives
            self.negated = negated
            isWritten = alternatives.contains { $0.contains(where: \.isWritten) }
        }
    }

    /// A union whose valid branch is open, or whose branches are all to be invalid. The tags of the object tell which of
    /// them matter.
    struct OpenUnion {
        var condition: JoinedSchemas.ConditionID
        var holds: Bool
        var isWritten: Bool
    }

    let kind: ValueKind
    /// Conditions that hold, or do not.
    var decided: [JoinedSchemas.ConditionID: Bool] = [:]
    /// Classes of nodes that are valid, or not.
    var decidedClasses: [Int: Bool] = [:]
    /// The conditions and classes by which the value is written.
    var writtenConditions: Set<JoinedSchemas.ConditionID> = []
    var writtenClasses: Set<Int> = []
    /// Nodes that are valid.
    var positives: [SchemaModel.NodeID] = []
    var choices: [Choice] = []
    var unions: [OpenUnion] = []
    /// The conditions each of which lists the only values.
    var allowing: [JoinedSchemas.ConditionID] = []
    /// The conditions whose values are excluded.
    var refusing: [JoinedSchemas.ConditionID] = []
    /// The values that the goal excludes.
    var excluded: [JSONValue] = []
    /// The reason why not all conditions are part of the search.
    var omission: String?

    var numbers = NumberFacts()
    var strings = StringFacts()
    var arrays = ArrayFacts()
    var objects = ObjectFacts()
    /// The tags of an object by the nodes that are valid.
    var tags = ObjectTags()

    init(_ kind: ValueKind, _ goal: Goal) {
        self.kind = kind
        excluded = goal.excluded.filter { ValueKind($0) == kind }
        strings.patterns = goal.patterns
    }
}

/// The conditions of a string.
struct StringFacts {
    var minimum = 0
    var maximum = Int.max
    var patterns: [SignedPattern] = []
    var formats: [(format: StringFormat, matches: Bool)] = []
}

/// The conditions of an array.
struct ArrayFacts {
    var minimum = 0
    var maximum = Int.max
    var items: [Assertion.Items] = []
    /// The ``items`` by which the elements are written.
    var writtenItems: [Assertion.Items] = []
    var demands: [ElementDemand] = []
    var limits: [ElementLimit] = []
    var isUnique = false
    var hasDuplicate = false
}

/// The conditions of an object.
struct ObjectFacts {
    /// Members that must be there, in the order in which they were found, with conditions of their own.
    private(set) var present: [(name: JSONName, value: [SignedNode])] = []
    /// The positions of the members in ``present``.
    private var positions: [JSONName: Int] = [:]
    var absent: Set<JSONName> = []
    var divisions: [MemberDivision] = []
    /// The divisions by which the members are written.
    var writtenDivisions: [MemberDivision] = []
    var names: [SignedNode] = []
    var demands: [MemberDemand] = []
    var minimum = 0
    var maximum = Int.max

    /// Adds a member; returns whether it may be there.
    mutating func require(_ name: JSONName, _ value: [SignedNode] = []) -> Bool {
        guard !absent.contains(name) else { return false }
        if let index = positions[name] {
            present[index].value += value
        } else {
            positions[name] = present.count
            present.append((name, value))
        }
        return present.count <= maximum
    }

    func isPresent(_ name: JSONName) -> Bool { positions[name] != nil }

    /// Returns the conditions of a member that must be there.
    func conditions(of name: JSONName) -> [SignedNode] { positions[name].map { present[$0].value } ?? [] }
}
