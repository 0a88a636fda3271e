import ContractModel
import JSONTape

extension MessageCompiler {
    /// Returns the message's events, in the order of the discriminator's enum. Their fixed and required properties are checked
    /// whether or not the discriminator is complete.
    func events(
        of discriminator: PropertyPath?, _ variants: MessageVariants?, diagnostics: inout Diagnostics
    ) -> [CompiledEvent] {
        let allContents = declaration.events.map { event -> EventContents in
            guard let variants else { return contents(of: event, diagnostics: &diagnostics) }
            // The properties of an event are those of its case. An unknown event is reported by its name.
            guard let variant = variants.variant(of: event.name.value) else { return ([], [], []) }
            var known = Diagnostics()
            return compiler(in: variant, diagnostics: &known).contents(of: event, diagnostics: &diagnostics)
        }
        guard declaration.discriminator != nil else {
            return [onlyEvent(allContents.first ?? ([], [], []), diagnostics: &diagnostics)]
        }
        guard let values = variants?.events ?? discriminator.flatMap({ enumeration(of: $0) }) else { return [] }
        if !declaration.events.isEmpty { checkNames(against: values, diagnostics: &diagnostics) }
        let places = Dictionary(
            declaration.events.enumerated().map { (JSONName($1.name.value), $0) },
            uniquingKeysWith: { first, _ in first })
        let prefix = sharedPrefix(of: values.cases.map(\.rawValue))
        var events: [CompiledEvent] = []
        var names: [String: String] = [:]
        for value in values.cases {
            let place = places[JSONName(value.rawValue)]
            guard place != nil || self.declaration.events.isEmpty else { continue }
            let declaration =
                place.map { self.declaration.events[$0] }
                ?? EventDeclaration(name: Located(value.rawValue, at: self.declaration.name.location))
            let contents: EventContents = place.map { allContents[$0] } ?? ([], [], [])
            let event = CompiledEvent(
                declaration: declaration, caseName: value.name,
                valueName: variants?.variant(of: value.rawValue)?.valueName(of: value.name) ?? value.name,
                factoryName: declaration.swiftName?.value
                    ?? SwiftName.member(String(value.rawValue.dropFirst(prefix.count))),
                fixed: contents.fixed, required: contents.required, forbidden: contents.forbidden)
            if let other = names[event.factoryName] {
                diagnostics.error(
                    .nameCollision, at: declaration.name.location,
                    "'\(value.rawValue)' and '\(other)' both become '\(event.factoryName)' in Swift",
                    hint: "set the 'swift_name' of one of them")
            } else {
                names[event.factoryName] = value.rawValue
            }
            checkFactoryName(of: event, diagnostics: &diagnostics)
            events.append(event)
        }
        return events
    }

    private typealias EventContents = (
        fixed: [CompiledEvent.Fixed], required: [PropertyPath], forbidden: [PropertyPath]
    )

    private func contents(of event: EventDeclaration, diagnostics: inout Diagnostics) -> EventContents {
        (
            fixed: event.fixed.compactMap { fixed($0, diagnostics: &diagnostics) },
            required: event.required.compactMap { required($0, diagnostics: &diagnostics) },
            forbidden: event.forbidden.compactMap { forbidden($0, by: event, diagnostics: &diagnostics) }
        )
    }

    private func enumeration(of path: PropertyPath) -> EnumType? {
        if case .enumeration(let type) = path.type { resolver.enumeration(type) } else { nil }
    }

    /// Returns the event of a message without a discriminator: the one that the manifest describes, or one of the message's name.
    private func onlyEvent(_ contents: EventContents, diagnostics: inout Diagnostics) -> CompiledEvent {
        let event = declaration.events.first ?? EventDeclaration(name: declaration.name, summary: declaration.summary)
        let compiled = CompiledEvent(
            declaration: event, caseName: SwiftName.member(event.name.value),
            valueName: SwiftName.member(event.name.value), factoryName: event.swiftName?.value ?? "draft",
            fixed: contents.fixed, required: contents.required,
            forbidden: contents.forbidden)
        checkFactoryName(of: compiled, diagnostics: &diagnostics)
        return compiled
    }

