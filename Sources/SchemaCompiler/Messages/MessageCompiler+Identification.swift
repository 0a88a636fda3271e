import ContractModel
import JSONTape

extension MessageCompiler {
    /// Returns the form in which readers identify the message: that of the manifest, otherwise by the discriminator,
    /// otherwise by the topic.
    func identification(
        variants: MessageVariants?, headers: [CompiledHeader], events: [CompiledEvent],
        diagnostics: inout Diagnostics
    ) -> CompiledMessage.Identification {
        switch declaration.identification {
        case .topic?: return .topic
        case .property(let pointer)?:
            return .property(pointer.value, values: values(at: pointer, variants, diagnostics: &diagnostics))
        case .header(let name)?:
            return .header(
                name.value, values: values(of: name, headers, events, diagnostics: &diagnostics))
        case nil:
            guard let discriminator = declaration.discriminator else { return .topic }
            return .property(discriminator.value, values: events.map(\.declaration.name.value))
        }
    }

    /// Returns the strings that an identifying property can have, in all cases of a union that has it.
    private func values(
        at pointer: Located<JSONPointer>, _ variants: MessageVariants?, diagnostics: inout Diagnostics
    ) -> [String] {
        guard let variants, variants.contains(pointer.value) else {
            return values(at: pointer, diagnostics: &diagnostics)
        }
        var all: [String] = []
        for variant in variants.cases {
            var found = Diagnostics()
            let compiler = compiler(in: variant, diagnostics: &found)
            let values = compiler.values(at: pointer, diagnostics: &diagnostics)
            all += values.filter { !all.contains($0) }
        }
        return all
    }

    /// Returns the strings that an identifying property can have.
    private func values(at pointer: Located<JSONPointer>, diagnostics: inout Diagnostics) -> [String] {
        guard let path = resolve(pointer, diagnostics: &diagnostics) else { return [] }
        guard !path.isSensitive else {
            refuse(path, at: pointer.location, as: "what identifies messages", diagnostics: &diagnostics)
            return []
        }
        guard case .enumeration(let enumPath) = path.type, let values = resolver.enumeration(enumPath) else {
            diagnostics.error(
                .discriminator, at: pointer.location,
                "'\(path.pointer)' identifies \(declaration.name.value), and must be a string with 'const' or 'enum', "
                    + "found \(path.type.summary)",
                hint: "give it a 'const' in \(schemaWords)")
            return []
        }
        if path.isOptional {
            reportOptional(
                path.properties, at: pointer.location,
                as: "'\(path.pointer)' identifies \(declaration.name.value), but", diagnostics: &diagnostics)
        }
        return values.cases.map(\.rawValue)
    }

    /// Returns the values that an identifying header can have. The message itself must send it, so that what is sent can be read.
    private func values(
        of name: Located<String>, _ headers: [CompiledHeader], _ events: [CompiledEvent],
        diagnostics: inout Diagnostics
    ) -> [String] {
        guard let header = headers.first(where: { $0.name == name.value }) else {
            guard !declaration.headers.contains(where: { $0.name.value == name.value }) else { return [] }
            diagnostics.error(
                .discriminator, at: name.location,
                "the header '\(name.value)' identifies \(declaration.name.value), which does not send it",
                hint: "add it to the message's 'headers' with a constant value")
            return []
        }
        if let constant = header.pattern.constant { return [constant] }
        if header.pattern.parts.count == 1, case .event = header.pattern.parts[0] {
            return events.map(\.declaration.name.value)
        }
        if header.pattern.parts.count == 1, case .property(let path) = header.pattern.parts[0],
            path.pointer == declaration.discriminator?.value
        {
            return events.map(\.declaration.name.value)
        }
        diagnostics.error(
            .discriminator, at: header.pattern.location,
            "the header '\(name.value)' identifies \(declaration.name.value), and must have a value that is known",
            hint: "give it a constant text, or {event} as its only placeholder")
        return []
    }
}
