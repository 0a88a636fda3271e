import ContractModel
import SchemaPlan
import JSONSchema
import JSONTape

/// The conditions of several schemas on the same value, as far as they determine its shape.
struct Fragment {
    typealias NodeID = SchemaModel.NodeID

    /// A list of alternatives: `anyOf` or `oneOf`.
    struct Alternatives {
        var place: AssertionPlace
        var branches: [NodeID]
        /// Whether a value may be valid by several of them.
        var mayOverlap: Bool
    }

    var types = TypeSet.any
    /// Whether a schema states the types.
    var hasTypes = false
    var values: [JSONValue]?
    var formats: [StringFormat] = []
    var minimum: JSONNumber?
    var maximum: JSONNumber?
    var members: [Assertion.Members] = []
    var required: [Located<String>] = []
    var items: [Assertion.Items] = []
    var minimumItems = 0
    var maximumItems: Int?
    var alternatives: [Alternatives] = []
    var unevaluated: [NodeID] = []
    /// Whether schemas that apply under a condition may evaluate further members.
    var hasConditions = false
    var isNever = false
    var isComplete = true

    /// Whether the schemas name types, and nothing else that determines the shape.
    var statesOnlyTypes: Bool {
        values == nil && formats.isEmpty && minimum == nil && maximum == nil && members.isEmpty && required.isEmpty
            && items.isEmpty && minimumItems == 0 && maximumItems == nil && unevaluated.isEmpty && !isNever
    }

    /// Returns whether an alternative beside other schemas leaves the shape as it is: it names no types, values, members or
    /// elements.
    func isNeutral(beside other: Fragment) -> Bool {
        values == nil && members.isEmpty && items.isEmpty && alternatives.isEmpty && unevaluated.isEmpty && !isNever
            && types.intersected(with: other.types) == other.types.normalized
    }
}

/// The place of an assertion in a model.
struct AssertionPlace: Hashable {
    var node: SchemaModel.NodeID
    var index: Int
}

extension Fragment {
    /// Merges schemas.
    ///
    /// - Parameter ignored: Lists of alternatives of which one has been chosen.
    init(_ nodes: [NodeID], ignoring ignored: Set<AssertionPlace>, in model: SchemaModel) {
        var visited: Set<NodeID> = []
        for node in nodes { merge(node, ignoring: ignored, in: model, visited: &visited) }
    }

    private mutating func merge(
        _ id: NodeID, ignoring ignored: Set<AssertionPlace>, in model: SchemaModel, visited: inout Set<NodeID>
    ) {
        guard visited.insert(id).inserted else { return }
        let node = model[id]
        if !node.isComplete { isComplete = false }
        for (index, assertion) in node.assertions.enumerated() {
            let place = AssertionPlace(node: id, index: index)
            switch assertion.kind {
            case .refer(let target): merge(target, ignoring: ignored, in: model, visited: &visited)
            case .all(let parts):
                for part in parts { merge(part, ignoring: ignored, in: model, visited: &visited) }
            case .any(let branches):
                if ignored.contains(place) {
                    // Branches beside the chosen one may evaluate further members.
                    hasConditions = true
                } else {
                    alternatives.append(Alternatives(place: place, branches: branches, mayOverlap: true))
                }
            case .one(let branches):
                if !ignored.contains(place) {
                    alternatives.append(Alternatives(place: place, branches: branches, mayOverlap: false))
                }
            default: merge(assertion.kind, at: assertion.location)
            }
        }
    }

    private mutating func merge(_ kind: Assertion.Kind, at location: SourceLocation) {
        switch kind {
        case .never: isNever = true
        case .types(let set):
            types = types.intersected(with: set)
            hasTypes = true
        case .values(let list): values = values.map { known in known.filter(list.contains) } ?? list
        case .format(let format): formats.append(format)
        case .bound(let bound): tighten(bound)
        case .minimumItems(let count): minimumItems = max(minimumItems, count)
        case .maximumItems(let count): maximumItems = min(maximumItems ?? count, count)
        case .items(let list): items.append(list)
        case .required(let names):
            let known = Set(required.map { JSONName($0.value) })
            required += names.filter { !known.contains(JSONName($0)) }.map { Located($0, at: location) }
        case .members(let named): members.append(named)
        case .unevaluatedProperties(let node): unevaluated.append(node)
        case .dependentSchemas, .ifThenElse: hasConditions = true
        case .minimumLength, .maximumLength, .pattern, .multipleOf, .uniqueItems, .contains, .minimumProperties,
            .maximumProperties, .propertyNames, .dependentRequired, .not, .unevaluatedItems, .all, .any, .one, .refer:
            break
        }
    }

    /// Takes a bound into account; whether it is exclusive makes no difference to the type that holds it.
    private mutating func tighten(_ bound: Assertion.Bound) {
        switch bound.side {
        case .minimum: minimum = max(minimum ?? bound.value, bound.value)
        case .maximum: maximum = min(maximum ?? bound.value, bound.value)
        }
    }
}
