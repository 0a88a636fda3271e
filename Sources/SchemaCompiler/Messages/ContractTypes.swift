import ContractModel
import JSONSchema
import JSONTape

/// The schemas of a contract, their meaning, and the Swift types that they become.
struct ContractTypes {
    private let schemas: MessageSchemas
    var model: SchemaModel { schemas.model }
    /// The model with the same meaning and less work, for validators.
    let simplified: SchemaModel
    let scalars: ScalarTypes
    /// The types of messages, by their Swift names.
    let messages: [String: TypeDeclaration]
    let shared: [SharedType]
    /// The types of messages and those that they share.
    let declared: DeclaredTypes
    let notes: [Located<String>]
    /// Whether types of any message keep members that their schemas do not name.
    let keepsUnknownMembers: Bool
    /// The enums of each message that read values which the schema does not name.
    let openEnums: [String: Set<SchemaModel.NodeID>]
    let contractSensitivity: ContractSensitivity
    /// The types with sensitive values that no property holds, each with the place where such a value is marked.
    let sensitiveWithoutProperty: [[String]: SourceLocation]

    init(_ contract: Contract, diagnostics: inout Diagnostics) {
        let schemas = MessageSchemas(contract, diagnostics: &diagnostics)
        self.schemas = schemas
        keepsUnknownMembers = contract.messages.contains(where: \.keepsUnknownMembers)
        let model = schemas.model
        simplified = model.simplified()
        Self.checkUse(of: contract, in: model, diagnostics: &diagnostics)
        SchemaConsistency.check(
            model, files: Set(contract.schemas.filter { !$0.isFromLibrary }.map(\.name)), diagnostics: &diagnostics)
        var names = SwiftNames(model, diagnostics: &diagnostics)
        for message in contract.messages { names.read(message, model, diagnostics: &diagnostics) }
        scalars = ScalarTypes(contract, model, diagnostics: &diagnostics)
        let roots = contract.messages.map { ($0.name.value, schemas.root(of: $0)) }
        let sensitivity = ContractSensitivity(
            contract, model, roots: Dictionary(roots, uniquingKeysWith: { first, _ in first }).compactMapValues(\.self),
            diagnostics: &diagnostics)
        contractSensitivity = sensitivity
        var openEnums: [String: Set<SchemaModel.NodeID>] = [:]
        // The work on nested schemas is recursive.
        guard Self.checkDepth(of: model, diagnostics: &diagnostics) else {
            (messages, shared, notes, self.openEnums) = ([:], [], [], [:])
            declared = DeclaredTypes([])
            sensitiveWithoutProperty = [:]
            return
        }
        var builder = TypeBuilder(
            model, ShapeBuilder.build(model), contract: contract, names: names, scalars: scalars,
            diagnostics: diagnostics)
        for message in contract.messages {
            let open = Self.openEnums(of: message, model, diagnostics: &builder.diagnostics)
            openEnums[message.name.value] = open
            builder.addMessage(
                (message.swiftName ?? message.name).value, file: message.schema.value,
                discriminator: message.discriminator?.value, openEnums: open)
        }
        let types = builder.finished()
        diagnostics = builder.diagnostics
        var marker = SensitivityMarker(types.messages.values + types.contract.map(\.type))
        for message in contract.messages {
            guard let graph = sensitivity.graphs[message.name.value],
                let type = types.messages[(message.swiftName ?? message.name).value]
            else { continue }
            marker.add(type, graph)
        }
        for message in contract.messages {
            guard let type = types.messages[(message.swiftName ?? message.name).value],
                let property = marker.clearProperty(of: type, sensitivity.graphs[message.name.value])
            else { continue }
            diagnostics.error(
                .sensitiveField, at: message.name.location,
                (property.name.map { "'\($0)'" } ?? "each other member")
                    + " of \(property.path.joined(separator: ".")) "
                    + "is sensitive elsewhere, and not everywhere in \(message.name.value)",
                hint: "mark it where the type is defined, so that it is sensitive wherever the type is used")
        }
        sensitiveWithoutProperty = marker.keepers
        messages = types.messages.mapValues(marker.marked)
        shared = types.contract.map { SharedType(file: $0.file, type: marker.marked($0.type)) }
        declared = DeclaredTypes(shared.map(\.type) + messages.values.sorted { $0.name < $1.name })
        notes = builder.notes
        self.openEnums = openEnums
    }

