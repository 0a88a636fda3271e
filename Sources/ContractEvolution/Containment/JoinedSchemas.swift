import JSONSchema
import JSONTape
import SchemaPlan

/// The nodes of two models in one, with a number for each distinct meaning.
///
/// Nodes with the same conditions, their order aside, have one class, and conditions that say the same have one number: a
/// condition that is stated on both sides is recognized without a proof.
struct JoinedSchemas {
    typealias NodeID = SchemaModel.NodeID

    /// A condition's place in ``conditions``.
    typealias ConditionID = Int

    private(set) var model: SchemaModel
    /// The distance by which the second model's ids have moved.
    let distance: Int
    /// A node without conditions.
    let accepting: NodeID
    /// A node that no value satisfies.
    let rejecting: NodeID
    /// The class of each node.
    private(set) var classes: [Int] = []
    private(set) var conditions: [Assertion.Kind] = []
    /// The conditions of each node.
    private(set) var conditionsOfNodes: [[ConditionID]] = []
    /// The tags of each node.
    private(set) var tags: [ObjectTags] = []
    /// The conditions of which at most one branch can be valid, by its tags.
    private(set) var unions: [ConditionID: TaggedUnion] = [:]
    private(set) var listedValues: [ConditionID: ListedValues] = [:]
    private(set) var divisions: [ConditionID: MemberDivision] = [:]
    /// The number of nodes, and of the nodes and values of their conditions. The memory of the interpreter grows with it.
    private(set) var size = 0
    private var tagReader = ObjectTagReader()
    /// The nodes that state no negation, and those that do.
    private var plain: [NodeID: Bool] = [:]
    private var numbers: [String: ConditionID] = [:]
    private var interpreter: SchemaInterpreter?

    init(_ first: SchemaModel, _ second: SchemaModel) {
        model = first.simplified()
        distance = model.append(second.simplified())
        accepting = model.addNode([], at: NodeID(0))
        rejecting = model.addNode([.never], at: NodeID(0))
        classes = Self.classes(of: model)
        for id in model.ids { tags.append(tagReader.tags(of: id, in: model)) }
        for id in model.ids {
            conditionsOfNodes.append(numberConditions(of: id))
            notePlain(id)
        }
    }

    /// Adds a node that neither model has.
    mutating func add(_ kinds: [Assertion.Kind]) -> NodeID {
        let id = model.addNode(kinds, at: accepting)
        classes.append(id.index)
        tags.append(tagReader.tags(of: id, in: model))
        conditionsOfNodes.append(numberConditions(of: id))
        notePlain(id)
        interpreter = nil
        return id
    }

    func conditions(of id: NodeID) -> [ConditionID] { conditionsOfNodes[model.resolve(id).index] }

    func classNumber(of id: NodeID) -> Int { classes[id.index] }

    func acceptsEverything(_ id: NodeID) -> Bool { conditions(of: id).isEmpty }

    /// Returns whether a node states no negation itself: what follows from it is then no negation that a choice comes from.
    func isPlain(_ id: NodeID) -> Bool { plain[id] ?? false }

    @discardableResult
    private mutating func notePlain(_ id: NodeID) -> Bool {
        if let known = plain[id] { return known }
        var isPlain = true
        for kind in model[id].assertions.map(\.kind) where isPlain {
            switch kind {
            case .not, .one, .ifThenElse, .unevaluatedItems, .unevaluatedProperties: isPlain = false
            default: for child in kind.inPlaceChildren where isPlain { isPlain = notePlain(child) }
            }
        }
        plain[id] = isPlain
        return isPlain
    }

    /// Makes the interpreter of all nodes. Copies that are made afterwards have it too.
    mutating func prepareInterpreter() {
        if interpreter == nil { interpreter = SchemaInterpreter(Plan(model, roots: Array(model.ids))) }
    }

    /// Returns whether a value is valid by a node.
    mutating func accepts(_ value: JSONValue, by id: NodeID) -> Bool {
        satisfies(value, [SignedNode(node: id, holds: true)])
    }

    /// Returns whether a value is valid by some nodes and invalid by others.
    mutating func satisfies(_ value: JSONValue, _ nodes: [SignedNode]) -> Bool {
        guard let bytes = value.jsonBytes, let tape = try? JSONTape(parsing: bytes) else {
            return nodes.allSatisfy { !$0.holds }
        }
        prepareInterpreter()
        for node in nodes where (interpreter?.isValid(tape, root: node.node.index) ?? false) != node.holds {
            return false
        }
        return true
    }

    // MARK: Numbers

    private mutating func numberConditions(of id: NodeID) -> [ConditionID] {
        let kinds = model[id].assertions.map(\.kind)
        size += kinds.reduce(1) { $0 + $1.size }
        return kinds.map { number($0) }
    }

    /// Returns the number of a condition, which may be a new one.
    private mutating func number(_ kind: Assertion.Kind) -> ConditionID {
        let key = ConditionKey.text(kind) { [classes, model] in classes[model.resolve($0).index] }
        if let known = numbers[key] { return known }
        let id = conditions.count
        numbers[key] = id
        conditions.append(kind)
        switch kind {
        case .any(let nodes), .one(let nodes): unions[id] = TaggedUnion(nodes) { tags[$0.index] }
        case .values(let values): listedValues[id] = ListedValues(values)
        case .members(let members): divisions[id] = MemberDivision(members)
        default: break
        }
        return id
    }

    /// The nodes that are divided at most, over all rounds. A chain of references takes as many rounds as it is long.
    private static let mostDivisions = 1_000_000

    /// Divides the nodes into ever smaller classes, until nodes of a class have the same conditions. In a model that would
    /// take too long, each node is a class of its own.
    private static func classes(of model: SchemaModel) -> [Int] {
        let ids = model.ids.map { model.resolve($0) }
        var classes = [Int](repeating: 0, count: ids.count)
        var count = 1
        var divisions = 0
        while true {
            divisions += ids.count
            if divisions > max(mostDivisions, 10 * ids.count) { return ids.map(\.index) }
            var numbers: [String: Int] = [:]
            var next: [Int] = []
            next.reserveCapacity(ids.count)
            for id in ids {
                let keys = model[id].assertions.map { assertion in
                    ConditionKey.text(assertion.kind) { classes[$0.index] }
                }
                let key = Set(keys).sorted().joined(separator: "\n")
                if let known = numbers[key] {
                    next.append(known)
                } else {
                    next.append(numbers.count)
                    numbers[key] = numbers.count
                }
            }
            classes = next
            guard numbers.count > count else { return classes }
            count = numbers.count
        }
    }
}

extension Assertion.Kind {
    fileprivate var size: Int {
        if case .values(let values) = self { values.count } else { children.count }
    }
}
