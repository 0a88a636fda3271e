import JSONTape

/// Schemas as registries on the JVM read them: each has one type, and conditions of several types become a combination.
struct TypedSchemas {
    /// A schema's place in ``nodes``.
    typealias ID = Int

    enum Criterion: String {
        case all = "allOf"
        case any = "anyOf"
        case one = "oneOf"
    }

    struct Strings: Equatable {
        var minimum: JSONNumber?
        var maximum: JSONNumber?
        var pattern: String?
        /// The format, where the registry knows it.
        var format: String?
        /// `contentEncoding` and `contentMediaType`.
        var content: [String: JSONValue] = [:]
    }

    struct Numbers: Equatable {
        var minimum: JSONNumber?
        var maximum: JSONNumber?
        var exclusiveMinimum: JSONNumber?
        var exclusiveMaximum: JSONNumber?
        /// `exclusiveMinimum: true` of draft 4.
        var excludesMinimum = false
        var excludesMaximum = false
        var multipleOf: JSONNumber?
        var requiresInteger = false
    }

    struct Objects: Equatable {
        var properties: [String: ID] = [:]
        var required: Set<String> = []
        var permitsAdditional = true
        var additional: ID?
        var patterns: [String: ID] = [:]
        var minimum: JSONNumber?
        var maximum: JSONNumber?
        /// The properties that a property requires.
        var requiredWith: [String: Set<String>] = [:]
        var schemasWith: [String: ID] = [:]
        var names: ID?
        var unevaluated: ID?
    }

    struct Arrays: Equatable {
        var all: ID?
        var prefix: [ID]?
        var permitsAdditional = true
        var additional: ID?
        var contains: ID?
        var minimumContained: JSONNumber?
        var maximumContained: JSONNumber?
        var minimum: JSONNumber?
        var maximum: JSONNumber?
        var isUnique = false
        var unevaluated: ID?
    }

    enum Form: Equatable {
        /// A schema without conditions.
        case empty
        /// The schema `true`.
        case accepting
        /// The schema `false`.
        case rejecting
        case null, boolean
        case strings(Strings)
        case numbers(Numbers)
        case objects(Objects)
        case arrays(Arrays)
        case values([JSONValue])
        case constant(JSONValue)
        case combination(Criterion, [ID])
        case not(ID)
        case conditional(condition: ID?, then: ID?, otherwise: ID?)
        case reference(ID)
    }

    struct Node {
        var form: Form
        var hasDefault = false
    }

    private(set) var nodes: [Node] = []

    subscript(id: ID) -> Form { nodes[id].form }

    func hasDefault(_ id: ID) -> Bool { nodes[id].hasDefault }

    mutating func add(_ form: Form, hasDefault: Bool = false) -> ID {
        nodes.append(Node(form: form, hasDefault: hasDefault))
        return nodes.count - 1
    }

    /// Gives a schema that was added before its content was known its form.
    mutating func set(_ id: ID, _ form: Form) { nodes[id].form = form }

    mutating func setDefault(_ id: ID) { nodes[id].hasDefault = true }

    /// Returns the schema itself, or the one that it refers to.
    func resolved(_ id: ID) -> ID {
        if case .reference(let target) = nodes[id].form { target } else { id }
    }

    /// Returns whether two schemas have the same content.
    func areEqual(_ left: ID, _ right: ID) -> Bool { text(of: left, []) == text(of: right, []) }

    /// Returns the schema's content as a string; references that lead back are written by their place.
    private func text(of id: ID, _ above: [ID]) -> String {
        guard !above.contains(id) else { return "@\(above.count)" }
        func inner(_ other: ID?) -> String { other.map { text(of: $0, above + [id]) } ?? "-" }
        func inner(_ map: [String: ID]) -> String {
            map.sorted { $0.key < $1.key }.map { "\($0.key):\(inner($0.value))" }.joined(separator: ",")
        }
        switch nodes[id].form {
        case .combination(let criterion, let parts):
            return "\(criterion)[\(parts.map { inner($0) }.joined(separator: ","))]"
        case .not(let part): return "not(\(inner(part)))"
        case .conditional(let condition, let then, let otherwise):
            return "if(\(inner(condition)),\(inner(then)),\(inner(otherwise)))"
        case .reference(let target): return inner(target)
        case .objects(var own):
            let parts = [inner(own.properties), inner(own.patterns), inner(own.schemasWith)]
            let rest = [inner(own.additional), inner(own.names), inner(own.unevaluated)]
            (own.properties, own.patterns, own.schemasWith) = ([:], [:], [:])
            (own.additional, own.names, own.unevaluated) = (nil, nil, nil)
            let required = own.required.sorted()
            let with = own.requiredWith.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value.sorted())" }
            (own.required, own.requiredWith) = ([], [:])
            return "\(own)\(parts)\(rest)\(required)\(with)"
        case .arrays(var own):
            let parts = [inner(own.all), inner(own.additional), inner(own.contains), inner(own.unevaluated)]
            let prefix = own.prefix?.map { inner($0) } ?? []
            (own.all, own.prefix, own.additional, own.contains, own.unevaluated) = (nil, nil, nil, nil, nil)
            return "\(own)\(parts)\(prefix)"
        case .empty, .accepting, .rejecting, .null, .boolean, .strings, .numbers, .values, .constant:
            return "\(nodes[id].form)"
        }
    }
}

extension TypedSchemas.Form {
    /// A number for the type alone: registries compare only schemas of one type.
    var kind: Int {
        switch self {
        case .empty: 0
        case .accepting: 1
        case .rejecting: 2
        case .null: 3
        case .boolean: 4
        case .strings: 5
        case .numbers: 6
        case .objects: 7
        case .arrays: 8
        case .values: 9
        case .constant: 10
        case .combination: 11
        case .not: 12
        case .conditional: 13
        case .reference: 14
        }
    }

    /// Whether the schema is `{}` or `true`.
    var acceptsAll: Bool {
        switch self {
        case .empty, .accepting: true
        default: false
        }
    }
}
