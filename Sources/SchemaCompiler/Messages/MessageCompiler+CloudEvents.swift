import ContractModel
import JSONTape

extension MessageCompiler {
    /// Returns the envelope's rules for the attributes of a CloudEvent in structured mode which the manifest does not
    /// fill, and which no constant of the schema fills.
    func cloudEventRules(diagnostics: inout Diagnostics) -> [EnvelopeRule] {
        guard let mode = declaration.cloudEvents, mode.value == .structured else { return [] }
        checkAttributeNames(diagnostics: &diagnostics)
        return CloudEvents.attributes.compactMap { attribute in
            let pointer = JSONPointer(tokens: [attribute.name])
            guard resolver.isComplete(at: pointer) else { return nil }
            guard let path = resolver.resolve(pointer) else {
                if attribute.isRequired { reportMissing(attribute.name, at: mode.location, diagnostics: &diagnostics) }
                return nil
            }
            guard !attribute.isRequired || !path.isOptional else {
                reportMissing(attribute.name, at: mode.location, diagnostics: &diagnostics)
                return nil
            }
            let isFilled = declaration.envelope.contains { $0.property.value == pointer }
            guard !isFilled, let pattern = attribute.pattern, !path.isEnumeration else { return nil }
            return EnvelopeRule(
                property: Located(pointer, at: mode.location), value: Located(pattern, at: mode.location))
        }
    }

    private func reportMissing(_ name: String, at location: SourceLocation, diagnostics: inout Diagnostics) {
        diagnostics.error(
            .envelope, at: location,
            "\(schemaWords) does not require '\(name)', which every CloudEvent has",
            hint:
                "add it to 'properties' and 'required' at the root, or write 'envelope: {cloudevents: binary}' where the "
                + "schema is that of the data")
    }

    private func checkAttributeNames(diagnostics: inout Diagnostics) {
        for property in structure.properties where !CloudEvents.isAttributeName(property.jsonName) {
            diagnostics.error(
                .envelope, at: property.location, "invalid name '\(property.jsonName)' of a CloudEvent's attribute",
                hint: "the names consist of lower-case letters and digits; other members belong into 'data'")
        }
    }
}

extension PropertyPath {
    fileprivate var isEnumeration: Bool {
        if case .enumeration = type { true } else { false }
    }
}
