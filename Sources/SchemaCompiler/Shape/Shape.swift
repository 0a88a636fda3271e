package import ContractModel
package import SchemaPlan
package import JSONSchema
package import JSONTape

/// The shapes of a contract's schemas: forms of values that a programming language can have types for.
///
/// Each shape holds every value that its schema allows. It says nothing of limits such as `maxLength`, which a type does
/// not express. Shapes refer to each other by id, and may form cycles.
package struct ShapeModel: Sendable {
    package struct ShapeID: Hashable, Sendable {
        package let index: Int
    }

    package internal(set) var shapes: [Shape] = []
    /// The shape of each file's root.
    package internal(set) var roots: [String: ShapeID] = [:]
    /// The shapes of single schemas. A schema that only refers to another has that one's shape.
    var shapesByNode: [SchemaModel.NodeID: ShapeID] = [:]

    package internal(set) subscript(id: ShapeID) -> Shape {
        get { shapes[id.index] }
        set { shapes[id.index] = newValue }
    }

    package var ids: some Sequence<ShapeID> { shapes.indices.lazy.map(ShapeID.init) }

    /// Returns the shape of a schema, where the schema is part of one that was asked for.
    package func shape(of node: SchemaModel.NodeID) -> ShapeID? { shapesByNode[node] }

    /// Returns the shape that a shape is the same as.
    func resolve(_ id: ShapeID) -> ShapeID {
        var current = id
        while case .same(let other) = self[current].kind { current = other }
        return current
    }

    /// Returns the shape without the possibility of `null`.
    package func withoutNull(_ id: ShapeID) -> ShapeID {
        if case .nullable(let inner) = self[id].kind { inner } else { id }
    }
}

/// The form of a schema's values.
package struct Shape: Sendable {
    package typealias ID = ShapeModel.ShapeID

    package var kind: Kind
    /// The schema that the shape was made of; the first one where several apply to the same value.
    package var node: SchemaModel.NodeID
    /// Whether the schema is the root of a file, or a reference leads to it: then one type serves all its uses.
    package var isShared = false
    /// The reason why the shape has less than its schema states; `nil` where it is all of it.
    package var note: String?
    /// Whether no error of the schema has been reported. Otherwise parts of the shape may be missing.
    package var isComplete = true

    package enum Kind: Sendable {
        /// Any value.
        case any
        /// No value is valid.
        case never
        case null
        case boolean
        case integer(IntegerRange)
        case number
        case string(StringFormat?)
        case enumeration([JSONValue])
        case record(Record)
        /// An object with any names, and values of one shape.
        case map(ID)
        /// An object of any members.
        case object
        case list(ID)
        case tuple(Tuple)
        case union(Union)
        /// A value of a shape, or `null`.
        case nullable(ID)
        /// The same as another shape. A model that is complete has none.
        case same(ID)
    }
}

extension Shape {
    /// The limits of an integer, both of them valid; `nil` where there is none.
    package struct IntegerRange: Hashable, Sendable {
        package var minimum: JSONNumber?
        package var maximum: JSONNumber?
    }

    /// An object with members that the schema names.
    package struct Record: Sendable {
        package struct Member: Sendable {
            package var name: Located<String>
            package var shape: ID
            package var isRequired: Bool
            /// The member's schema; `nil` where only `required` names the member.
            package var node: SchemaModel.NodeID?
            /// A required name without a schema that is probably this one with a typo.
            package var misspelling: Located<String>?
        }

        package enum Additional: Hashable, Sendable {
            case any
            case none
            case typed(ID)
        }

        package var members: [Member]
        /// The members that the schema does not name.
        package var additional: Additional
        /// Whether the record keeps members that its schema does not name, because a schema beside it names them.
        var keepsOthers = false

        package func member(_ name: String) -> Member? {
            members.first { JSONName($0.name.value) == JSONName(name) }
        }
    }

    /// An array whose first elements have shapes of their own.
    package struct Tuple: Sendable {
        package var elements: [ID]
        /// The number of these that each value has.
        package var minimumCount: Int
        /// The shape of all further elements; `nil` where there are none.
        package var rest: ID?
    }

    /// One of several shapes.
    package struct Union: Sendable {
        package struct Case: Sendable {
            package var shape: ID
            package var choice: Choice
        }

        /// The way in which a reader recognizes the case of a value.
        package enum Choice: Hashable, Sendable {
            /// By its JSON type, which no other case has.
            case type(TypeSet)
            /// By a member, which has one of these values in this case alone.
            case member(String, values: [JSONValue])
            /// By a member that no other case has.
            case key(String)
            /// By reading it: cases are tried in order.
            case trial
        }

        package var cases: [Case]
    }
}
