import ContractModel
import JSONTape

/// Makes the Swift types of a message from its schema.
struct TypeModelBuilder {
    private let graph: SchemaGraph
    private let messageName: String
    private let contractName: String
    private let openEnums: Set<SchemaGraph.NodeID>
    private let names: SwiftNames
    private let limits: PlanBuilder
    private var diagnostics: Diagnostics
    /// Types under `$defs`, made where they are first referred to, and nested in the message itself.
    private var shared: [SchemaGraph.NodeID: SwiftType] = [:]
    private var sharedStructs: [StructType] = []
    private var sharedEnums: [EnumType] = []
    /// Schemas that no type could be made of.
    private var untyped: Set<SchemaGraph.NodeID> = []
    /// The cases of every enum made so far, by its path.
    private var enumCases: [[String]: [JSONName: EnumType.Case]] = [:]

    private init(
        graph: SchemaGraph, messageName: String, contractName: String, openEnums: Set<SchemaGraph.NodeID>,
        names: SwiftNames, diagnostics: Diagnostics
    ) {
        self.graph = graph
        self.messageName = messageName
        self.contractName = contractName
        self.openEnums = openEnums
        self.names = names
        limits = PlanBuilder(graph)
        self.diagnostics = diagnostics
    }

    /// The message's `struct` with all that it nests; `nil` where the schema's root is no object with properties.
    static func build(
        graph: SchemaGraph, message: Located<String>, contractName: String, openEnums: Set<SchemaGraph.NodeID>,
        names: SwiftNames, diagnostics: inout Diagnostics
    ) -> StructType? {
        var builder = TypeModelBuilder(
            graph: graph, messageName: message.value, contractName: contractName, openEnums: openEnums,
            names: names, diagnostics: diagnostics)
        defer { diagnostics = builder.diagnostics }
        let root = graph.resolve(graph.root)
        guard graph[root].type?.value == .object, !graph[root].properties.isEmpty else {
            if graph[root].isSound, graph[graph.root].isSound {
                builder.diagnostics.error(
                    .schemaType, at: graph[root].location,
                    "the schema of a message must be an object with properties", hint: "add \"type\": \"object\"")
            }
            return nil
        }
        var structure = builder.structure(root, path: [message.value])
        structure.structs += builder.sharedStructs
        structure.enums += builder.sharedEnums
        builder.checkNestedNames(structure)
        return structure
    }

    // MARK: Types

    /// The type of a schema. What it nests is added to `structs` and `enums` under `name`.
    private mutating func type(
        _ id: SchemaGraph.NodeID, path: [String], name: String, structs: inout [StructType], enums: inout [EnumType]
    ) -> SwiftType {
        let target = graph.resolve(id)
        if target != id { return sharedType(target) }
        let node = graph[id]
        if node.enumeration != nil {
            let made = enumeration(id, path: path + [name])
            enums.append(made)
            enumCases[made.path] = made.casesByValue
            return .enumeration(made.path)
        }
        switch node.type?.value {
        case .string: return node.formatType?.swiftType ?? .string
        case .integer: return .integer
        case .number: return .double
        case .boolean: return .bool
        case .array:
            guard let items = node.items else { return .array(.value) }
            let itemName = names[items].map(typeName) ?? name + "Item"
            return .array(type(items, path: path, name: itemName, structs: &structs, enums: &enums))
        case .object: return object(id, path: path, name: name, structs: &structs, enums: &enums)
        case .null:
            untyped.insert(id)
            diagnostics.error(.schemaType, at: node.location, "the type 'null' alone is not supported yet")
            return .value
        case nil:
            checkUntyped(id)
            return .value
        }
    }

    private mutating func object(
        _ id: SchemaGraph.NodeID, path: [String], name: String, structs: inout [StructType], enums: inout [EnumType]
    ) -> SwiftType {
        let node = graph[id]
        if case .checked(let values) = node.additionalProperties {
            guard node.properties.isEmpty else {
                untyped.insert(id)
                diagnostics.error(
                    .schemaKeyword, at: node.location,
                    "'additionalProperties' with a schema beside 'properties' is not supported yet",
                    hint: "put the open members into an object of their own")
                return .object
            }
            let valueName = names[values].map(typeName) ?? name + "Value"
            return .dictionary(type(values, path: path, name: valueName, structs: &structs, enums: &enums))
        }
        guard !node.properties.isEmpty else { return .object }
        let made = structure(id, path: path + [name])
        structs.append(made)
        return .structure(made.path)
    }

    /// A type that references share. It is nested in the message, under the definition's name.
    private mutating func sharedType(_ id: SchemaGraph.NodeID) -> SwiftType {
        if let known = shared[id] { return known }
        var structs: [StructType] = []
        var enums: [EnumType] = []
        let name = typeName(names[id] ?? graph[id].pointer.tokens.last ?? "")
        let made = type(id, path: [messageName], name: name, structs: &structs, enums: &enums)
        shared[id] = made
        sharedStructs += structs
        sharedEnums += enums
        return made
    }

