import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler
import SchemaPlan

/// A row in the tree of a message's fields.
struct Field: Sendable {
    var depth: Int
    /// The name in JSON, `[ ]` for an element, or `{ }` for a value of a map.
    var name: String
    /// The path with `*` for elements and values of maps.
    var path: String
    /// The type of the value in JSON: `string`, `list of objects`.
    var type: String
    var isRequired = false
    /// The allowed values, if there are few.
    var values: [String] = []
    var limits: [String] = []
    var defaultValue: String?
    var description: [String] = []
    /// The category of a sensitive value.
    var sensitivity: String?
    var isDeprecated = false
    var isConstant = false
}

/// The fields of a message, from the types that it has in Swift.
struct FieldTree {
    private let message: CompiledMessage
    private let contract: CompiledContract
    private let types: DeclarationIndex
    private(set) var fields: [Field] = []
    /// Whether there are more fields than the list has.
    private(set) var isCut = false

    private static let mostFields = 400
    private static let deepest = 9

    init(_ message: CompiledMessage, _ site: Site) {
        self.message = message
        contract = site.compiled
        types = site.types
        add(message.type, depth: 0, path: "", open: [])
    }

    private mutating func add(_ type: TypeDeclaration, depth: Int, path: String, open: Set<[String]>) {
        guard !open.contains(type.path), depth < Self.deepest else { return }
        let open = open.union([type.path])
        switch type {
        case .structure(let structure):
            for property in structure.properties { add(property, structure, depth, path, open) }
            if let additional = structure.additional {
                let category = structure.isAdditionalSensitive ? category(at: path + "/*") : nil
                add("{ }", additional, depth, path + "/*", open) { field in
                    field.description = ["Each other member."]
                    field.sensitivity = category
                }
            }
        case .union(let union):
            for alternative in union.cases {
                add("or " + alternative.name, alternative.type, depth, path, open)
            }
        case .tuple(let tuple):
            for (index, element) in tuple.elements.enumerated() {
                add("[\(index)]", element.type, depth, path + "/\(index)", open) { $0.isRequired = !element.isOptional }
            }
            if let rest = tuple.rest { add("[ ]", rest, depth, path + "/*", open) }
        case .enumeration, .constants: break
        }
    }

    private mutating func add(
        _ property: StructProperty, _ structure: StructType, _ depth: Int, _ path: String, _ open: Set<[String]>
    ) {
        let name = structure.isWrapper ? "value" : property.jsonName
        let schemas = contract.model
        let path = structure.isWrapper ? path : path + "/" + property.jsonName
        let category = property.isSensitive ? category(at: path) : nil
        add(name, property.type, depth, path, open) { field in
            field.isRequired = property.isRequired
            field.description = property.documentation
            field.isDeprecated = property.isDeprecated
            field.isConstant = property.constant != nil
            if let node = property.schema {
                field.limits = SchemaLimits.groups(of: node, in: schemas)
                field.defaultValue = schemas[node].annotations.defaultValue.map { $0.jsonValue.jsonText }
            }
            field.sensitivity = category
        }
    }

    private func category(at path: String) -> String {
        message.protection?.graph.category(at: path) ?? "sensitive"
    }

    private mutating func add(
        _ name: String, _ type: SwiftType, _ depth: Int, _ path: String, _ open: Set<[String]>,
        _ details: (inout Field) -> Void = { _ in }
    ) {
        guard fields.count < Self.mostFields else {
            isCut = true
            return
        }
        var field = Field(depth: depth, name: name, path: path, type: words(type))
        field.values = values(of: type)
        details(&field)
        if let form = form(of: type), !field.limits.contains(where: { $0.contains(form) }) { field.limits.append(form) }
        fields.append(field)
        addParts(of: type, depth: depth + 1, path: path, open)
    }

