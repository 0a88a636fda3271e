import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// A compiler of a message: checks its declaration in the manifest against its schema.
struct MessageCompiler {
    private(set) var declaration: MessageDeclaration
    let topic: CompiledTopic
    let types: ContractTypes
    let manifestName: String
    let access: AccessLevel
    private(set) var resolver: PropertyResolver
    private(set) var type: TypeDeclaration
    /// The name of the union's case in which the message is compiled; `nil` where the discriminator is outside of unions.
    private(set) var caseName: String?
    let openEnums: Set<SchemaModel.NodeID>
    let encryption: EncryptionDeclaration?

    /// Compiles a message; `nil` where its schema has no types to compile against, which is reported.
    static func compile(
        _ declaration: MessageDeclaration, topic: CompiledTopic, types: ContractTypes, in contract: Contract,
        diagnostics: inout Diagnostics
    ) -> CompiledMessage? {
        guard let type = types.messages[(declaration.swiftName ?? declaration.name).value] else { return nil }
        var compiler = MessageCompiler(
            declaration: declaration, topic: topic, types: types, manifestName: contract.manifestName,
            access: contract.access,
            resolver: PropertyResolver(message: type, types: types.declared), type: type,
            openEnums: types.openEnums[declaration.name.value] ?? [],
            encryption: contract.encryption)
        if compiler.discriminatingUnion == nil {
            compiler.declaration.envelope += compiler.cloudEventRules(diagnostics: &diagnostics)
        }
        return compiler.compile(diagnostics: &diagnostics)
    }

    /// Returns the compiler of the message in a case of the union that has its discriminator.
    func compiler(in variant: MessageVariant, diagnostics: inout Diagnostics) -> MessageCompiler {
        var compiler = self
        compiler.resolver = variant.resolver
        compiler.caseName = variant.caseName
        if variant.resolver.isRoot(variant.structure) { compiler.type = .structure(variant.structure) }
        compiler.declaration.envelope += compiler.cloudEventRules(diagnostics: &diagnostics)
        return compiler
    }

    /// The schema that pointers lead into, as messages name it.
    var schemaWords: String {
        caseName.map { "the case '\($0)' of \(declaration.schema.value)" } ?? declaration.schema.value
    }

    var structure: StructType {
        if case .structure(let structure) = type { structure } else { StructType(path: type.path) }
    }

    private func compile(diagnostics: inout Diagnostics) -> CompiledMessage? {
        let isInUnion = discriminatingUnion != nil
        let discriminator = isInUnion ? nil : discriminator(diagnostics: &diagnostics)
        let variants = variants(diagnostics: &diagnostics)
        let recordKey = recordKey(diagnostics: &diagnostics)
        let headers = headers(diagnostics: &diagnostics)
        guard !isInUnion || variants != nil else { return nil }
        let envelope = variants?.cases.first?.envelope ?? checkedEnvelope(diagnostics: &diagnostics)
        let events = events(of: discriminator, variants, diagnostics: &diagnostics)
        checkSensitive(recordKey: recordKey, headers: headers, envelope: envelope, diagnostics: &diagnostics)
        let protection = protection(
            encryption, headers: headers, envelope: envelope, diagnostics: &diagnostics)
        guard declaration.discriminator == nil || discriminator != nil || isInUnion else { return nil }
        let identification = identification(
            variants: variants, headers: headers, events: events, diagnostics: &diagnostics)
        guard let root = types.root(of: declaration) else { return nil }
        return CompiledMessage(
            declaration: declaration, access: access, topic: topic, type: type, resolver: resolver,
            root: Plan.Root(root, openEnums: openEnums),
            guarantees: TypeGuarantees(
                types.model, root: root, scalars: types.scalars, openEnums: openEnums,
                keepsUnknownMembers: types.keepsUnknownMembers),
            rules: rules(of: events),
            discriminator: discriminator, variants: variants, identification: identification, recordKey: recordKey,
            headers: headers,
            envelope: envelope, events: events, protection: protection)
    }

    /// Returns the property that a pointer of the manifest means, or a diagnostic.
    func resolve(
        _ pointer: Located<JSONPointer>, diagnostics: inout Diagnostics
    ) -> PropertyPath? {
        guard resolver.isComplete(at: pointer.value) else { return nil }
        if let path = resolver.resolve(pointer.value) { return path }
        let known = resolver.pointers.map(\.description)
        diagnostics.error(
            .pointerNotFound, at: pointer.location,
            "\(schemaWords) has no property '\(pointer.value)'",
            hint: Suggestion.nearest(to: pointer.value.description, among: known).map { "did you mean '\($0)'?" }
                ?? hint(at: pointer.value, known))
        return nil
    }

