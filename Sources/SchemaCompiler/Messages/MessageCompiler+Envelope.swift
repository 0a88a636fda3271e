import ContractModel
import JSONTape

extension MessageCompiler {
    /// Returns the patterns of the envelope, none of which is filled from itself.
    func checkedEnvelope(diagnostics: inout Diagnostics) -> [CompiledEnvelopeRule] {
        let envelope = envelope(diagnostics: &diagnostics)
        checkCycles(envelope, diagnostics: &diagnostics)
        return envelope
    }

    /// Returns the patterns of the envelope, checked against the types of their properties.
    private func envelope(diagnostics: inout Diagnostics) -> [CompiledEnvelopeRule] {
        let reader = PatternReader(resolver: resolver, discriminator: declaration.discriminator?.value)
        let filled = Set(declaration.envelope.map(\.property.value))
        let fixed = Set(declaration.events.flatMap(\.fixed).map(\.property.value))
        return declaration.envelope.compactMap { rule in
            let path = resolve(rule.property, diagnostics: &diagnostics)
            let pattern = reader.read(rule.value, diagnostics: &diagnostics)
            guard let path, let pattern else { return nil }
            guard isFillable(path, at: rule.property.location, fixed: fixed, diagnostics: &diagnostics),
                fits(pattern, path, diagnostics: &diagnostics),
                hasNoGaps(pattern, filled: filled, diagnostics: &diagnostics)
            else { return nil }
            return CompiledEnvelopeRule(property: path, pattern: pattern)
        }
    }

    /// Returns whether a factory can fill a property: it is neither the discriminator nor below an object that may be absent.
    private func isFillable(
        _ path: PropertyPath, at location: SourceLocation, fixed: Set<JSONPointer>, diagnostics: inout Diagnostics
    ) -> Bool {
        if path.pointer == declaration.discriminator?.value {
            diagnostics.error(
                .envelope, at: location, "the discriminator is filled by the event, not by the envelope",
                hint: "remove '\(path.pointer)' from 'envelope'")
            return false
        }
        guard isSettable(path, at: location, as: "filled", diagnostics: &diagnostics) else { return false }
        if path.properties.count > 2 {
            diagnostics.error(
                .envelope, at: location, "'\(path.pointer)' is nested too deep to be filled",
                hint: "the envelope fills properties of the message and of the objects that it must have")
            return false
        }
        guard isReachable(path, at: location, diagnostics: &diagnostics) else { return false }
        if fixed.contains(path.pointer) {
            diagnostics.error(
                .envelope, at: location, "'\(path.pointer)' is both filled by the envelope and fixed by an event")
            return false
        }
        return true
    }

    private func fits(_ pattern: MessagePattern, _ path: PropertyPath, diagnostics: inout Diagnostics) -> Bool {
        // A sensitive property is refused by itself.
        guard !path.isSensitive else { return true }
        let problem: String? =
            switch path.type {
            case .string: nil
            case .timestamp: pattern.isOnlyNow ? nil : "a timestamp is filled with \"{now}\""
            case .integer: pattern.isOnlyMilliseconds ? nil : "a whole number is filled with \"{now.ms}\""
            case .uuid, .date, .url:
                "the envelope fills strings, timestamps and whole numbers; \"x-swift-type\": \"String\" keeps it a string"
            case .double, .bool, .enumeration, .value, .object, .array, .dictionary, .structure, .unsignedInteger,
                .exactNumber, .null, .optional, .nullable, .sensitive, .composite:
                "the envelope fills strings, timestamps and whole numbers"
            }
        guard let problem else { return true }
        diagnostics.error(
            .envelope, at: pattern.location, "this pattern can't fill '\(path.pointer)', which is \(path.type.summary)",
            hint: problem)
        return false
    }

    private func hasNoGaps(
        _ pattern: MessagePattern, filled: Set<JSONPointer>, diagnostics: inout Diagnostics
    ) -> Bool {
        for case .property(let path) in pattern.parts where path.isOptional && !filled.contains(path.pointer) {
            reportOptional(
                path.properties, at: pattern.location,
                as: "the placeholder '{\(path.pointer.tokens.joined(separator: "."))}'", diagnostics: &diagnostics)
            return false
        }
        return true
    }

    /// Refuses properties that are filled from each other in a circle.
    private func checkCycles(_ envelope: [CompiledEnvelopeRule], diagnostics: inout Diagnostics) {
        let sources = Dictionary(
            envelope.map { rule in (rule.property.pointer, rule.pattern.properties.map(\.pointer)) },
            uniquingKeysWith: { first, _ in first })
        let patterns = Dictionary(
            envelope.map { ($0.property.pointer, $0.pattern) }, uniquingKeysWith: { first, _ in first })
        let walk = DepthFirstWalk(through: envelope.map(\.property.pointer)) { sources[$0] ?? [] }
        for (_, pointer) in walk.circles {
            guard let pattern = patterns[pointer] else { continue }
            diagnostics.error(
                .placeholder, at: pattern.location, "'\(pointer)' is filled from itself",
                hint: "break the cycle of placeholders")
        }
        if walk.circles.isEmpty { checkExtent(envelope, diagnostics: &diagnostics) }
    }

    /// The extent of a pattern through the patterns of the properties that it names.
    private struct Extent: Hashable {
        var steps = 0
        /// Strings and placeholders when all of them are put in.
        var parts = 1

        static let most = Extent(steps: 16, parts: 500)
    }

    /// Reports patterns that become too long because they contain each other.
    private func checkExtent(_ envelope: [CompiledEnvelopeRule], diagnostics: inout Diagnostics) {
        var extents = Dictionary(
            envelope.map { ($0.property.pointer, Extent()) }, uniquingKeysWith: { first, _ in first })
        // Each round is right for one step more; without a circle, the last changes nothing.
        while true {
            let before = extents
            for rule in envelope {
                let inner = rule.pattern.properties.compactMap { before[$0.pointer] }
                let extent = Extent(
                    steps: (inner.map(\.steps).max() ?? -1) + 1,
                    parts: inner.reduce(rule.pattern.parts.count - inner.count) { $0 + $1.parts })
                guard extent.steps <= Extent.most.steps, extent.parts <= Extent.most.parts else {
                    diagnostics.error(
                        .placeholder, at: rule.pattern.location,
                        "'\(rule.property.pointer)' is filled from too many others, one through the other",
                        hint:
                            "at most \(Extent.most.steps) steps and \(Extent.most.parts) parts; name what they are filled from"
                    )
                    return
                }
                extents[rule.property.pointer] = extent
            }
            if extents == before { return }
        }
    }
}

extension MessagePattern {
    fileprivate var isOnlyNow: Bool {
        if parts.count == 1, case .now = parts[0] { true } else { false }
    }

    fileprivate var isOnlyMilliseconds: Bool {
        if parts.count == 1, case .nowMilliseconds = parts[0] { true } else { false }
    }
}
