import ContractModel
import JSONSchema
import JSONTape

/// A builder of Swift types from shapes.
///
/// A schema that a reference leads to has one type, wherever it is used. The types of a file that a message names are
/// nested in the message's type; those of other files are the contract's.
struct TypeBuilder {
    typealias NodeID = SchemaModel.NodeID

    let model: SchemaModel
    let shapes: ShapeModel
    let contractName: String
    let scalars: ScalarTypes
    /// The enums that read values which the schema does not name.
    var openEnums: Set<NodeID> = []
    var names: SwiftNames
    /// The messages, and the contract, whose types keep members that no schema names.
    let keepers: Set<String>
    var diagnostics: Diagnostics
    /// The paths of the messages that have files of their own.
    var owners: [String: [String]] = [:]
    /// The types of shapes that have a declaration, and of the files' roots.
    var placed: [Shape.ID: SwiftType] = [:]
    /// The declarations so far, each with its file.
    var declared: [(file: String, type: TypeDeclaration)] = []
    /// The names that are taken in each scope.
    var taken: [[String]: Set<String>] = [:]
    /// The names of the types that their schemas' titles name.
    var titles: [Shape.ID: String] = [:]
    /// Shared shapes whose declarations are still to be made.
    private var queue: [(shape: Shape.ID, path: [String])] = []
    /// The cases of every enum, by its path.
    private(set) var enumCases: [[String]: [JSONName: EnumType.Case]] = [:]
    /// Notes on shapes that hold less than their schemas say, by the place of the schema.
    private(set) var notes: [Located<String>] = []

    init(
        _ model: SchemaModel, _ shapes: ShapeModel, contract: Contract, names: SwiftNames, scalars: ScalarTypes,
        diagnostics: Diagnostics
    ) {
        self.model = model
        self.shapes = shapes
        self.names = names
        self.scalars = scalars
        self.diagnostics = diagnostics
        contractName = contract.name.value
        let messages = contract.messages.map { ($0.swiftName ?? $0.name).value }
        for message in contract.messages.reversed() {
            owners[message.schema.value] = [(message.swiftName ?? message.name).value]
        }
        let keeping = contract.messages.filter(\.keepsUnknownMembers).map { ($0.swiftName ?? $0.name).value }
        keepers = Set(keeping.isEmpty ? [] : keeping + [contractName])
        reserved = Set(messages + [contractName, "ProducedMessage"])
        taken[[contractName]] = Set(messages + ["Topics", "Metrics", "ReceivedMessage"])
        chooseTitles(in: [contractName], of: sharedPlaces { owners[$0] == nil })
    }

    /// Names that no nested type has: they would hide the message, the contract or an associated type.
    let reserved: Set<String>

    // MARK: Messages

    /// The types of a contract.
    struct Types {
        /// The type of each message, by its name in Swift, with all that it nests.
        var messages: [String: TypeDeclaration] = [:]
        /// The types of the contract itself, each with its file.
        var contract: [(file: String, type: TypeDeclaration)] = []
    }

    /// Creates the type of a message and all types that it needs.
    ///
    /// - Parameter openEnums: The enums of the message's file that read values which the schema does not name.
    mutating func addMessage(
        _ name: String, file: String, discriminator: JSONPointer?, openEnums: Set<NodeID>
    ) {
        guard let root = shapes.roots[file] else { return }
        let path = [name]
        self.discriminator = discriminator
        discriminatorShape = discriminator.flatMap { model.node(at: $0.description, file: file) }
            .flatMap { shapes.shape(of: $0) }
        self.openEnums = openEnums
        // A second message of a file has types of its own.
        if started.contains(file) {
            owners[file] = path
            for id in placed.keys where model[shapes[id].node].file == file { placed[id] = nil }
        }
        started.insert(file)
        taken[path, default: []].insert("MessageType")
        chooseTitles(in: path, of: places(in: root) + sharedPlaces { owners[$0] == path })
        placed[root] = rootType(root, path)
        declareRoot(root, path, file: file)
        finishQueue()
    }

    /// Returns all types that have been made.
    func finished() -> Types {
        let marked = CommonProperties.marked(
            ConstantMarker.marked(RecursionMarker.marked(declared.map(\.type))))
        let children = Dictionary(grouping: marked, by: { Array($0.path.dropLast()) })
        func complete(_ type: TypeDeclaration) -> TypeDeclaration {
            var type = type
            type.nested = (children[type.path] ?? []).map(complete)
            return type
        }
        var types = Types()
        for ((file, _), type) in zip(declared, marked) {
            if type.path.count == 1 {
                types.messages[type.name] = complete(type)
            } else if type.path.count == 2, type.path[0] == contractName {
                types.contract.append((file, complete(type)))
            }
        }
        return types
    }

    private var started: Set<String> = []
    /// The lists and maps whose elements' type is being made.
    private var openContainers: Set<Shape.ID> = []
    /// The property of the message's events, and its shape, whose type is the message's `MessageType`.
    private(set) var discriminator: JSONPointer?
    private(set) var discriminatorShape: Shape.ID?

    private func rootType(_ root: Shape.ID, _ path: [String]) -> SwiftType {
        switch shapes[root].kind {
        case .union: .composite(path)
        default: .structure(path)
        }
    }

