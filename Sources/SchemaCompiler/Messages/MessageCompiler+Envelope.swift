import ContractModel
import JSONTape

extension MessageCompiler {
    /// What fills the envelope, each pattern fit for its property's type.
    func envelope(diagnostics: inout Diagnostics) -> [CompiledEnvelopeRule] {
        let reader = PatternReader(resolver: resolver)
        return declaration.envelope.compactMap { rule in
            let path = resolve(rule.property, diagnostics: &diagnostics)
            let pattern = reader.read(rule.value, diagnostics: &diagnostics)
            guard let path, let pattern else { return nil }
            guard isFillable(path, at: rule.property.location, diagnostics: &diagnostics),
                fits(pattern, path, diagnostics: &diagnostics),
                hasNoGaps(pattern, diagnostics: &diagnostics)
            else { return nil }
            return CompiledEnvelopeRule(property: path, pattern: pattern)
        }
    }

    /// Whether a factory can fill a property: it is neither the discriminator nor below an object that may be absent.
    private func isFillable(
        _ path: PropertyPath, at location: SourceLocation, diagnostics: inout Diagnostics
    ) -> Bool {
        if path.pointer == declaration.discriminator.value {
            diagnostics.error(
                .envelope, at: location, "the discriminator is filled by the event, not by the envelope",
                hint: "take '\(path.pointer)' out of 'envelope'")
            return false
        }
        if path.properties.count > 2 || path.properties.dropLast().contains(where: \.isOptional) {
            diagnostics.error(
                .envelope, at: location, "'\(path.pointer)' lies too deep to be filled",
                hint: "the envelope fills properties of the message and of the objects that it must have")
            return false
        }
        if declaration.events.contains(where: { $0.fixed.contains { $0.property.value == path.pointer } }) {
            diagnostics.error(
                .envelope, at: location, "'\(path.pointer)' is both filled by the envelope and fixed by an event")
            return false
        }
        return true
    }

    private func fits(_ pattern: MessagePattern, _ path: PropertyPath, diagnostics: inout Diagnostics) -> Bool {
        let problem: String? =
            switch path.type {
            case .string: nil
            case .timestamp: pattern.isOnlyNow ? nil : "a timestamp is filled with \"{now}\""
            case .integer: pattern.isOnlyMilliseconds ? nil : "a whole number is filled with \"{now.ms}\""
            case .double, .bool, .enumeration, .value, .object, .array, .dictionary, .structure:
                "the envelope fills strings, timestamps and whole numbers"
            }
        guard let problem else { return true }
        diagnostics.error(
            .envelope, at: pattern.location, "this pattern can't fill '\(path.pointer)', which is \(path.type.summary)",
            hint: problem)
        return false
    }

    private func hasNoGaps(_ pattern: MessagePattern, diagnostics: inout Diagnostics) -> Bool {
        for case .property(let path) in pattern.parts where path.isOptional {
            guard !declaration.envelope.contains(where: { $0.property.value == path.pointer }) else { continue }
            diagnostics.error(
                .pointerOptional, at: pattern.location,
                "the placeholder '{\(path.pointer.tokens.joined(separator: "."))}' may be absent",
                hint: "name a property that \(declaration.schema.value) requires")
            return false
        }
        return true
    }

    /// Refuses properties that are filled from each other in a circle.
    func checkCycles(_ envelope: [CompiledEnvelopeRule], diagnostics: inout Diagnostics) {
        let sources = Dictionary(
            envelope.map { rule in (rule.property.pointer, rule.pattern.properties.map(\.pointer)) },
            uniquingKeysWith: { first, _ in first })
        func leadsBack(_ pointer: JSONPointer, to start: JSONPointer, seen: inout Set<JSONPointer>) -> Bool {
            guard seen.insert(pointer).inserted else { return false }
            for source in sources[pointer] ?? [] {
                if source == start || leadsBack(source, to: start, seen: &seen) { return true }
            }
            return false
        }
        for rule in envelope {
            var seen: Set<JSONPointer> = []
            if leadsBack(rule.property.pointer, to: rule.property.pointer, seen: &seen) {
                diagnostics.error(
                    .placeholder, at: rule.pattern.location, "'\(rule.property.pointer)' is filled from itself",
                    hint: "break the circle of placeholders")
            }
        }
    }
}

extension MessagePattern {
    /// The properties that the pattern's text is made from.
    package var properties: [PropertyPath] {
        parts.compactMap { part in
            if case .property(let path) = part { path } else { nil }
        }
    }

    fileprivate var isOnlyNow: Bool {
        if parts.count == 1, case .now = parts[0] { true } else { false }
    }

    fileprivate var isOnlyMilliseconds: Bool {
        if parts.count == 1, case .nowMilliseconds = parts[0] { true } else { false }
    }
}