    private func checkFactoryName(of event: CompiledEvent, diagnostics: inout Diagnostics) {
        guard Self.messageMembers.contains(event.factoryName) else { return }
        let name = event.declaration.name
        diagnostics.error(
            .nameCollision, at: name.location,
            "'\(name.value)' becomes '\(event.factoryName)' in Swift, which every message already has",
            hint: "set its 'swift_name'")
    }

    /// Static members of messages, which a factory with the same parameters, or without any, would redeclare.
    private static let messageMembers: Set<String> = [
        "messageName", "discriminator", "identification", "topic", "isValidByConstruction", "tombstone",
    ]

    private func checkNames(against values: EnumType, diagnostics: inout Diagnostics) {
        guard let discriminator = declaration.discriminator else { return }
        let known = values.cases.map(\.rawValue)
        let knownNames = Set(known.map(JSONName.init))
        var declared = Set(declaration.events.map { JSONName($0.name.value) })
        for event in declaration.events where !knownNames.contains(JSONName(event.name.value)) {
            let meant = Suggestion.nearest(to: event.name.value, among: known)
            // The event that was misspelt is not missing as well.
            if let meant { declared.insert(JSONName(meant)) }
            diagnostics.error(
                .unknownEvent, at: event.name.location,
                "'\(event.name.value)' is not a value of '\(discriminator.value)' in \(declaration.schema.value)",
                hint: meant.map { "did you mean '\($0)'?" } ?? "values there: " + Suggestion.list(known))
        }
        for value in known where declaration.hasCompleteEvents && !declared.contains(JSONName(value)) {
            diagnostics.error(
                .missingEvent, at: discriminator.location,
                "'\(discriminator.value)' can be '\(value)', but 'events' does not declare it",
                hint: "add '\(value):' to the events of \(declaration.name.value)")
        }
    }

    /// Returns the first word and its dot, where every event has it and something after it: `job.`.
    private func sharedPrefix(of names: [String]) -> String {
        guard let first = names.first, let dot = first.firstIndex(of: ".") else { return "" }
        let prefix = String(first[...dot])
        return names.allSatisfy { $0.hasPrefix(prefix) && $0.count > prefix.count } ? prefix : ""
    }

    private func required(
        _ pointer: Located<JSONPointer>, diagnostics: inout Diagnostics
    ) -> PropertyPath? {
        guard let path = resolve(pointer, diagnostics: &diagnostics),
            isReachable(path, at: pointer.location, diagnostics: &diagnostics),
            isSettable(path, at: pointer.location, as: "required by an event", diagnostics: &diagnostics)
        else { return nil }
        return path
    }

    /// Returns a property that an event must not have: one that messages may leave out, and that nothing puts in.
    private func forbidden(
        _ pointer: Located<JSONPointer>, by event: EventDeclaration, diagnostics: inout Diagnostics
    ) -> PropertyPath? {
        // Where an object on the way is absent, so is the property.
        guard let path = resolve(pointer, diagnostics: &diagnostics),
            isSettable(path, at: pointer.location, as: "forbidden by an event", diagnostics: &diagnostics)
        else { return nil }
        let isWithin = { (other: JSONPointer) in other.tokens.starts(with: path.pointer.tokens) }
        let reason: (text: String, hint: String)? =
            if path.properties.last?.isRequired == true {
                ("is required by \(schemaWords)", "remove it from 'forbids'")
            } else if path.properties.last?.defaultValue != nil {
                ("has a default, which is always written", "remove it from 'forbids', or the default from the schema")
            } else if event.fixed.contains(where: { isWithin($0.property.value) }) {
                ("is fixed by the same event", "remove it from 'forbids' or 'fixed'")
            } else if event.required.contains(where: { isWithin($0.value) }) {
                ("is required by the same event", "remove it from 'forbids' or 'requires'")
            } else if declaration.envelope.contains(where: { isWithin($0.property.value) }) {
                ("is filled by the envelope", "remove it from 'forbids' or 'envelope'")
            } else {
                nil
            }
        guard let reason else { return path }
        diagnostics.error(
            .forbiddenProperty, at: pointer.location, "'\(path.pointer)' \(reason.text), and can't be forbidden",
            hint: reason.hint)
        return nil
    }

