import JSONTape

/// A reader of the manifest's messages and their events.
struct MessageReader {
    private static let messageKeys = [
        "description", "swift_name", "schema", "topic", "key", "headers", "discriminator", "identified_by", "envelope",
        "open_enums", "swift_names", "unknown_members", "sensitive", "compatibility", "events",
        "allow",
    ]
    private static let eventKeys = ["description", "swift_name", "fixed", "requires", "forbids", "allow"]

    /// The keys of topics; `nil` if they are incomplete, so that no topic is reported as unknown.
    let topics: DeclaredNames?
    /// The contract's own `identified_by`, for the messages that have none.
    let identification: IdentificationDeclaration?
    /// The contract's own `unknown_members`.
    let keepsUnknownMembers: Bool

    func read(_ manifest: ManifestMapping, diagnostics: inout Diagnostics) -> [MessageDeclaration] {
        guard let node = manifest.required("messages", diagnostics: &diagnostics),
            let mapping = ManifestMapping(node, "'messages'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        mapping.checkNotEmpty("message", diagnostics: &diagnostics)
        return mapping.entries.compactMap { message($0, diagnostics: &diagnostics) }
    }

    private func message(_ entry: SourceNode.Entry, diagnostics: inout Diagnostics) -> MessageDeclaration? {
        guard
            let mapping = ManifestMapping(
                entry.value, "the message '\(entry.key.value)'", keys: Self.messageKeys, diagnostics: &diagnostics)
        else { return nil }
        let swiftName = mapping.string("swift_name", diagnostics: &diagnostics)
        ManifestNames.checkTypeName(
            entry.key, "message", isRenamed: swiftName != nil, diagnostics: &diagnostics)
        if let swiftName { ManifestNames.checkTypeName(swiftName, "message", diagnostics: &diagnostics) }
        let summary = mapping.string("description", diagnostics: &diagnostics)?.value
        let schema = mapping.requiredString("schema", diagnostics: &diagnostics)
        let topic = mapping.requiredString("topic", diagnostics: &diagnostics)
        let discriminator = discriminator(mapping, diagnostics: &diagnostics)
        let identification =
            mapping["identified_by"].map { IdentificationDeclaration.read($0, diagnostics: &diagnostics) }
            ?? identification
        let recordKey = mapping.string("key", diagnostics: &diagnostics)?.pointer(diagnostics: &diagnostics)
        let headers = headers(mapping, diagnostics: &diagnostics)
        let (envelope, cloudEvents) = envelope(mapping, diagnostics: &diagnostics)
        let openEnums = mapping.strings("open_enums", diagnostics: &diagnostics)
            .filter { $0.value.hasPrefix("#") || $0.pointer(diagnostics: &diagnostics) != nil }
        let unknownMembers = mapping.choice("unknown_members", ["keep", "drop"], diagnostics: &diagnostics)
        let (events, hasCompleteEvents) = events(mapping, diagnostics: &diagnostics)
        if discriminator == nil, cloudEvents?.value != .structured, events.count > 1 {
            diagnostics.error(
                .discriminator, at: events[1].name.location,
                "'\(entry.key.value)' has several events, but no 'discriminator'",
                hint: "name the property of the event: discriminator: /type")
        }
        if let topic, let topics, !topics.contain(topic.value) {
            diagnostics.error(
                .unknownTopic, at: topic.location, "unknown topic '\(topic.value)'",
                hint: topics.inOrder.isEmpty ? nil : Suggestion.hint(for: topic.value, among: topics.inOrder))
        }
        // Use an empty name in place of a missing one, which has been reported.
        let missing = Located("", at: mapping.node.location)
        var declaration = MessageDeclaration(
            name: entry.key, swiftName: swiftName, summary: summary, schema: schema ?? missing, topic: topic ?? missing,
            recordKey: recordKey, headers: headers,
            discriminator: discriminator, identification: identification, envelope: envelope, cloudEvents: cloudEvents,
            openEnums: openEnums,
            keepsUnknownMembers: unknownMembers.map { $0.value == "keep" } ?? keepsUnknownMembers,
            swiftNames: swiftNames(mapping, diagnostics: &diagnostics),
            compatibility: CompatibilityDeclaration.read(mapping, diagnostics: &diagnostics), events: events,
            hasCompleteEvents: hasCompleteEvents)
        declaration.sensitive = SensitiveDeclaration.read(mapping, diagnostics: &diagnostics)
        return declaration.completedAsCloudEvent()
    }

    /// Returns the discriminator's pointer; the empty one where it can't be read.
    private func discriminator(
        _ mapping: ManifestMapping, diagnostics: inout Diagnostics
    ) -> Located<JSONPointer>? {
        guard let node = mapping["discriminator"] else { return nil }
        let pointer = mapping.string("discriminator", diagnostics: &diagnostics)?.pointer(diagnostics: &diagnostics)
        if let pointer, pointer.value.tokens.isEmpty {
            diagnostics.error(
                .pointerType, at: pointer.location, "the discriminator is the whole message",
                hint: "name one of its properties, such as /type")
        }
        return pointer ?? Located(JSONPointer(), at: node.location)
    }

    private func headers(_ mapping: ManifestMapping, diagnostics: inout Diagnostics) -> [HeaderDeclaration] {
        guard let node = mapping["headers"],
            let headers = ManifestMapping(node, "'headers'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        return headers.entries.compactMap { entry in
            ManifestNames.checkNotEmpty(entry.key, "a header", diagnostics: &diagnostics)
            return headers.pattern(entry, "the header '\(entry.key.value)'", diagnostics: &diagnostics)
                .map { HeaderDeclaration(name: entry.key, value: $0) }
        }
    }

    private func swiftNames(
        _ mapping: ManifestMapping, diagnostics: inout Diagnostics
    ) -> [(pointer: Located<String>, name: Located<String>)] {
        guard let node = mapping["swift_names"],
            let names = ManifestMapping(node, "'swift_names'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        return names.entries.compactMap { entry in
            entry.value.string("the Swift name of '\(entry.key.value)'", diagnostics: &diagnostics)
                .map { (entry.key, $0) }
        }
    }

    private func envelope(
        _ mapping: ManifestMapping, diagnostics: inout Diagnostics
    ) -> ([EnvelopeRule], Located<CloudEventsMode>?) {
        guard let node = mapping["envelope"] else { return ([], nil) }
        if case .string("cloudevents") = node.content { return ([], Located(.structured, at: node.location)) }
        guard let envelope = ManifestMapping(node, "'envelope'", keys: nil, diagnostics: &diagnostics) else {
            return ([], nil)
        }
        let mode = envelope.choice(
            "cloudevents", CloudEventsMode.allCases.map(\.rawValue), diagnostics: &diagnostics)
        let rules = envelope.entries.filter { $0.key.value != "cloudevents" }.compactMap { entry -> EnvelopeRule? in
            let property = entry.key.pointer(diagnostics: &diagnostics)
            let value = envelope.pattern(
                entry, "the value for '\(entry.key.value)'", diagnostics: &diagnostics)
            guard let property, let value else { return nil }
            return EnvelopeRule(property: property, value: value)
        }
        return (
            rules,
            mode.flatMap { text in
                CloudEventsMode(rawValue: text.value).map { Located($0, at: text.location) }
            }
        )
    }

    /// Reads the events of a message, and returns whether they are complete.
    private func events(
        _ mapping: ManifestMapping, diagnostics: inout Diagnostics
    ) -> (declared: [EventDeclaration], areComplete: Bool) {
        guard let node = mapping["events"] else { return ([], true) }
        guard let events = ManifestMapping(node, "'events'", keys: nil, diagnostics: &diagnostics) else {
            return ([], false)
        }
        events.checkNotEmpty("event", diagnostics: &diagnostics)
        let declared = events.entries.compactMap { event($0, diagnostics: &diagnostics) }
        return (declared, declared.count == events.entries.count)
    }

    /// Reads an event; `nil` if it has no name or is not a mapping, which is reported.
    private func event(_ entry: SourceNode.Entry, diagnostics: inout Diagnostics) -> EventDeclaration? {
        guard ManifestNames.checkNotEmpty(entry.key, "an event", diagnostics: &diagnostics) else { return nil }
        if entry.value.content == .null {
            return EventDeclaration(name: entry.key)
        }
        guard
            let mapping = ManifestMapping(
                entry.value, "the event '\(entry.key.value)'", keys: Self.eventKeys, diagnostics: &diagnostics)
        else { return nil }
        let summary = mapping.string("description", diagnostics: &diagnostics)?.value
        let required = mapping.strings("requires", diagnostics: &diagnostics)
            .compactMap { $0.pointer(diagnostics: &diagnostics) }
        let forbidden = mapping.strings("forbids", diagnostics: &diagnostics)
            .compactMap { $0.pointer(diagnostics: &diagnostics) }
        return EventDeclaration(
            name: entry.key, swiftName: mapping.swiftName(diagnostics: &diagnostics), summary: summary,
            fixed: fixed(mapping, diagnostics: &diagnostics), required: required, forbidden: forbidden)
    }

    private func fixed(
        _ mapping: ManifestMapping, diagnostics: inout Diagnostics
    ) -> [EventDeclaration.FixedValue] {
        guard let node = mapping["fixed"],
            let values = ManifestMapping(node, "'fixed'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        return values.entries.compactMap { entry in
            let pointer = entry.key.pointer(diagnostics: &diagnostics)
            switch entry.value.content {
            case .null, .bool, .number, .string: break
            case .sequence, .mapping:
                diagnostics.error(
                    .wrongType, at: entry.value.location,
                    "the fixed value of '\(entry.key.value)' must be a string, number, boolean or null, "
                        + "found \(entry.value.kindName)")
                return nil
            }
            return pointer.map { EventDeclaration.FixedValue(property: $0, value: entry.value) }
        }
    }
}