    private mutating func checkUntyped(_ id: SchemaGraph.NodeID) {
        let node = graph[id]
        let says =
            !node.properties.isEmpty || node.items != nil || node.minimum != nil || node.maximum != nil
            || node.exclusiveMinimum != nil || node.exclusiveMaximum != nil || node.minimumLength != nil
            || node.maximumLength != nil || node.format != nil || node.multipleOf != nil || !node.required.isEmpty
        guard says, node.isSound else { return }
        untyped.insert(id)
        diagnostics.error(
            .schemaType, at: node.location, "this schema names no type, so no Swift type can hold what it allows",
            hint: "add \"type\"")
    }

    // MARK: Declarations

    private mutating func structure(_ id: SchemaGraph.NodeID, path: [String]) -> StructType {
        let node = graph[id]
        var structure = StructType(
            path: path, documentation: node.documentation, properties: [], structs: [], enums: [],
            isSound: node.isSound)
        let required = Set(node.required.map(\.value))
        var jsonNames: [String: String] = [:]
        for property in node.properties {
            let schema = graph[property.schema]
            // What a reference doesn't say of itself, the definition says.
            let target = graph[graph.resolve(property.schema)]
            let ownName = names[property.schema]
            let type = type(
                property.schema, path: path, name: typeName(ownName ?? property.name.value),
                structs: &structure.structs, enums: &structure.enums)
            // What may be said by words that were not understood is not held against who relies on it.
            let isRequired = required.contains(property.name.value) || !node.isSound
            var made = StructProperty(
                jsonName: property.name.value, name: ownName ?? SwiftName.member(property.name.value), type: type,
                isRequired: isRequired,
                defaultValue: literal(schema.defaultValue ?? target.defaultValue, of: type),
                documentation: schema.documentation.isEmpty ? target.documentation : schema.documentation,
                isDeprecated: schema.isDeprecated || target.isDeprecated,
                location: property.name.location, schema: property.schema,
                isSound: schema.isSound && target.isSound
                    && !untyped.contains(graph.resolve(property.schema)))
            made.facts = facts(made)
            for name in Set([made.name, made.storedName]).sorted() {
                if let other = jsonNames[name] {
                    collide(made.jsonName, other, as: name, at: made.location)
                } else {
                    jsonNames[name] = made.jsonName
                }
            }
            structure.properties.append(made)
        }
        checkNestedNames(structure)
        return structure
    }

    /// The member in JSON, for the property's documentation.
    private func facts(_ property: StructProperty) -> String {
        var text = "JSON: `\(property.jsonName)`, \(property.isRequired ? "required" : "optional")"
        let limits = limits.limits(of: property.schema)
        if !limits.isEmpty { text += "; " + limits.joined(separator: ", ") }
        if let value = property.defaultValue { text += "; default \(value.words)" }
        return text + "."
    }

    /// What an absent member stands for, where Swift can write it. Other defaults only document.
    private mutating func literal(_ value: SourceNode?, of type: SwiftType) -> LiteralValue? {
        guard let value else { return nil }
        let literal = LiteralValue(value, of: type) { path, text in enumCases[path]?[JSONName(text)] }
        if literal == nil, type == .integer || type == .double, case .number = value.content {
            diagnostics.error(
                .schemaValue, at: value.location, "the default is a number that \(type.summary) of Swift can't hold")
        }
        return literal
    }

    private mutating func enumeration(_ id: SchemaGraph.NodeID, path: [String]) -> EnumType {
        let node = graph[id]
        let isOpen = openEnums.contains(id)
        var made = EnumType(path: path, documentation: node.documentation, cases: [], isOpen: isOpen)
        var valuesByName: [String: String] = [:]
        for value in node.enumeration ?? [] {
            let name = names[id, value.value] ?? SwiftName.enumCase(value.value)
            if let other = valuesByName[name] {
                collide(value.value, other, as: name, at: value.location)
            } else if isOpen, name == "unknown" {
                diagnostics.error(
                    .nameCollision, at: value.location,
                    "the case 'unknown' of an open enum stands for the values that the schema does not name",
                    hint: "take the enum out of 'open_enums', or name the value with 'x-swift-names'")
            }
            valuesByName[name] = valuesByName[name] ?? value.value
            made.cases.append(EnumType.Case(name: name, rawValue: value.value))
        }
        return made
    }

    // MARK: Names

    /// A nested type's name; one like the message's own, or the contract's, would hide that, and one like an associated type
    /// of `Message` would be taken for it.
    private func typeName(_ name: String) -> String {
        let name = SwiftName.type(name)
        let isTaken = name == messageName || name == contractName || name == "ProducedMessage"
        return isTaken ? name + "Value" : name
    }

    private mutating func collide(_ name: String, _ other: String, as swiftName: String, at location: SourceLocation) {
        diagnostics.error(
            .nameCollision, at: location, "'\(name)' and '\(other)' both become '\(swiftName)' in Swift",
            hint: "name one of them with 'x-swift-name' in the schema or 'swift_names' in the manifest")
    }

    private mutating func checkNestedNames(_ structure: StructType) {
        var seen: Set<String> = []
        for name in structure.structs.map(\.name) + structure.enums.map(\.name) where !seen.insert(name).inserted {
            diagnostics.error(
                .nameCollision, at: graph[graph.root].location,
                "two schemas in '\(structure.path.joined(separator: "."))' both become the type '\(name)' in Swift",
                hint: "name one of them with 'x-swift-name' in the schema or 'swift_names' in the manifest")
        }
    }
}
