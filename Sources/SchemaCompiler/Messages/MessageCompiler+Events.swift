import ContractModel
import JSONTape

extension MessageCompiler {
    /// The message's events, in the order of the discriminator's enum.
    func events(of discriminator: PropertyPath, diagnostics: inout Diagnostics) -> [CompiledEvent] {
        guard case .enumeration(let path) = discriminator.type, let values = resolver.enumeration(path) else {
            return []
        }
        checkNames(against: values, diagnostics: &diagnostics)
        let prefix = sharedPrefix(of: values.cases.map(\.rawValue))
        var events: [CompiledEvent] = []
        for value in values.cases {
            guard let declaration = declaration.events.first(where: { $0.name.value == value.rawValue }) else {
                continue
            }
            let fixed = declaration.fixed.compactMap { fixed in
                self.fixed(fixed, discriminator: discriminator, diagnostics: &diagnostics)
            }
            let required = declaration.required.compactMap { pointer -> PropertyPath? in
                guard let path = resolve(pointer, diagnostics: &diagnostics),
                    isReachable(path, at: pointer.location, diagnostics: &diagnostics)
                else { return nil }
                return path
            }
            let event = CompiledEvent(
                declaration: declaration, caseName: value.name,
                factoryName: SwiftName.member(String(value.rawValue.dropFirst(prefix.count))), fixed: fixed,
                required: required)
            if let other = events.first(where: { $0.factoryName == event.factoryName }) {
                diagnostics.error(
                    .nameCollision, at: declaration.name.location,
                    "'\(value.rawValue)' and '\(other.declaration.name.value)' both become '\(event.factoryName)' in Swift",
                    hint: "rename one of them")
            }
            events.append(event)
        }
        return events
    }

    private func checkNames(against values: EnumType, diagnostics: inout Diagnostics) {
        let known = values.cases.map(\.rawValue)
        for event in declaration.events where !known.contains(event.name.value) {
            diagnostics.error(
                .unknownEvent, at: event.name.location,
                "'\(event.name.value)' is no value of '\(declaration.discriminator.value)' in \(declaration.schema.value)",
                hint: Suggestion.nearest(to: event.name.value, among: known).map { "did you mean '\($0)'?" }
                    ?? "values there: " + known.joined(separator: ", "))
        }
        let declared = Set(declaration.events.map(\.name.value))
        for value in known where !declared.contains(value) {
            diagnostics.error(
                .missingEvent, at: declaration.discriminator.location,
                "'\(declaration.discriminator.value)' can be '\(value)', but 'events' does not declare it",
                hint: "add '\(value):' to the events of \(declaration.name.value)")
        }
    }

    /// The first word and its dot, where every event has it and something after it: `job.`.
    private func sharedPrefix(of names: [String]) -> String {
        guard let first = names.first, let dot = first.firstIndex(of: ".") else { return "" }
        let prefix = String(first[...dot])
        return names.allSatisfy { $0.hasPrefix(prefix) && $0.count > prefix.count } ? prefix : ""
    }

    private func fixed(
        _ fixed: EventDeclaration.FixedValue, discriminator: PropertyPath, diagnostics: inout Diagnostics
    ) -> CompiledEvent.Fixed? {
        guard let path = resolve(fixed.property, diagnostics: &diagnostics),
            isReachable(path, at: fixed.property.location, diagnostics: &diagnostics)
        else { return nil }
        guard path.pointer != discriminator.pointer else {
            diagnostics.error(
                .fixedValue, at: fixed.property.location, "the discriminator is fixed by the event's own name",
                hint: "take '\(path.pointer)' out of 'fixed'")
            return nil
        }
        guard path.type.hasLiterals else {
            diagnostics.error(
                .fixedValue, at: fixed.property.location,
                "'\(path.pointer)' is \(path.type.summary), and can't be fixed",
                hint: "a string, an enum, a number or a boolean can")
            return nil
        }
        guard let value = LiteralValue(fixed.value, of: path.type, enumeration: resolver.enumeration),
            isValid(fixed.value, for: path)
        else {
            diagnostics.error(
                .fixedValue, at: fixed.value.location,
                "'\(path.pointer)' can't be \(fixed.value.jsonValue.shortDescription) by \(declaration.schema.value)",
                hint: expectation(of: path))
            return nil
        }
        return CompiledEvent.Fixed(property: path, value: value)
    }

    private func isReachable(
        _ path: PropertyPath, at location: SourceLocation, diagnostics: inout Diagnostics
    ) -> Bool {
        if let gap = path.properties.dropLast().first(where: \.isOptional) {
            diagnostics.error(
                .pointerOptional, at: location, "'\(gap.jsonName)' on the way to '\(path.pointer)' may be absent",
                hint: "add it to 'required' in \(declaration.schema.value)")
            return false
        }
        return true
    }

    private func isValid(_ value: SourceNode, for path: PropertyPath) -> Bool {
        guard let schema = path.properties.last?.schema else { return false }
        return (try? graph.failures(of: value, by: schema).isEmpty) ?? false
    }

    private func expectation(of path: PropertyPath) -> String {
        if case .enumeration(let enumPath) = path.type, let values = resolver.enumeration(enumPath) {
            return "expected one of: " + values.cases.map(\.rawValue).joined(separator: ", ")
        }
        return "expected \(path.type.summary) that the schema allows"
    }

    /// What a validator checks of events beyond the schema.
    func rules(of events: [CompiledEvent]) -> EventRules {
        let rules = events.compactMap { event -> EventRules.Rule? in
            let required = event.required.filter { path in
                path.isOptional && !event.fixed.contains { $0.property.pointer == path.pointer }
            }
            guard !event.fixed.isEmpty || !required.isEmpty else { return nil }
            return EventRules.Rule(
                event: event.declaration.name.value,
                fixed: event.fixed.map { .init(pointer: $0.property.pointer, value: $0.value.jsonValue) },
                required: required.map(\.pointer),
                location: manifestName + "#"
                    + JSONPointer(tokens: ["messages", declaration.name.value, "events", event.declaration.name.value])
                    .description)
        }
        return EventRules(discriminator: declaration.discriminator.value, rules: rules)
    }
}

extension LiteralValue {
    fileprivate var jsonValue: JSONValue {
        switch self {
        case .string(let text), .enumCase(_, let text, _): .string(text)
        case .integer(let value): .number(JSONNumber(value))
        case .double(let value): .number(JSONNumber(value) ?? 0)
        case .bool(let value): .bool(value)
        }
    }
}
