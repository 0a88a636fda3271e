import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// The conditions of a schema that a single value can be made by.
struct ValueFacts {
    typealias NodeID = SchemaModel.NodeID

    var types = TypeSet.any
    /// The allowed values; `nil` where there is no list of them.
    var values: [JSONValue]?
    /// Values that the schema's author gives, the best first.
    var examples: [JSONValue] = []
    var minimumLength = 0
    var maximumLength = Int.max
    var patterns: [String] = []
    var format: StringFormat?
    var minimum: (value: JSONNumber, isExclusive: Bool)?
    var maximum: (value: JSONNumber, isExclusive: Bool)?
    var multiple: JSONNumber?
    var minimumItems = 0
    var maximumItems = Int.max
    var prefix: [NodeID] = []
    var rest: NodeID?
    var contains: [NodeID] = []
    /// The members in the file's order, each with all of its schemas.
    var members: [(name: String, nodes: [NodeID])] = []
    var required: Set<String> = []
    var patternMembers: [(pattern: String, node: NodeID)] = []
    var additional: NodeID?
    var minimumProperties = 0
    /// The schemas that have been read, also those of references.
    private(set) var nodes: Set<NodeID> = []

    /// - Parameter choice: Of alternatives, the position of the one that is taken.
    init(_ nodes: [NodeID], in model: SchemaModel, choice: Int) {
        for node in nodes { add(node, model, choice) }
        for name in required.sorted() where !members.contains(where: { $0.name == name }) {
            let matching = patternMembers.first { (try? Regex($0.pattern).firstMatch(in: name)) != nil }?.node
            members.append((name, [matching ?? additional].compactMap(\.self)))
        }
    }

    private mutating func add(_ id: NodeID, _ model: SchemaModel, _ choice: Int) {
        guard nodes.insert(id).inserted else { return }
        let annotations = model[id].annotations
        examples += annotations.examples.map(\.jsonValue)
        if let value = annotations.defaultValue?.jsonValue { examples.append(value) }
        for assertion in model[id].assertions { add(assertion.kind, model, choice) }
    }

    private mutating func add(_ kind: Assertion.Kind, _ model: SchemaModel, _ choice: Int) {
        switch kind {
        case .types(let set): types = types.intersected(with: set)
        case .values(let list): values = values.map { $0.filter(list.contains) } ?? list
        case .minimumLength(let count): minimumLength = max(minimumLength, count)
        case .maximumLength(let count): maximumLength = min(maximumLength, count)
        case .pattern(let pattern): patterns.append(pattern)
        case .format(let value): format = value
        case .bound(let bound):
            if bound.side == .minimum {
                minimum = (bound.value, bound.isExclusive)
            } else {
                maximum = (bound.value, bound.isExclusive)
            }
        case .multipleOf(let divisor): multiple = divisor
        case .minimumItems(let count): minimumItems = max(minimumItems, count)
        case .maximumItems(let count): maximumItems = min(maximumItems, count)
        case .items(let items):
            if prefix.isEmpty { prefix = items.prefix }
            rest = rest ?? items.rest
        case .contains(let condition): contains += Array(repeating: condition.node, count: min(condition.minimum, 3))
        case .minimumProperties(let count): minimumProperties = max(minimumProperties, count)
        case .required(let names): required.formUnion(names)
        case .members(let objects):
            for property in objects.properties { add(property) }
            patternMembers += objects.patterns.map { ($0.pattern.value, $0.node) }
            additional = additional ?? objects.additional
        case .all(let parts): for part in parts { add(part, model, choice) }
        case .any(let parts), .one(let parts):
            if !parts.isEmpty { add(parts[choice % parts.count], model, choice) }
        case .refer(let target): add(target, model, choice)
        case .ifThenElse(let condition):
            if choice % 2 == 1, let then = condition.then {
                add(condition.condition, model, choice)
                add(then, model, choice)
            }
        case .never, .uniqueItems, .maximumProperties, .propertyNames, .dependentRequired, .dependentSchemas, .not,
            .unevaluatedItems, .unevaluatedProperties:
            break
        }
    }

    private mutating func add(_ property: Assertion.Property) {
        if let index = members.firstIndex(where: { $0.name == property.name.value }) {
            members[index].nodes.append(property.node)
        } else {
            members.append((property.name.value, [property.node]))
        }
    }
}