    /// Adds the fields of a value's parts.
    private mutating func addParts(of type: SwiftType, depth: Int, path: String, _ open: Set<[String]>) {
        switch type {
        case .optional(let inner), .nullable(let inner), .sensitive(let inner):
            addParts(of: inner, depth: depth, path: path, open)
        case .array(let element): addElement("[ ]", element, depth, path, open)
        case .dictionary(let value): addElement("{ }", value, depth, path, open)
        case .structure(let typePath), .composite(let typePath):
            if let declaration = types[typePath] { add(declaration, depth: depth, path: path, open: open) }
        default: break
        }
    }

    /// Adds a row for an element that has parts, and none for one that has not.
    private mutating func addElement(
        _ name: String, _ type: SwiftType, _ depth: Int, _ path: String, _ open: Set<[String]>
    ) {
        if isDivided(type) { add(name, type, depth, path + "/*", open) }
    }

    private func isDivided(_ type: SwiftType) -> Bool {
        switch type {
        case .optional(let inner), .nullable(let inner), .sensitive(let inner): isDivided(inner)
        case .array, .dictionary, .structure: true
        case .composite(let path): if case .constants? = types[path] { false } else { true }
        default: false
        }
    }

    // MARK: Words

    private func words(_ type: SwiftType) -> String {
        switch type {
        case .string, .enumeration: "string"
        case .integer, .unsignedInteger: "integer"
        case .double, .exactNumber: "number"
        case .bool: "boolean"
        case .null: "null"
        case .timestamp, .uuid, .date, .url: "string"
        case .value: "any value"
        case .object, .structure: "object"
        case .array(let element): "list of " + plural(words(element))
        case .dictionary(let value): "map of " + plural(words(value))
        case .optional(let inner), .nullable(let inner): words(inner) + " or null"
        case .sensitive(let inner): words(inner)
        case .composite(let path):
            switch types[path] {
            case .constants: "one of some values"
            case .tuple: "list by position"
            default: "one of several"
            }
        }
    }

    /// Returns the form of a string, or of a list's strings, that is a type of its own in Swift.
    private func form(of type: SwiftType) -> String? {
        switch type {
        case .optional(let inner), .nullable(let inner), .sensitive(let inner), .array(let inner): form(of: inner)
        case .timestamp: StringFormat.dateTime.phrase
        case .uuid: StringFormat.uuid.phrase
        case .date: StringFormat.date.phrase
        case .url: StringFormat.uri.phrase
        default: nil
        }
    }

    private func plural(_ words: String) -> String {
        switch words {
        case "string", "integer", "number", "boolean", "object": words + "s"
        case "any value": "any values"
        default: words
        }
    }

    private static let mostValues = 40

    private func values(of type: SwiftType) -> [String] {
        switch type {
        case .optional(let inner), .nullable(let inner), .sensitive(let inner), .array(let inner),
            .dictionary(let inner):
            return values(of: inner)
        case .enumeration(let path):
            guard let found = message.resolver.enumeration(path) else { return [] }
            let values = found.cases.map(\.rawValue)
            return Self.cut(values) + (found.isOpen ? ["…"] : [])
        case .composite(let path):
            guard case .constants(let constants)? = types[path] else { return [] }
            return Self.cut(constants.cases.map(\.value.jsonText))
        default: return []
        }
    }

    private static func cut(_ values: [String]) -> [String] {
        values.count <= mostValues ? values : values.prefix(mostValues) + ["and \(values.count - mostValues) more"]
    }
}

extension SensitivityGraph {
    /// Returns the category of a value; `nil` where the value is not sensitive itself.
    ///
    /// - Parameter path: The names and positions that lead to the value, with `*` for elements and values of maps.
    fileprivate func category(at path: String) -> String? {
        var current = nodes.first
        for part in path.split(separator: "/") {
            guard let node = current else { return nil }
            let next =
                node.members.first { $0.name == part }?.node ?? Int(part).flatMap { element(at: $0, of: node) }
                ?? node.otherMembers ?? node.otherElements
            current = next.flatMap { nodes.indices.contains($0) ? nodes[$0] : nil }
        }
        return current?.category.map { categories[$0] }
    }

    private func element(at index: Int, of node: Node) -> Int? {
        index < node.elements.count ? node.elements[index] : nil
    }
}
