import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// The conditions that a schema, and all schemas that it applies to the same value without exception, state.
struct ValueFacts {
    typealias NodeID = SchemaModel.NodeID

    enum OnlyType {
        case null, boolean, integer, number, string, array, object
        /// Several types, or one that is not stated.
        case other
    }

    /// The nodes of the conditions: the schema, and those that it refers to or has in `allOf`.
    private(set) var nodes: [NodeID] = []
    private(set) var types = TypeSet.any
    /// The values of each `enum` and `const`.
    private(set) var values: [[JSONValue]] = []
    /// The branches of each `anyOf` and `oneOf`.
    private(set) var alternatives: [[NodeID]] = []
    private(set) var formats: [StringFormat] = []
    private(set) var patterns: [String] = []
    private(set) var minimumLength = 0
    private(set) var maximumLength: Int?
    private(set) var minimumItems = 0
    private(set) var maximumItems: Int?
    /// The schema of all elements.
    private(set) var items: NodeID?
    private(set) var required: [String] = []
    private(set) var properties: [JSONName: [NodeID]] = [:]
    /// Whether conditions of other kinds restrict the values.
    private(set) var hasOtherConditions = false

    init(_ model: SchemaModel, _ id: NodeID) {
        var waiting = [id]
        while let next = waiting.popLast() {
            guard !nodes.contains(next) else { continue }
            nodes.append(next)
            for assertion in model[next].assertions { add(assertion.kind, &waiting) }
        }
    }

    private mutating func add(_ kind: Assertion.Kind, _ waiting: inout [NodeID]) {
        switch kind {
        case .types(let set): types = types.intersected(with: set)
        case .values(let list): values.append(list)
        case .minimumLength(let count): minimumLength = max(minimumLength, count)
        case .maximumLength(let count): maximumLength = min(maximumLength ?? count, count)
        case .pattern(let source): patterns.append(source)
        case .format(let format): formats.append(format)
        case .minimumItems(let count): minimumItems = max(minimumItems, count)
        case .maximumItems(let count): maximumItems = min(maximumItems ?? count, count)
        case .items(let list) where list.prefix.isEmpty: items = list.rest ?? items
        case .required(let names): required += names
        case .members(let members):
            for property in members.properties {
                properties[JSONName(property.name.value), default: []].append(property.node)
            }
        case .refer(let target): waiting.append(target)
        case .all(let parts): waiting += parts
        case .any(let branches), .one(let branches): alternatives.append(branches)
        case .bound, .multipleOf, .uniqueItems, .minimumProperties: break
        case .never, .items, .contains, .maximumProperties, .propertyNames, .dependentRequired, .dependentSchemas, .not,
            .ifThenElse, .unevaluatedItems, .unevaluatedProperties:
            hasOtherConditions = true
        }
    }

    /// Whether the conditions may leave a few values.
    var mayHaveFewValues: Bool {
        hasPattern || !values.isEmpty || !alternatives.isEmpty || hasOtherConditions || maximumLength ?? .max <= 1
            || [.boolean, .null].contains(onlyType)
    }

    var hasPattern: Bool { !patterns.isEmpty }

    var onlyType: OnlyType {
        switch types.normalized {
        case .null: .null
        case .boolean: .boolean
        case .integer, .integerLiteral: .integer
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        default: .other
        }
    }

    /// The size of a string of a format whose strings have one length, with its quotes.
    var formatSize: Int? {
        guard let format = formats.first else { return nil }
        switch format {
        case .uuid: return 38
        case .date: return 12
        default: return nil
        }
    }
}