    /// Declares the type of a message. A value that is not an object is the only property of a `struct`.
    private mutating func declareRoot(_ root: Shape.ID, _ path: [String], file: String) {
        let shape = shapes[root]
        switch shape.kind {
        case .record(let record): declare(.structure(structure(record, of: root, path: path)), file: file)
        case .union(let union): declare(.union(self.union(union, of: root, path: path)), file: file)
        default:
            var wrapper = StructType(path: path)
            wrapper.documentation = documentation(of: shape.node, path: path)
            wrapper.isWrapper = true
            wrapper.isComplete = shape.isComplete
            // The root's own type is nested in the message, where references to the file lead to the message.
            placed[root] = nil
            let type = unshared(root, scope: path, name: "Value")
            placed[root] = .structure(path)
            var property = StructProperty(
                jsonName: "", name: "value", type: type, isRequired: true, location: model[shape.node].location,
                schema: shape.node)
            property.facts = "The message's value."
            wrapper.properties = [property]
            declare(.structure(wrapper), file: file)
        }
    }

    mutating func declare(_ type: TypeDeclaration, file: String) {
        declared.append((file, type))
        guard case .enumeration(let made) = type else { return }
        enumCases[made.path] = made.casesByValue
    }

    mutating func finishQueue() {
        while let (shape, path) = queue.popLast() { build(shape, path: path) }
    }

    // MARK: Types

    /// Returns the type of a shape, whose declaration, if it needs one, is nested in `scope`.
    mutating func type(_ id: Shape.ID, scope: [String], name: String) -> SwiftType {
        if let known = placed[id] { return known }
        guard shapes[id].isShared else { return unshared(id, scope: scope, name: name) }
        let node = model[shapes[id].node]
        let home = owners[node.file] ?? [contractName]
        return unshared(id, scope: home, name: sharedName(id), isShared: true)
    }

    private mutating func unshared(
        _ id: Shape.ID, scope: [String], name: String, isShared: Bool = false
    ) -> SwiftType {
        let shape = shapes[id]
        note(shape)
        switch shape.kind {
        case .any, .never: return .value
        case .null: return .null
        case .boolean: return .bool
        case .integer(let range): return scalars.integer(range, node: shape.node)
        case .number: return scalars.number(node: shape.node)
        case .string(let format): return scalars.string(format, node: shape.node)
        case .object, .same: return .object
        case .nullable(let inner):
            let type = type(inner, scope: scope, name: name)
            return type == .value || type == .null || type.mayBeNull ? type : .optional(type)
        case .list(let element):
            return .array(part(element, of: id, scope: scope, name: names[shapes[element].node] ?? name + "Item"))
        case .map(let value):
            return .dictionary(part(value, of: id, scope: scope, name: names[shapes[value].node] ?? name + "Value"))
        case .record, .union, .tuple, .enumeration:
            return place(id, scope: scope, name: name, isShared: isShared)
        }
    }

    /// Returns the type of the elements of a list or a map. Swift has no type for a list of such lists only, without end: the
    /// inner ones are JSON values.
    private mutating func part(_ part: Shape.ID, of whole: Shape.ID, scope: [String], name: String) -> SwiftType {
        guard openContainers.insert(whole).inserted else { return .value }
        defer { openContainers.remove(whole) }
        return type(part, scope: scope, name: name)
    }

    /// Gives a shape a declaration.
    private mutating func place(_ id: Shape.ID, scope: [String], name: String, isShared: Bool) -> SwiftType {
        if id == discriminatorShape { taken[scope]?.remove("MessageType") }
        let path = scope + [uniqueTypeName(of: id, name, in: scope)]
        let type = declaredType(id, path)
        placed[id] = type
        if path.count > 1 { chooseTitles(in: path, of: places(in: id)) }
        if isShared, !type.isEnumeration {
            queue.append((id, path))
        } else {
            // A list within a declared type may have elements of that type.
            let outer = openContainers
            openContainers = []
            build(id, path: path)
            openContainers = outer
        }
        return type
    }

    private func declaredType(_ id: Shape.ID, _ path: [String]) -> SwiftType {
        switch shapes[id].kind {
        case .record: .structure(path)
        case .enumeration(let values): values.allSatisfy(\.isString) ? .enumeration(path) : .composite(path)
        default: .composite(path)
        }
    }

    private mutating func build(_ id: Shape.ID, path: [String]) {
        let file = model[shapes[id].node].file
        switch shapes[id].kind {
        case .record(let record): declare(.structure(structure(record, of: id, path: path)), file: file)
        case .union(let union): declare(.union(self.union(union, of: id, path: path)), file: file)
        case .tuple(let tuple): declare(.tuple(self.tuple(tuple, of: id, path: path)), file: file)
        case .enumeration(let values): declare(enumeration(values, of: id, path: path), file: file)
        case .any, .never, .null, .boolean, .integer, .number, .string, .object, .map, .list, .nullable, .same: break
        }
    }

    private mutating func note(_ shape: Shape) {
        guard let text = shape.note else { return }
        let note = Located(text, at: model[shape.node].location)
        if notes.last != note { notes.append(note) }
    }

    // MARK: Words

    /// Returns the documentation of a type: the title and description of its schema, a paragraph each. A title that is the
    /// type's name is not repeated.
    func documentation(of node: NodeID, path: [String]) -> [String] {
        let annotations = model[node].annotations
        let title = annotations.title.flatMap { SwiftName.type(titled: $0) == path.last ? nil : Self.sentence($0) }
        return [title, annotations.description].compactMap(\.self)
    }

    /// Returns a title with the stop that documentation asks for.
    private static func sentence(_ title: String) -> String {
        title.last.map { ".!?".contains($0) } ?? true ? title : title + "."
    }
}

extension SwiftType {
    fileprivate var isEnumeration: Bool { if case .enumeration = self { true } else { false } }
}
