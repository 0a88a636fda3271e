import JSONTape

extension CompiledMessage {
    /// Returns the message in the form that it has for an event: of a union with the discriminator, the case of the event.
    package func form(of event: CompiledEvent) -> CompiledMessage {
        variant(of: event).map(form(in:)) ?? self
    }

    /// Returns the message in a case of the union that has its discriminator.
    package func form(in variant: MessageVariant) -> CompiledMessage {
        CompiledMessage(
            declaration: declaration, access: access, topic: topic,
            type: variants?.property == nil ? .structure(variant.structure) : type, resolver: variant.resolver,
            root: root,
            guarantees: guarantees, rules: rules, discriminator: variant.discriminator, variants: variants,
            identification: identification, recordKey: recordKey, headers: headers, envelope: variant.envelope,
            events: events, protection: protection)
    }

    package func variant(of event: CompiledEvent) -> MessageVariant? {
        variants?.cases.first { $0.events.contains { $0.name == event.caseName } }
    }

    /// Returns the strings that a property can have, in all forms of the message; `nil` where it may be absent or has other
    /// values.
    func strings(at pointer: JSONPointer) -> [String]? {
        let forms = variants.map { $0.contains(pointer) ? $0.cases.map(form(in:)) : [self] } ?? [self]
        let values = forms.compactMap { form -> [String]? in
            guard let path = form.resolver.resolve(pointer), !path.isOptional, case .enumeration(let type) = path.type
            else { return nil }
            return form.resolver.enumeration(type)?.cases.map(\.rawValue)
        }
        return values.count == forms.count ? values.flatMap(\.self) : nil
    }
}
