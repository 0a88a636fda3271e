import ContractModel
import JSONSchema
import JSONTape

extension MessageCompiler {
    /// Returns the message's sensitive values; `nil` where it has none.
    func protection(
        _ encryption: EncryptionDeclaration?, headers: [CompiledHeader], envelope: [CompiledEnvelopeRule],
        diagnostics: inout Diagnostics
    ) -> CompiledProtection? {
        guard let graph = types.sensitivity[declaration.name.value] else { return nil }
        if graph.nodes.first?.category != nil {
            diagnostics.error(
                .sensitiveField, at: declaration.name.location, "the whole of \(declaration.name.value) is sensitive",
                hint: "mark its payload: nothing could tell what an encrypted message is")
            return nil
        }
        let keys = graph.categories.map { name in
            encryption?.categories.first { $0.name.value == name }?.keys
        }
        var protection = CompiledProtection(graph: graph, keys: keys)
        guard protection.encrypts else { return protection }
        protection.messageID = envelope.first { $0.pattern.containsID && !$0.property.isSensitive }?.property.pointer
        protection.marker = encryption?.marker.flatMap { marker(at: $0, graph, diagnostics: &diagnostics) }
        if let marker = protection.marker {
            checkUses(of: marker, headers: headers, envelope: envelope, diagnostics: &diagnostics)
        }
        return protection
    }

    // MARK: Refusals

    /// Reports a use of a sensitive value that would disclose it.
    func refuse(
        _ path: PropertyPath, at location: SourceLocation, as use: String,
        hint: String = "name a property that is not sensitive", diagnostics: inout Diagnostics
    ) {
        diagnostics.error(
            .sensitiveField, at: location, "'\(path.pointer)' is sensitive, and can't be \(use)", hint: hint)
    }

    /// Refuses sensitive values where they would be disclosed, and values of theirs that the contract states.
    func checkSensitive(
        recordKey: PropertyPath?, headers: [CompiledHeader], envelope: [CompiledEnvelopeRule],
        diagnostics: inout Diagnostics
    ) {
        guard types.sensitivity[declaration.name.value] != nil else { return }
        if let recordKey, recordKey.isSensitive, let location = declaration.recordKey?.location {
            refuse(recordKey, at: location, as: "the record key, which is sent in clear", diagnostics: &diagnostics)
        }
        for header in headers {
            for path in header.pattern.properties where path.isSensitive {
                refuse(
                    path, at: header.pattern.location, as: "in the header '\(header.name)', which is sent in clear",
                    diagnostics: &diagnostics)
            }
        }
        for rule in envelope {
            for path in rule.pattern.properties where path.isSensitive {
                refuse(
                    path, at: rule.pattern.location, as: "part of '\(rule.property.pointer)'",
                    diagnostics: &diagnostics)
            }
            if rule.property.isSensitive {
                let own = declaration.envelope.first { $0.property.value == rule.property.pointer }
                refuse(
                    rule.property, at: own?.property.location ?? rule.pattern.location, as: "filled by the envelope",
                    hint: "remove it from 'envelope', or mark another property", diagnostics: &diagnostics)
            }
        }
        checkStatedValues(diagnostics: &diagnostics)
        for (path, location) in types.sensitiveWithoutProperty.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
        where path.first == structure.path.first {
            diagnostics.error(
                .sensitiveField, at: location,
                "\(path.joined(separator: ".")) has sensitive values that no property holds",
                hint: "name the members in the schema, or mark an object around them as a whole")
        }
    }

    /// Refuses defaults and constants of sensitive values, and of values with sensitive parts.
    private func checkStatedValues(diagnostics: inout Diagnostics) {
        guard let graph = types.sensitivity[declaration.name.value], let root = types.root(of: declaration) else {
            return
        }
        var defaults: Set<SourceLocation> = []
        var constants: Set<SourceLocation> = []
        for node in types.sensitiveSchemas(of: declaration) {
            if let value = types.model[node].annotations.defaultValue { defaults.insert(value.location) }
        }
        let walk = SensitivityWalk(
            types.model, root: root, graph: graph, wanted: graph.categories.map { _ in true })
        for visit in walk.visits where visit.position != nil {
            guard let value = types.model[visit.schema].annotations.defaultValue,
                walk.states(value.jsonValue, at: visit.position)
            else { continue }
            defaults.insert(value.location)
        }
        for visit in walk.unconditionalVisits(from: root) {
            let isSensitive = walk.category(at: visit.position) != nil
            for assertion in types.model[visit.schema].assertions {
                guard case .values(let values) = assertion.kind,
                    !isSensitive || values.count(where: { $0 != .null }) == 1,
                    values.contains(where: { walk.states($0, at: visit.position) })
                else { continue }
                constants.insert(assertion.location)
            }
        }
        for location in defaults.sorted() {
            diagnostics.error(
                .sensitiveField, at: location, "a sensitive value has a default, which is a secret in clear",
                hint: "remove the default")
        }
        for location in constants.sorted() {
            diagnostics.error(
                .sensitiveField, at: location, "the schema states a sensitive value, which all can read",
                hint: "remove the 'const' or 'enum', or do not mark the value as sensitive")
        }
    }
}

extension MessagePattern {
    /// Whether each message has a different text.
    fileprivate var containsID: Bool {
        parts.contains { if case .id = $0 { true } else { false } }
    }
}
