package import JSONTape

extension Plan {
    /// One condition, or a group of conditions that one walk over members or items tests.
    ///
    /// The number of a table's entry is an index of the plan's table of that name.
    package enum Instruction: Sendable {
        /// No value is valid.
        case never
        case types(TypeSet)
        /// Skips instructions where the value is not of a type.
        case skipUnless(TypeSet, count: Int32)
        case values(Int32)

        case minimumLength(Int)
        case maximumLength(Int)
        case pattern(Int32)
        case format(StringFormat)

        case bound(Int32)
        case multipleOf(Int32)

        case minimumItems(Int)
        case maximumItems(Int)
        case uniqueItems
        case items(Int32)
        case contains(Int32)

        case minimumProperties(Int)
        case maximumProperties(Int)
        case members(Int32)
        case dependents(Int32)

        /// Another subplan for the same value.
        case call(Part)
        /// One or more of the branches must be valid.
        case any(branches: Range<Int32>)
        /// Exactly one of the branches must be valid.
        case one(branches: Range<Int32>)
        /// The branch that the value of a member names must be valid.
        case select(Int32)
        case not(Part)
        /// The entry of ``Plan/conditions``.
        case ifThenElse(Int32)

        /// `nil` where no such item is valid.
        case unevaluatedItems(Part?)
        case unevaluatedProperties(Part?)
    }

    /// A subplan, and the evaluation path that leads to it from its schema: `/properties/status/$ref`.
    package struct Part: Sendable {
        package var subplan: SubplanID
        /// The place in ``Plan/paths``.
        package var path: Int32

        package init(subplan: SubplanID, path: Int32) {
            self.subplan = subplan
            self.path = path
        }
    }

    /// The second part applies where the first is valid, otherwise the third.
    package struct Condition: Sendable {
        package var condition: Part
        package var then: Part?
        package var otherwise: Part?

        package init(condition: Part, then: Part?, otherwise: Part?) {
            self.condition = condition
            self.then = then
            self.otherwise = otherwise
        }
    }

    /// The values that an `enum` or `const` allows.
    package struct ValueSet: Sendable {
        /// All values, in the schema's order.
        package var values: [JSONValue]
        /// Whether a reader may accept strings that are not among the values.
        package var isOpen = false
        /// The strings among them.
        package var strings: KeyTable
        /// The other scalars among them, as types.
        package var constants: ConstantSet
        /// The numbers among them.
        package var numbers: [JSONNumber]
        /// The arrays and objects among them.
        package var containers: [JSONValue]

        init(
            values: [JSONValue], strings: KeyTable, constants: ConstantSet, numbers: [JSONNumber],
            containers: [JSONValue]
        ) {
            self.values = values
            self.strings = strings
            self.constants = constants
            self.numbers = numbers
            self.containers = containers
        }
    }

    /// The subset of null, false and true among values.
    package struct ConstantSet: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let null = ConstantSet(rawValue: 1)
        package static let `false` = ConstantSet(rawValue: 2)
        package static let `true` = ConstantSet(rawValue: 4)
    }

    /// A regular expression that a string must match.
    package struct PatternCheck: Sendable {
        package var source: String
        package var expression: SchemaPattern

        package init(source: String, expression: SchemaPattern) {
            self.source = source
            self.expression = expression
        }
    }

    /// A limit of a number's value.
    package struct BoundCheck: Sendable {
        package var bound: Bound

        package init(bound: Bound) {
            self.bound = bound
        }
    }

    /// A limit of a number's value.
    package struct Bound: Hashable, Sendable {
        package enum Side: Hashable, Sendable { case minimum, maximum }

        package var side: Side
        package var value: JSONNumber
        /// Whether the limit itself is invalid.
        package var isExclusive: Bool

        package init(side: Side, value: JSONNumber, isExclusive: Bool) {
            self.side = side
            self.value = value
            self.isExclusive = isExclusive
        }
    }

    /// One walk over an array's elements.
    package struct ItemsCheck: Sendable {
        /// The subplans of the first elements; `nil` where all values are valid.
        package var prefix: [Part?]
        package var rest: Part?
        /// Whether elements after the prefix count as evaluated.
        package var evaluatesRest: Bool

        package init(prefix: [Part?], rest: Part?, evaluatesRest: Bool) {
            self.prefix = prefix
            self.rest = rest
            self.evaluatesRest = evaluatesRest
        }
    }

    /// A number of elements that must be valid.
    package struct ContainsCheck: Sendable {
        package var part: Part?
        package var minimum: Int
        package var maximum: Int
        package var minimumKeyword: Int32
        package var maximumKeyword: Int32
        package var marksEvaluated: Bool

        package init(
            part: Part?, minimum: Int, maximum: Int, minimumKeyword: Int32, maximumKeyword: Int32, marksEvaluated: Bool
        ) {
            self.part = part
            self.minimum = minimum
            self.maximum = maximum
            self.minimumKeyword = minimumKeyword
            self.maximumKeyword = maximumKeyword
            self.marksEvaluated = marksEvaluated
        }
    }

    /// One walk over an object's members.
    package struct MembersCheck: Sendable {
        /// The names that have an entry in ``entries``.
        package var names: KeyTable
        package var entries: [MemberEntry]
        package var patterns: [PatternEntry]
        package var others: Others
        /// The subplan of names.
        package var propertyNames: Part?
        /// The bits of the required entries, where there are at most 64 entries.
        package var requiredBits: UInt64

        package init(
            names: KeyTable, entries: [MemberEntry], patterns: [PatternEntry], others: Others, propertyNames: Part?,
            requiredBits: UInt64
        ) {
            self.names = names
            self.entries = entries
            self.patterns = patterns
            self.others = others
            self.propertyNames = propertyNames
            self.requiredBits = requiredBits
        }
    }

    /// A named member.
    package struct MemberEntry: Sendable {
        /// `nil` where all values are valid.
        package var part: Part?
        /// Whether `properties` has the name; `required` alone leaves it to the other keywords.
        package var isProperty: Bool
        package var isRequired: Bool
        /// The keyword that requires the member; of one that is optional, `properties`.
        package var keyword: Int32

        package init(part: Part?, isProperty: Bool, isRequired: Bool, keyword: Int32) {
            self.part = part
            self.isProperty = isProperty
            self.isRequired = isRequired
            self.keyword = keyword
        }
    }

    /// The members whose names match a pattern.
    package struct PatternEntry: Sendable {
        package var pattern: Int32
        package var part: Part?

        package init(pattern: Int32, part: Part?) {
            self.pattern = pattern
            self.part = part
        }
    }

    /// The members that neither a name nor a pattern matches.
    package enum Others: Sendable {
        case allowed
        /// `additionalProperties` accepts them, and they count as evaluated.
        case evaluated
        /// No such member is valid, by a keyword.
        case refused(Int32)
        case checked(Part)
    }

    /// Branches of which the value of a member allows at most one.
    package struct SelectionCheck: Sendable {
        /// The member's name alone.
        package var member: KeyTable
        package var values: KeyTable
        /// The positions of the values' branches.
        package var branches: [Int32]
        package var parts: Range<Int32>

        package init(member: KeyTable, values: KeyTable, branches: [Int32], parts: Range<Int32>) {
            self.member = member
            self.values = values
            self.branches = branches
            self.parts = parts
        }
    }

    /// The conditions of an object that has a member.
    package struct DependentCheck: Sendable {
        package var name: String
        package var required: [String]
        package var part: Part?

        package init(name: String, required: [String], part: Part?) {
            self.name = name
            self.required = required
            self.part = part
        }
    }
}
