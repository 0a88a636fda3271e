import JSONSchema
import JSONTape
import SchemaPlan

/// A node that is to be valid, or invalid.
struct SignedNode: Hashable {
    var node: SchemaModel.NodeID
    var holds: Bool
    /// Whether generated code writes the value by this node: without members that the node does not name.
    var isWritten = false
}

/// A pattern that a string is to match, or not to match.
struct SignedPattern: Hashable {
    var source: String
    var matches: Bool
}

/// Conditions that one value is to satisfy together.
struct Goal {
    var nodes: [SignedNode]
    /// Values that are not looked for.
    var excluded: [JSONValue] = []
    /// Patterns of a string; with these, no other value is looked for.
    var patterns: [SignedPattern] = []
    var isString = false

    init(_ nodes: [SignedNode], excluded: [JSONValue] = []) {
        self.nodes = nodes
        self.excluded = excluded
    }
}

/// The types of JSON values as branches of a search.
enum ValueKind: CaseIterable {
    case null, boolean, number, string, array, object

    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool: self = .boolean
        case .number: self = .number
        case .string: self = .string
        case .array: self = .array
        case .object: self = .object
        }
    }

    var type: TypeSet {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}

/// The result of a search for a value.
enum Outcome {
    /// No value satisfies the goal: this is proved.
    case empty
    case found(JSONValue)
    /// The reason why there is no answer.
    case undecided(String)

    var isEmpty: Bool {
        if case .empty = self { true } else { false }
    }

    var value: JSONValue? {
        if case .found(let value) = self { value } else { nil }
    }
}

/// The outcomes of alternatives, of which one suffices.
struct Alternatives {
    private var reason: String?

    /// The outcome of alternatives none of which has been found.
    var outcome: Outcome { reason.map(Outcome.undecided) ?? .empty }

    /// Notes an outcome; returns the value where one has been found.
    mutating func note(_ outcome: Outcome) -> JSONValue? {
        switch outcome {
        case .empty: return nil
        case .found(let value): return value
        case .undecided(let reason):
            self.reason = self.reason ?? reason
            return nil
        }
    }

    mutating func note(undecided reason: String) { self.reason = self.reason ?? reason }
}

/// A part of an alternative in the search for a value.
enum Literal {
    case node(SignedNode)
    /// The node at a position is valid, and all others of a list are not.
    case only(Int, of: [SchemaModel.NodeID], isWritten: Bool)
    case condition(JoinedSchemas.ConditionID, holds: Bool, isWritten: Bool = false)
    case present(JSONName)
    case absent(JSONName)
    /// The value of a member, which must be there.
    case member(JSONName, SignedNode)
    case someMember(MemberDemand)
    case element(ElementDemand)
    case limit(ElementLimit)
    case division(Assertion.Members)
    case elements(Assertion.Items)
    case undecided(String)

    /// Whether generated code writes the value by it.
    var isWritten: Bool {
        switch self {
        case .node(let node): node.isWritten
        case .condition(_, _, let isWritten), .only(_, _, let isWritten): isWritten
        case .present, .absent, .member, .someMember, .element, .limit, .division, .elements, .undecided: false
        }
    }
}

/// A member that an object must have, of a name that is open.
struct MemberDemand {
    var patterns: [SignedPattern] = []
    var excludedNames: [JSONName] = []
    var names: [SignedNode] = []
    var value: [SignedNode] = []
}

/// A number of elements that an array must have.
struct ElementDemand {
    /// The places that count.
    var places: ClosedRange<Int>
    var value: SignedNode
    var count = 1
}

/// The most elements of an array for which a node is valid.
struct ElementLimit {
    var node: SchemaModel.NodeID
    var count: Int
}