    private func fixed(
        _ fixed: EventDeclaration.FixedValue, diagnostics: inout Diagnostics
    ) -> CompiledEvent.Fixed? {
        guard let path = resolve(fixed.property, diagnostics: &diagnostics),
            isReachable(path, at: fixed.property.location, diagnostics: &diagnostics),
            isSettable(path, at: fixed.property.location, as: "fixed", diagnostics: &diagnostics)
        else { return nil }
        guard path.pointer != declaration.discriminator?.value else {
            diagnostics.error(
                .fixedValue, at: fixed.property.location, "the discriminator is fixed by the event's own name",
                hint: "remove '\(path.pointer)' from 'fixed'")
            return nil
        }
        guard !path.isSensitive else {
            refuse(
                path, at: fixed.property.location, as: "fixed: the contract would state the value",
                hint: "remove it from 'fixed'", diagnostics: &diagnostics)
            return nil
        }
        guard path.type.hasLiterals else {
            diagnostics.error(
                .fixedValue, at: fixed.property.location,
                "'\(path.pointer)' is \(path.type.summary), and can't be fixed",
                hint: "a string, an enum, a number or a boolean can")
            return nil
        }
        guard let value = LiteralValue(fixed.value, of: path.type, enumCase: resolver.enumCase),
            isValid(fixed.value, for: path)
        else {
            diagnostics.error(
                .fixedValue, at: fixed.value.location,
                "'\(path.pointer)' can't be \(fixed.value.jsonValue.shortDescription) by \(schemaWords)",
                hint: expectation(of: path))
            return nil
        }
        return CompiledEvent.Fixed(property: path, value: value)
    }

    func isReachable(
        _ path: PropertyPath, at location: SourceLocation, diagnostics: inout Diagnostics
    ) -> Bool {
        let way = path.properties.dropLast()
        guard let gap = way.first(where: \.mayBeMissing) else { return true }
        reportOptional(
            way, at: location, as: "'\(gap.jsonName)' on the way to '\(path.pointer)'", diagnostics: &diagnostics)
        return false
    }

    private func isValid(_ value: SourceNode, for path: PropertyPath) -> Bool {
        guard let schema = path.properties.last?.schema else { return false }
        return StatedValueChecker(types.model).isValid(value, by: schema)
    }

    private func expectation(of path: PropertyPath) -> String {
        if case .enumeration(let enumPath) = path.type, let values = resolver.enumeration(enumPath) {
            return "expected one of: " + Suggestion.list(values.cases.lazy.map(\.rawValue))
        }
        return "expected \(path.type.summary) that the schema allows"
    }

    /// Returns the rules of events that a validator checks, in addition to the schema.
    func rules(of events: [CompiledEvent]) -> EventRules {
        let rules = events.compactMap { event -> EventRules.Rule? in
            let fixed = Set(event.fixed.map(\.property.pointer))
            let required = event.required.filter { $0.isOptional && !fixed.contains($0.pointer) }
            guard !event.fixed.isEmpty || !required.isEmpty || !event.forbidden.isEmpty else { return nil }
            return EventRules.Rule(
                event: event.declaration.name.value,
                fixed: event.fixed.map { .init(pointer: $0.property.pointer, value: $0.value.jsonValue) },
                required: required.map(\.pointer), forbidden: event.forbidden.map(\.pointer),
                location: manifestName + "#"
                    + JSONPointer(tokens: ["messages", declaration.name.value, "events", event.declaration.name.value])
                    .description)
        }
        return EventRules(discriminator: declaration.discriminator?.value, rules: rules)
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