    /// Returns the schema that a message is validated by.
    func root(of message: MessageDeclaration) -> SchemaModel.NodeID? { schemas.root(of: message) }

    /// The most levels of schemas within each other, references followed.
    private static let maximumDepth = 256

    private static func checkDepth(of model: SchemaModel, diagnostics: inout Diagnostics) -> Bool {
        func children(_ id: SchemaModel.NodeID) -> [SchemaModel.NodeID] {
            model[id].assertions.flatMap(\.kind.children)
        }
        let roots = model.roots.sorted { $0.key < $1.key }.map(\.value)
        let walk = DepthFirstWalk(through: roots, children: children)
        var depths: [SchemaModel.NodeID: Int] = [:]
        for id in walk.finished { depths[id] = 1 + (children(id).compactMap { depths[$0] }.max() ?? 0) }
        let deep = roots.filter { depths[$0] ?? 0 > maximumDepth }
        for root in deep {
            diagnostics.error(
                .nestingDepth, at: model[root].location,
                "schemas are nested deeper than \(maximumDepth) levels from here, including references")
        }
        return deep.isEmpty
    }

    /// Warns of files that neither a message nor another file uses.
    private static func checkUse(of contract: Contract, in model: SchemaModel, diagnostics: inout Diagnostics) {
        var used = Set(contract.messages.map(\.schema.value))
        // A name that was misspelt would make another file look unused.
        guard contract.complete.messages, used.allSatisfy({ model.roots[$0] != nil }) else { return }
        var visited: Set<SchemaModel.NodeID> = []
        var waiting = used.compactMap { model.roots[$0] }
        while let id = waiting.popLast() {
            guard visited.insert(id).inserted else { continue }
            used.insert(model[id].file)
            waiting += model[id].assertions.flatMap(\.kind.children)
        }
        for file in contract.schemas where !used.contains(file.name) && !file.isFromLibrary {
            diagnostics.warning(
                .unusedSchema, at: SourceLocation(file: file.root.location.file), "no message uses this schema",
                hint: "name it as the 'schema' of a message, refer to it, or remove the file")
        }
    }

    /// Returns the enums of a message that read values which the schema does not name.
    static func openEnums(
        of declaration: MessageDeclaration, _ model: SchemaModel, diagnostics: inout Diagnostics
    ) -> Set<SchemaModel.NodeID> {
        var nodes: Set<SchemaModel.NodeID> = []
        let file = declaration.schema.value
        for pointer in declaration.openEnums {
            let target = model.target(of: pointer.value, file: file)
            if case .unknown? = target { continue }
            guard case .schema(let place)? = target else {
                diagnostics.error(
                    .pointerNotFound, at: pointer.location, "\(file) has no property '\(pointer.value)'")
                continue
            }
            let node = model.shapeSource(of: place).node
            let values = model.statedValues(of: node)
            guard !values.isEmpty, values.allSatisfy({ $0.isString || $0 == .null }) else {
                guard model[node].isComplete else { continue }
                diagnostics.error(
                    .pointerType, at: pointer.location, "'\(pointer.value)' is not an enum",
                    hint: "'open_enums' lists properties whose schema has 'enum'")
                continue
            }
            guard JSONPointer(pointer.value) != declaration.discriminator?.value || declaration.discriminator == nil
            else {
                diagnostics.error(
                    .pointerType, at: pointer.location, "the discriminator's enum can't be open",
                    hint: "a message whose event is not known has no meaning; declare the event")
                continue
            }
            nodes.insert(node)
        }
        return nodes
    }
}
