import ContractModel
import JSONTape

extension MessageCompiler {
    /// The union that has the discriminator; `nil` where the discriminator is outside of unions.
    var discriminatingUnion: (properties: [StructProperty], type: UnionType)? {
        guard let pointer = declaration.discriminator?.value, !pointer.tokens.isEmpty else { return nil }
        return resolver.union(on: pointer)
    }

    /// Returns the cases of the union that has the discriminator. Each states the values of its events by an enum or a constant,
    /// which no other case has.
    func variants(diagnostics: inout Diagnostics) -> MessageVariants? {
        guard let pointer = declaration.discriminator, let union = discriminatingUnion,
            resolver.isComplete(at: pointer.value)
        else { return nil }
        guard !union.properties.contains(where: \.mayBeMissing) else {
            reportOptional(
                union.properties, at: pointer.location, as: "the discriminator '\(pointer.value)'",
                diagnostics: &diagnostics)
            return nil
        }
        var variants: [MessageVariant] = []
        var owners: [String: String] = [:]
        var events: [EnumType.Case] = []
        for alternative in union.type.cases {
            guard var variant = variant(alternative, of: union.type, pointer, diagnostics: &diagnostics) else {
                return nil
            }
            for event in variant.events.indices {
                let value = variant.events[event].value
                if let other = owners.updateValue(alternative.name, forKey: value.rawValue) {
                    diagnostics.error(
                        .discriminator, at: pointer.location,
                        "the cases '\(other)' and '\(alternative.name)' of \(declaration.schema.value) both have "
                            + "'\(value.rawValue)' at '\(pointer.value)'",
                        hint: "give the discriminator another value in each case")
                    return nil
                }
                let name = SwiftName.unique([value.name], besides: Set(events.map(\.name)))
                variant.events[event].name = name
                events.append(EnumType.Case(name: name, rawValue: value.rawValue))
            }
            variants.append(variant)
        }
        guard fillEnvelopes(of: &variants, diagnostics: &diagnostics) else { return nil }
        let place = JSONPointer(tokens: Array(pointer.value.tokens.prefix(union.properties.count)))
        return MessageVariants(
            property: union.properties.isEmpty ? nil : PropertyPath(pointer: place, properties: union.properties),
            cases: variants,
            events: EnumType(
                path: Array(type.path.prefix(1)) + ["MessageType"], documentation: ["The message's events."],
                cases: events, isOpen: false))
    }

    private func variant(
        _ alternative: UnionType.Case, of union: UnionType, _ pointer: Located<JSONPointer>,
        diagnostics: inout Diagnostics
    ) -> MessageVariant? {
        func refuse(_ reason: String, hint: String? = nil) {
            diagnostics.error(
                .discriminator, at: pointer.location,
                "the discriminator '\(pointer.value)' must be a required string with a 'const' or an 'enum' in each case "
                    + "of the union; the case '\(alternative.name)' of \(declaration.schema.value) \(reason)",
                hint: hint
                    ?? "state the events of the case by 'const' or 'enum', or make a message of each case, as in "
                    + "'schema: \(declaration.schema.value)#/oneOf/0'")
        }
        guard let structure = resolver.structure(of: alternative.type), !structure.isWrapper else {
            refuse("is \(alternative.type.summary)")
            return nil
        }
        let resolver = resolver.choosing(structure, of: union)
        guard resolver.isComplete(at: pointer.value) else { return nil }
        guard let path = resolver.resolve(pointer.value) else {
            refuse("has no such property")
            return nil
        }
        guard !path.isSensitive else {
            self.refuse(path, at: pointer.location, as: "the discriminator", diagnostics: &diagnostics)
            return nil
        }
        guard case .enumeration(let type) = path.type, let values = resolver.enumeration(type), !values.isOpen else {
            refuse("has \(path.type.summary)")
            return nil
        }
        guard !path.isOptional, !path.isInUnion else {
            refuse(
                path.isInUnion ? "has it in another union" : "does not require it",
                hint: path.isInUnion ? nil : "add it, and each object on the way to it, to the 'required' of the case")
            return nil
        }
        return MessageVariant(
            caseName: alternative.name, structure: structure, resolver: resolver, discriminator: path,
            events: values.cases.map { MessageVariant.Event(value: $0, name: $0.name) })
    }

    /// Compiles the envelope for each case. Of the cases in which it is wrong, the first is reported.
    private func fillEnvelopes(of variants: inout [MessageVariant], diagnostics: inout Diagnostics) -> Bool {
        for index in variants.indices {
            var found = Diagnostics()
            let compiler = compiler(in: variants[index], diagnostics: &found)
            variants[index].envelope = compiler.checkedEnvelope(diagnostics: &found)
            let isWrong = found.hasErrors
            diagnostics.append(found)
            if isWrong { return false }
        }
        return true
    }
}
