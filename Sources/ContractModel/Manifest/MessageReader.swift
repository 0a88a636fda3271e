import JSONTape

/// Reads the manifest's messages and their events.
struct MessageReader {
    private static let messageKeys = [
        "description", "schema", "topic", "key", "headers", "discriminator", "envelope", "open_enums", "events",
    ]
    private static let eventKeys = ["description", "fixed", "requires"]

    let topics: [String]
    /// Whether the list of topics is whole: an unknown topic may otherwise be one that could not be read.
    let knowsAllTopics: Bool

    func read(_ manifest: ManifestMapping, diagnostics: inout Diagnostics) -> [MessageDeclaration] {
        guard let node = manifest.required("messages", diagnostics: &diagnostics),
            let mapping = ManifestMapping(node, "'messages'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        return mapping.entries.compactMap { message($0, diagnostics: &diagnostics) }
    }

    private func message(_ entry: SourceNode.Entry, diagnostics: inout Diagnostics) -> MessageDeclaration? {
        ManifestNames.checkTypeName(entry.key, "a message", diagnostics: &diagnostics)
        guard
            let mapping = ManifestMapping(
                entry.value, "the message '\(entry.key.value)'", keys: Self.messageKeys, diagnostics: &diagnostics)
        else { return nil }
        let summary = mapping.string("description", diagnostics: &diagnostics)?.value
        let schema = mapping.requiredString("schema", diagnostics: &diagnostics)
        let topic = mapping.requiredString("topic", diagnostics: &diagnostics)
        let discriminator = mapping.requiredString("discriminator", diagnostics: &diagnostics)?
            .pointer(diagnostics: &diagnostics)
        let recordKey = mapping.string("key", diagnostics: &diagnostics)?.pointer(diagnostics: &diagnostics)
        let headers = headers(mapping, diagnostics: &diagnostics)
        let envelope = envelope(mapping, diagnostics: &diagnostics)
        let openEnums = mapping.strings("open_enums", diagnostics: &diagnostics)
            .compactMap { $0.pointer(diagnostics: &diagnostics) }
        let events = events(mapping, diagnostics: &diagnostics)
        if let topic, knowsAllTopics, !topics.contains(topic.value) {
            diagnostics.error(
                .unknownTopic, at: topic.location, "there is no topic '\(topic.value)'",
                hint: topics.isEmpty ? nil : Suggestion.hint(for: topic.value, among: topics))
        }
        guard let schema, let topic, let discriminator else { return nil }
        return MessageDeclaration(
            name: entry.key, summary: summary, schema: schema, topic: topic, recordKey: recordKey, headers: headers,
            discriminator: discriminator, envelope: envelope, openEnums: openEnums, events: events)
    }

    private func headers(_ mapping: ManifestMapping, diagnostics: inout Diagnostics) -> [HeaderDeclaration] {
        guard let node = mapping["headers"],
            let headers = ManifestMapping(node, "'headers'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        return headers.entries.compactMap { entry in
            entry.value.string("the header '\(entry.key.value)'", diagnostics: &diagnostics)
                .map { HeaderDeclaration(name: entry.key, value: $0) }
        }
    }

    private func envelope(_ mapping: ManifestMapping, diagnostics: inout Diagnostics) -> [EnvelopeRule] {
        guard let node = mapping["envelope"],
            let envelope = ManifestMapping(node, "'envelope'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        return envelope.entries.compactMap { entry in
            let property = entry.key.pointer(diagnostics: &diagnostics)
            let value = entry.value.string("what fills '\(entry.key.value)'", diagnostics: &diagnostics)
            guard let property, let value else { return nil }
            return EnvelopeRule(property: property, value: value)
        }
    }

    private func events(_ mapping: ManifestMapping, diagnostics: inout Diagnostics) -> [EventDeclaration] {
        guard let node = mapping.required("events", diagnostics: &diagnostics),
            let events = ManifestMapping(node, "'events'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        return events.entries.compactMap { event($0, diagnostics: &diagnostics) }
    }

    private func event(_ entry: SourceNode.Entry, diagnostics: inout Diagnostics) -> EventDeclaration? {
        if entry.value.content == .null {
            return EventDeclaration(name: entry.key, summary: nil, fixed: [], required: [])
        }
        guard
            let mapping = ManifestMapping(
                entry.value, "the event '\(entry.key.value)'", keys: Self.eventKeys, diagnostics: &diagnostics)
        else { return nil }
        let summary = mapping.string("description", diagnostics: &diagnostics)?.value
        let required = mapping.strings("requires", diagnostics: &diagnostics)
            .compactMap { $0.pointer(diagnostics: &diagnostics) }
        var fixed: [EventDeclaration.FixedValue] = []
        if let node = mapping["fixed"],
            let values = ManifestMapping(node, "'fixed'", keys: nil, diagnostics: &diagnostics)
        {
            for value in values.entries {
                guard let pointer = value.key.pointer(diagnostics: &diagnostics) else { continue }
                fixed.append(EventDeclaration.FixedValue(property: pointer, value: value.value))
            }
        }
        return EventDeclaration(name: entry.key, summary: summary, fixed: fixed, required: required)
    }
}

/// Names that become Swift's as they are.
enum ManifestNames {
    private static let keywords: Set<String> = ["Any", "Protocol", "Self", "Type"]

    /// Types of the runtime that generated code names; a type of the same name would hide them.
    private static let runtimeNames: Set<String> = [
        "Delivery", "EventContract", "JSONDecodingError", "JSONObject", "JSONTape", "JSONValue", "JSONWriter",
        "Message",
        "MessageContext", "Producer", "ProducerError", "Record", "RecordHeader", "SeenMembers", "Timestamp", "Topic",
        "Transport", "ValidationReport",
    ]

    static func checkTypeName(_ name: Located<String>, _ subject: String, diagnostics: inout Diagnostics) {
        let scalars = name.value.unicodeScalars
        let isSound =
            scalars.first.map { $0.isASCII && $0.properties.isUppercase } == true
            && scalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) }
        if !isSound || keywords.contains(name.value) {
            diagnostics.error(
                .invalidName, at: name.location, "'\(name.value)' can't be the name of \(subject)",
                hint: "expected the name of a Swift type, such as JobMessage")
        } else if runtimeNames.contains(name.value) {
            diagnostics.error(
                .invalidName, at: name.location, "'\(name.value)' is a type of the runtime already",
                hint: "choose another name")
        }
    }
}