    private func hint(at pointer: JSONPointer, _ known: [String]) -> String? {
        if resolver.leavesUnion(pointer) {
            return "all cases of the union must have the property, with the same type; "
                + "or make a message of each case, as in 'schema: \(declaration.schema.value)#/oneOf/0'"
        }
        guard !known.isEmpty else { return nil }
        return "properties there: " + known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", ..." : "")
    }

    /// Returns whether generated code can set a property; reports where it can't.
    func isSettable(
        _ path: PropertyPath, at location: SourceLocation, as use: String, diagnostics: inout Diagnostics
    ) -> Bool {
        guard path.isInUnion else { return true }
        diagnostics.error(
            .pointerType, at: location, "'\(path.pointer)' is a property of a union's cases, and can't be \(use)",
            hint: "name a property outside of the union, or make a message of each case, as in "
                + "'schema: \(declaration.schema.value)#/oneOf/0'")
        return false
    }

    /// Reports that a value which every message must have may be missing. A typo in `required`, which may be the reason, is
    /// reported instead.
    ///
    /// - Parameter properties: The properties that lead to the value.
    func reportOptional(
        _ properties: some Sequence<StructProperty>, at location: SourceLocation, as subject: String,
        diagnostics: inout Diagnostics
    ) {
        guard let gap = properties.first(where: \.mayBeMissing) else { return }
        guard !reportMisspelling(of: gap, diagnostics: &diagnostics) else { return }
        diagnostics.error(
            .pointerOptional, at: location, subject + (gap.isNull ? " may be null" : " may be absent"),
            hint: gap.isNull
                ? "remove 'null' from its types in \(schemaWords)"
                : "add it, and each object on the way to it, to 'required' in \(schemaWords)")
    }

    /// Reports the typo in `required` that is probably the reason why a property may be absent.
    ///
    /// - Returns: Whether there is one.
    private func reportMisspelling(of property: StructProperty, diagnostics: inout Diagnostics) -> Bool {
        guard let name = property.misspelling else { return false }
        if !diagnostics.hasError(.schemaValue, at: name.location) {
            let finding = SchemaConsistency.undeclared(name.value, near: property.jsonName)
            diagnostics.error(.schemaValue, at: name.location, finding.text, hint: finding.hint)
        }
        return true
    }

    private func discriminator(diagnostics: inout Diagnostics) -> PropertyPath? {
        guard let pointer = declaration.discriminator, !pointer.value.tokens.isEmpty,
            let path = resolve(pointer, diagnostics: &diagnostics)
        else { return nil }
        let location = pointer.location
        guard !path.isSensitive else {
            refuse(path, at: location, as: "the discriminator", diagnostics: &diagnostics)
            return nil
        }
        guard isSettable(path, at: location, as: "the discriminator", diagnostics: &diagnostics) else { return nil }
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
            reportOptional(
                path.properties, at: location, as: "the discriminator '\(path.pointer)'", diagnostics: &diagnostics)
            return nil
        }
        return path
    }

    private func recordKey(diagnostics: inout Diagnostics) -> PropertyPath? {
        guard let pointer = declaration.recordKey, let path = resolve(pointer, diagnostics: &diagnostics) else {
            return nil
        }
        guard !path.isOptional else {
            reportOptional(
                path.properties, at: pointer.location, as: "the record key '\(path.pointer)'", diagnostics: &diagnostics
            )
            return nil
        }
        switch path.type {
        case .string, .integer, .uuid, .date, .url, .enumeration: return path
        // A sensitive one is refused by itself.
        case .unsignedInteger, .sensitive: return path
        case .double, .bool, .timestamp, .value, .object, .array, .dictionary, .structure, .exactNumber, .null,
            .optional, .nullable, .composite:
            diagnostics.error(
                .pointerType, at: pointer.location, "the record key '\(path.pointer)' is \(path.type.summary)",
                hint: "a record key must be a string, a whole number, an enum, a date, a UUID or a URL")
            return nil
        }
    }

    private func headers(diagnostics: inout Diagnostics) -> [CompiledHeader] {
        let reader = PatternReader(resolver: resolver, discriminator: declaration.discriminator?.value)
        return declaration.headers.compactMap { header in
            guard let pattern = reader.read(header.value, diagnostics: &diagnostics) else { return nil }
            if pattern.isStamped, let path = pattern.properties.first(where: \.isOptional) {
                let gap = path.properties.first(where: \.mayBeMissing)
                if let gap, reportMisspelling(of: gap, diagnostics: &diagnostics) { return nil }
                diagnostics.error(
                    .placeholder, at: pattern.location,
                    "'{\(path.pointer.tokens.joined(separator: "."))}' may be absent, but another placeholder never is",
                    hint: "name a property that \(declaration.schema.value) requires")
                return nil
            }
            return CompiledHeader(name: header.name.value, pattern: pattern)
        }
    }
}
