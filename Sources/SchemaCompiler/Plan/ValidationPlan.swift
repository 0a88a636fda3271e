package import JSONTape

/// What a validator does, as a closed list of small instructions: one list for each schema that is reached.
///
/// The generator writes it as Swift; ``PlanInterpreter`` runs it as it is. Both say the same of every value.
package struct ValidationPlan: Sendable {
    package struct SubplanID: Hashable, Sendable {
        let index: Int
    }

    /// The instructions for one schema.
    package struct Subplan: Sendable {
        /// The name of the schema's file.
        package var file: String
        /// Where the schema stands in its file.
        package var pointer: JSONPointer
        package var instructions: [Instruction]
    }

    package enum Instruction: Sendable {
        /// Where the type is another, nothing more is asked of the value.
        case type(JSONType)
        /// An integer as draft 4 defines it: a number without fraction and exponent. Otherwise like `type`.
        case integerLiteral
        case enumeration([String], isOpen: Bool, keyword: String)
        case minimumLength(Int)
        case maximumLength(Int)
        /// - Parameter isKeptByType: Whether each value of the generated type has the format.
        case format(StringFormat, isKeptByType: Bool)
        case minimum(JSONNumber)
        case maximum(JSONNumber)
        case exclusiveMinimum(JSONNumber)
        case exclusiveMaximum(JSONNumber)
        case multipleOf(Int64)
        case minimumItems(Int)
        case maximumItems(Int)
        case items(SubplanID)
        case minimumProperties(Int)
        case maximumProperties(Int)
        case members(Members)
    }

    /// One walk over an object's members.
    package struct Members: Sendable {
        package struct Member: Sendable {
            package var name: String
            package var isRequired: Bool
            package var subplan: SubplanID
        }

        package enum Others: Sendable {
            case allowed
            case refused
            case checked(SubplanID)
        }

        package let members: [Member]
        package let others: Others
        /// Where in ``members`` each stands.
        private let places: [JSONName: Int]

        init(members: [Member], others: Others) {
            self.members = members
            self.others = others
            places = Dictionary(
                members.enumerated().map { (JSONName($1.name), $0) }, uniquingKeysWith: { first, _ in first })
        }

        func member(_ name: JSONName) -> Member? { places[name].map { members[$0] } }
    }

    /// The schema file's name.
    package let file: String
    var subplans: [Subplan] = []
    /// Whether there is an instruction for each assertion of the schemas.
    package internal(set) var isComplete = true
    package internal(set) var root = SubplanID(index: 0)

    init(file: String) {
        self.file = file
    }

    package subscript(id: SubplanID) -> Subplan { subplans[id.index] }

    /// Every schema that is reached from the root, which comes first.
    package var subplanIDs: [SubplanID] { subplans.indices.map(SubplanID.init) }

    /// The keywords that a value can violate. A duplicate member violates none.
    package var violableKeywords: Set<String> {
        var keywords: Set<String> = []
        for instruction in subplans.lazy.flatMap(\.instructions) {
            switch instruction {
            case .items: break
            case .members(let members):
                if members.members.contains(where: \.isRequired) { keywords.insert("required") }
                if case .refused = members.others { keywords.insert("additionalProperties") }
            default: keywords.insert(instruction.keyword)
            }
        }
        return keywords
    }

    /// Where a keyword stands: `job.schema.json#/properties/payload/required`.
    package func location(of keyword: String, in subplan: Subplan) -> String {
        "\(subplan.file)#\(subplan.pointer.appending(keyword))"
    }
}

extension ValidationPlan.Instruction {
    /// The keyword that the instruction comes from.
    package var keyword: String {
        switch self {
        case .type, .integerLiteral: "type"
        case .enumeration(_, _, let keyword): keyword
        case .minimumLength: "minLength"
        case .maximumLength: "maxLength"
        case .format: "format"
        case .minimum: "minimum"
        case .maximum: "maximum"
        case .exclusiveMinimum: "exclusiveMinimum"
        case .exclusiveMaximum: "exclusiveMaximum"
        case .multipleOf: "multipleOf"
        case .minimumItems: "minItems"
        case .maximumItems: "maxItems"
        case .items: "items"
        case .minimumProperties: "minProperties"
        case .maximumProperties: "maxProperties"
        case .members: "properties"
        }
    }

