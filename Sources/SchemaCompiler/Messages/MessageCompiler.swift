import ContractModel
import JSONTape

/// Compiles one message: holds what the manifest says of it against its schema.
struct MessageCompiler {
    let declaration: MessageDeclaration
    let topic: CompiledTopic
    let graph: SchemaGraph
    let manifestName: String
    let access: AccessLevel
    let resolver: PropertyResolver
    let openEnums: Set<SchemaGraph.NodeID>
    let structure: StructType

    /// `nil` where the schema gives no types to compile against; the diagnostics then say why.
    static func compile(
        _ declaration: MessageDeclaration, topic: CompiledTopic, graph: SchemaGraph, in contract: Contract,
        diagnostics: inout Diagnostics
    ) -> CompiledMessage? {
        let openEnums = openEnums(of: declaration, graph: graph, diagnostics: &diagnostics)
        let names = SwiftNames(declaration, graph: graph, diagnostics: &diagnostics)
        guard
            let structure = TypeModelBuilder.build(
                graph: graph, message: declaration.swiftName ?? declaration.name, contractName: contract.name.value,
                openEnums: openEnums, names: names, diagnostics: &diagnostics)
        else { return nil }
        let compiler = MessageCompiler(
            declaration: declaration, topic: topic, graph: graph, manifestName: contract.manifestName,
            access: contract.access,
            resolver: PropertyResolver(root: structure), openEnums: openEnums, structure: structure)
        return compiler.compile(diagnostics: &diagnostics)
    }

    private func compile(diagnostics: inout Diagnostics) -> CompiledMessage? {
        checkReservedNames(diagnostics: &diagnostics)
        let discriminator = discriminator(diagnostics: &diagnostics)
        let recordKey = recordKey(diagnostics: &diagnostics)
        let headers = headers(diagnostics: &diagnostics)
        let envelope = envelope(diagnostics: &diagnostics)
        checkCycles(envelope, diagnostics: &diagnostics)
        let events = events(of: discriminator, diagnostics: &diagnostics)
        guard declaration.discriminator == nil || discriminator != nil else { return nil }
        checkMessageType(discriminator, diagnostics: &diagnostics)
        let identification = identification(
            discriminator: discriminator, headers: headers, events: events, diagnostics: &diagnostics)
        return CompiledMessage(
            declaration: declaration, access: access, topic: topic, structure: structure,
            plan: PlanBuilder.build(graph, openEnums: openEnums), rules: rules(of: events),
            discriminator: discriminator, identification: identification, recordKey: recordKey, headers: headers,
            envelope: envelope, events: events)
    }

