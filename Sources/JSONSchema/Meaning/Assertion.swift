package import ContractModel
package import JSONTape
package import SchemaPlan

/// One condition of a schema.
package struct Assertion: Sendable {
    /// The path from the schema that states the condition to the keyword, such as `/minLength`; empty for the schema
    /// `false`.
    package var keyword: JSONPointer
    /// The keyword's place in its file.
    package var location: SourceLocation
    package var kind: Kind
    /// The schema that states a condition which a pass has moved; `nil` for the node's own.
    package var origin: NodeID?
    /// The evaluation path from the node to that schema: `/allOf/0/$ref`.
    package var via: JSONPointer

    package init(keyword: JSONPointer, location: SourceLocation, kind: Kind) {
        self.keyword = keyword
        self.location = location
        self.kind = kind
        via = JSONPointer()
    }
}

extension Assertion {
    package typealias NodeID = SchemaModel.NodeID

    /// The meaning of an assertion. Those about strings, numbers, arrays or objects accept all other values.
    package indirect enum Kind: Hashable, Sendable {
        /// No value is valid.
        case never
        case types(TypeSet)
        /// One of these values, by JSON equality: `enum`, `const`.
        case values([JSONValue])

        // Strings
        case minimumLength(Int)
        case maximumLength(Int)
        case pattern(String)
        case format(StringFormat)

        // Numbers
        case bound(Bound)
        case multipleOf(JSONNumber)

        // Arrays
        case minimumItems(Int)
        case maximumItems(Int)
        case uniqueItems
        case items(Items)
        case contains(Contains)

        // Objects
        case minimumProperties(Int)
        case maximumProperties(Int)
        case required([String])
        case members(Members)
        case propertyNames(NodeID)
        case dependentRequired([DependentRequired])
        case dependentSchemas([Property])

        // The same value by other schemas
        case all([NodeID])
        case any([NodeID])
        case one([NodeID])
        case not(NodeID)
        case ifThenElse(Condition)
        case refer(NodeID)

        // Items and members that nothing else in this schema evaluates
        case unevaluatedItems(NodeID)
        case unevaluatedProperties(NodeID)
    }

    package typealias Bound = Plan.Bound

    /// The schemas of an array's elements.
    package struct Items: Hashable, Sendable {
        /// The schemas of the first elements, by position.
        package var prefix: [NodeID]
        /// The schema of all other elements.
        package var rest: NodeID?

        package init(prefix: [NodeID], rest: NodeID?) {
            self.prefix = prefix
            self.rest = rest
        }
    }

    /// A schema that a number of an array's elements match.
    package struct Contains: Hashable, Sendable {
        package var node: NodeID
        package var minimum: Int
        package var maximum: Int?
        /// The keywords that state the minimum and the maximum; `contains` itself where there is none.
        package var minimumKeyword: JSONPointer
        package var maximumKeyword: JSONPointer
        /// Whether elements that match count as evaluated: since 2020-12.
        package var marksEvaluated: Bool
    }

    /// The schemas of an object's members.
    package struct Members: Hashable, Sendable {
        package var properties: [Property]
        package var patterns: [PatternProperty]
        /// The schema of all other members.
        package var additional: NodeID?

        package init(properties: [Property], patterns: [PatternProperty], additional: NodeID?) {
            self.properties = properties
            self.patterns = patterns
            self.additional = additional
        }
    }

    /// A name, and the schema of the value.
    package struct Property: Hashable, Sendable {
        package var name: Located<String>
        package var node: NodeID

        package init(name: Located<String>, node: NodeID) {
            self.name = name
            self.node = node
        }
    }

    /// A pattern of names, and the schema of the values.
    package struct PatternProperty: Hashable, Sendable {
        package var pattern: Located<String>
        package var node: NodeID

        package init(pattern: Located<String>, node: NodeID) {
            self.pattern = pattern
            self.node = node
        }
    }

    /// The members that an object must have where it has a member of a name.
    package struct DependentRequired: Hashable, Sendable {
        package var name: String
        package var required: [String]
        /// The path from the schema to the name: of `dependentRequired`, or of `dependencies` in earlier drafts.
        package var keyword: JSONPointer
    }

    package struct Condition: Hashable, Sendable {
        package var condition: NodeID
        package var then: NodeID?
        package var otherwise: NodeID?

        package init(condition: NodeID, then: NodeID?, otherwise: NodeID?) {
            self.condition = condition
            self.then = then
            self.otherwise = otherwise
        }
    }
}

extension Assertion.Kind {
    /// The nodes that the assertion applies, in the file's order.
    package var children: [SchemaModel.NodeID] {
        switch self {
        case .never, .types, .values, .minimumLength, .maximumLength, .pattern, .format, .bound, .multipleOf,
            .minimumItems, .maximumItems, .uniqueItems, .minimumProperties, .maximumProperties, .required,
            .dependentRequired:
            []
        case .items(let items): items.prefix + [items.rest].compactMap(\.self)
        case .contains(let contains): [contains.node]
        case .members(let members):
            members.properties.map(\.node) + members.patterns.map(\.node) + [members.additional].compactMap(\.self)
        case .dependentSchemas(let properties): properties.map(\.node)
        case .all(let nodes), .any(let nodes), .one(let nodes): nodes
        case .propertyNames(let node), .not(let node), .refer(let node), .unevaluatedItems(let node),
            .unevaluatedProperties(let node):
            [node]
        case .ifThenElse(let condition):
            [condition.condition] + [condition.then, condition.otherwise].compactMap(\.self)
        }
    }

    /// The nodes that the assertion applies to the same value, and not to parts of it.
    package var inPlaceChildren: [SchemaModel.NodeID] {
        switch self {
        case .dependentSchemas, .all, .any, .one, .not, .refer, .ifThenElse: children
        default: []
        }
    }
}

extension Assertion.Kind {
    var isUnevaluated: Bool {
        switch self {
        case .unevaluatedItems, .unevaluatedProperties: true
        default: false
        }
    }
}