    /// What the instruction wants, in words, for a failure's message.
    package var expectation: String {
        switch self {
        case .type(let type): type.expectation
        case .integerLiteral: "a whole number without fraction or exponent"
        case .enumeration(let values, _, _):
            Self.expectation(of: values)
        case .minimumLength(let count): "at least \(count) \(count == 1 ? "character" : "characters")"
        case .maximumLength(let count): "at most \(count) \(count == 1 ? "character" : "characters")"
        case .format(let format, _): format.expectation
        case .minimum(let bound): "at least \(bound)"
        case .maximum(let bound): "at most \(bound)"
        case .exclusiveMinimum(let bound): "more than \(bound)"
        case .exclusiveMaximum(let bound): "less than \(bound)"
        case .multipleOf(let divisor): "a multiple of \(divisor)"
        case .minimumItems(let count): "at least \(count) \(count == 1 ? "item" : "items")"
        case .maximumItems(let count): "at most \(count) \(count == 1 ? "item" : "items")"
        case .minimumProperties(let count): "at least \(count) \(count == 1 ? "member" : "members")"
        case .maximumProperties(let count): "at most \(count) \(count == 1 ? "member" : "members")"
        case .items, .members: ""
        }
    }

    /// The most values of an enum that a failure's message names.
    private static let mostValues = 32

    private static func expectation(of values: [String]) -> String {
        let named = values.prefix(mostValues).map { "'\($0)'" }.joined(separator: ", ")
        let others = values.count - mostValues
        return (values.count == 1 ? "" : "one of ") + named + (others > 0 ? " and \(others) more" : "")
    }

    /// The position of the instruction among those of a schema.
    var rank: Int {
        switch self {
        case .type, .integerLiteral: 0
        case .enumeration: 1
        case .minimumLength: 2
        case .maximumLength: 3
        case .format: 4
        case .minimum: 5
        case .maximum: 6
        case .exclusiveMinimum: 7
        case .exclusiveMaximum: 8
        case .multipleOf: 9
        case .minimumItems: 10
        case .maximumItems: 11
        case .items: 12
        case .minimumProperties: 13
        case .maximumProperties: 14
        case .members: 15
        }
    }

    /// The only type that the instruction speaks of; `nil` where it speaks of every value.
    package var subject: JSONType? {
        switch self {
        case .type, .integerLiteral, .enumeration: nil
        case .minimumLength, .maximumLength, .format: .string
        case .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum, .multipleOf: .number
        case .minimumItems, .maximumItems, .items: .array
        case .minimumProperties, .maximumProperties, .members: .object
        }
    }
}

/// A JSON type, as the `type` keyword names it.
package enum JSONType: String, CaseIterable, Sendable {
    case null, boolean, integer, number, string, array, object
}

extension JSONType {
    /// The type in words: "a string".
    package var expectation: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .integer: "a whole number"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension StringFormat {
    fileprivate var expectation: String {
        switch self {
        case .dateTime: "an RFC 3339 date-time"
        case .date: "an RFC 3339 date"
        case .time: "an RFC 3339 time"
        case .duration: "an RFC 3339 duration"
        case .email: "an email address"
        case .idnEmail: "an internationalized email address"
        case .hostname: "a host name"
        case .idnHostname: "an internationalized host name"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uri: "a URI"
        case .uriReference: "a URI reference"
        case .iri: "an IRI"
        case .iriReference: "an IRI reference"
        case .uuid: "a UUID"
        case .uriTemplate: "a URI template"
        case .jsonPointer: "a JSON Pointer"
        case .relativeJSONPointer: "a Relative JSON Pointer"
        case .regex: "a regular expression"
        }
    }
}