    /// The property that a pointer of the manifest means, or a diagnostic.
    func resolve(
        _ pointer: Located<JSONPointer>, diagnostics: inout Diagnostics
    ) -> PropertyPath? {
        guard resolver.isCertain(pointer.value) else { return nil }
        if let path = resolver.resolve(pointer.value) { return path }
        let known = resolver.pointers.map(\.description)
        diagnostics.error(
            .pointerNotFound, at: pointer.location,
            "'\(pointer.value)' leads to no property of \(declaration.schema.value)",
            hint: Suggestion.nearest(to: pointer.value.description, among: known).map { "did you mean '\($0)'?" }
                ?? "properties there: " + known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", ..." : ""))
        return nil
    }

    private static func openEnums(
        of declaration: MessageDeclaration, graph: SchemaGraph, diagnostics: inout Diagnostics
    ) -> Set<SchemaGraph.NodeID> {
        var nodes: Set<SchemaGraph.NodeID> = []
        for pointer in declaration.openEnums {
            guard let node = graph.node(at: pointer.value) else {
                // What is missing may stand in words that were not understood.
                guard graph.isUnderstood(along: pointer.value) else { continue }
                diagnostics.error(
                    .pointerNotFound, at: pointer.location,
                    "'\(pointer.value)' leads to no property of \(declaration.schema.value)")
                continue
            }
            guard graph[node].enumeration != nil else {
                guard graph[node].isSound else { continue }
                diagnostics.error(
                    .pointerType, at: pointer.location, "'\(pointer.value)' is no enum",
                    hint: "'open_enums' lists properties whose schema has 'enum'")
                continue
            }
            guard pointer.value != declaration.discriminator?.value else {
                diagnostics.error(
                    .pointerType, at: pointer.location, "the discriminator's enum can't be open",
                    hint: "a message whose event is not known has no meaning; declare the event")
                continue
            }
            nodes.insert(node)
        }
        return nodes
    }

    private func discriminator(diagnostics: inout Diagnostics) -> PropertyPath? {
        guard let pointer = declaration.discriminator, !pointer.value.tokens.isEmpty,
            let path = resolve(pointer, diagnostics: &diagnostics)
        else { return nil }
        let location = pointer.location
        guard case .enumeration = path.type else {
            diagnostics.error(
                .discriminator, at: location,
                "the discriminator '\(path.pointer)' must be a string with an 'enum', found \(path.type.summary)",
                hint:
                    "list the message's events in the schema's 'enum', or remove 'discriminator' if it has only one event"
            )
            return nil
        }
        guard !path.isOptional else {
            diagnostics.error(
                .pointerOptional, at: location, "the discriminator '\(path.pointer)' may be absent",
                hint: "add it, and each object on the way to it, to 'required' in \(declaration.schema.value)")
            return nil
        }
        return path
    }

    private func recordKey(diagnostics: inout Diagnostics) -> PropertyPath? {
        guard let pointer = declaration.recordKey, let path = resolve(pointer, diagnostics: &diagnostics) else {
            return nil
        }
        guard !path.isOptional else {
            diagnostics.error(
                .pointerOptional, at: pointer.location, "the record key '\(path.pointer)' may be absent",
                hint: "add it, and each object on the way to it, to 'required' in \(declaration.schema.value)")
            return nil
        }
        switch path.type {
        case .string, .integer, .uuid, .date, .url, .enumeration: return path
        case .double, .bool, .timestamp, .value, .object, .array, .dictionary, .structure:
            diagnostics.error(
                .pointerType, at: pointer.location, "the record key '\(path.pointer)' is \(path.type.summary)",
                hint: "a record key must be a string, a whole number, an enum, a date, a UUID or a URL")
            return nil
        }
    }

    private func headers(diagnostics: inout Diagnostics) -> [CompiledHeader] {
        let reader = PatternReader(resolver: resolver)
        return declaration.headers.compactMap { header in
            guard let pattern = reader.read(header.value, diagnostics: &diagnostics) else { return nil }
            for part in pattern.parts {
                switch part {
                case .text, .property: break
                case .now, .nowMilliseconds, .id, .service:
                    diagnostics.error(
                        .placeholder, at: pattern.location, "a header is made from the message alone",
                        hint: "name the message's property, such as {\(resolver.scalarPaths.first ?? "metadata.id")}")
                    return nil
                }
            }
            return CompiledHeader(name: header.name.value, pattern: pattern)
        }
    }

    /// Properties at the root that would hide what `Message` itself declares.
    private func checkReservedNames(diagnostics: inout Diagnostics) {
        let reserved: Set<String> = ["recordKey", "recordHeaders", "encode", "encoded"]
        for property in structure.properties {
            let hidesType =
                property.name == "messageType" && declaration.discriminator?.value.tokens != [property.jsonName]
            guard reserved.contains(property.name) || hidesType else { continue }
            diagnostics.error(
                .nameCollision, at: property.location,
                "the property '\(property.jsonName)' becomes '\(property.name)', which every message has already",
                hint: "name it with 'x-swift-name' in the schema or 'swift_names' in the manifest")
        }
    }

    /// A message's events are its `MessageType`, which therefore must be no other of its types.
    private func checkMessageType(_ discriminator: PropertyPath?, diagnostics: inout Diagnostics) {
        let taken = structure.path + ["MessageType"]
        guard discriminator?.type != .enumeration(taken),
            structure.structs.contains(where: { $0.path == taken })
                || structure.enums.contains(where: { $0.path == taken })
        else { return }
        diagnostics.error(
            .nameCollision, at: declaration.discriminator?.location ?? declaration.schema.location,
            "a definition of \(declaration.schema.value) becomes 'MessageType' in Swift, which is the name of the "
                + "message's events",
            hint: "name it with 'x-swift-name' in the schema or 'swift_names' in the manifest")
    }
}

extension SchemaGraph {
    /// The node of the property that a pointer into a value means.
    func node(at pointer: JSONPointer) -> NodeID? {
        var id = resolve(root)
        for token in pointer.tokens {
            guard let property = self[id].property(token) else { return nil }
            id = resolve(property.schema)
        }
        return id
    }

    /// Whether no schema that a pointer leads through has an error.
    func isUnderstood(along pointer: JSONPointer) -> Bool {
        var id = resolve(root)
        for token in pointer.tokens {
            guard self[id].isSound else { return false }
            guard let property = self[id].property(token) else { return true }
            id = resolve(property.schema)
        }
        return self[id].isSound
    }
}
