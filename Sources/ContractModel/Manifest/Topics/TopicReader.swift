import JSONTape
import StringFormats

/// A reader of the manifest's topics and their shared defaults.
struct TopicReader {
    private static let topicKeys =
        ["purpose", "swift_name"] + TopicSettings.keys + ["producers", "consumers", "expect_within"]

    /// The names of services; `nil` if they are incomplete, so that no service is reported as unknown.
    let services: DeclaredNames?

    func read(_ manifest: ManifestMapping, prefix: String, diagnostics: inout Diagnostics) -> [TopicDeclaration] {
        var defaults = TopicSettings()
        var found = Diagnostics()
        if let node = manifest["topic_defaults"],
            let mapping = ManifestMapping(
                node, "'topic_defaults'", keys: TopicSettings.keys, diagnostics: &found)
        {
            defaults = TopicSettings(mapping, diagnostics: &found)
        }
        let areDefaultsValid = !found.hasErrors
        diagnostics.append(found)
        let isPrefixValid = checkPrefix(manifest["topic_prefix"], prefix, diagnostics: &diagnostics)
        guard let node = manifest.required("topics", diagnostics: &diagnostics),
            let mapping = ManifestMapping(node, "'topics'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        mapping.checkNotEmpty("topic", diagnostics: &diagnostics)
        let keys = mapping.entries.map(\.key)
        for key in keys where isPrefixValid {
            checkName(prefix + key.value, of: key, diagnostics: &diagnostics)
            checkReserved(prefix + key.value, of: key, diagnostics: &diagnostics)
            checkDoubledPrefix(prefix, of: key, diagnostics: &diagnostics)
        }
        checkCollisions(keys, prefix: prefix, diagnostics: &diagnostics)
        checkVariables(keys, diagnostics: &diagnostics)
        return mapping.entries.map { entry in
            topic(
                entry, prefix: prefix, defaults: defaults, areDefaultsValid: areDefaultsValid, diagnostics: &diagnostics
            )
        }
    }

    private func topic(
        _ entry: SourceNode.Entry, prefix: String, defaults: TopicSettings, areDefaultsValid: Bool,
        diagnostics: inout Diagnostics
    ) -> TopicDeclaration {
        // Use a valid number in place of a reported one, to check the rest.
        let unsound = Located(1, at: entry.value.location)
        guard
            let mapping = ManifestMapping(
                entry.value, "the topic '\(entry.key.value)'", keys: Self.topicKeys, diagnostics: &diagnostics)
        else {
            return TopicDeclaration(
                key: entry.key, name: prefix + entry.key.value, swiftName: nil, purpose: nil, partitions: unsound,
                replication: unsound,
                config: [], producers: [], consumers: [], expectedWithin: nil)
        }
        var found = Diagnostics()
        let settings = TopicSettings(mapping, diagnostics: &found).filledIn(from: defaults)
        let swiftName = mapping.swiftName(diagnostics: &diagnostics)
        let purpose = mapping.string("purpose", diagnostics: &diagnostics)?.value
        let producers = services("producers", of: mapping, diagnostics: &diagnostics)
        let consumers = services("consumers", of: mapping, diagnostics: &diagnostics)
        let expectedWithin = mapping.duration("expect_within", diagnostics: &diagnostics)
        settings.check(mapping, diagnostics: &found)
        settings.advise(mapping, areAllValid: areDefaultsValid && !found.hasErrors, diagnostics: &found)
        diagnostics.append(found)
        return TopicDeclaration(
            key: entry.key, name: prefix + entry.key.value, swiftName: swiftName, purpose: purpose,
            partitions: settings.partitions ?? unsound, replication: settings.replication ?? unsound,
            config: settings.config.sorted { $0.key < $1.key }.map {
                .init(key: $0.key, value: $0.value.value, location: $0.value.location)
            },
            producers: producers, consumers: consumers, expectedWithin: expectedWithin)
    }

    private func services(
        _ key: String, of mapping: ManifestMapping, diagnostics: inout Diagnostics
    ) -> [Located<String>] {
        let names = mapping.strings(key, diagnostics: &diagnostics)
        guard let services else { return names }
        for name in names where !services.contain(name.value) {
            diagnostics.error(
                .unknownService, at: name.location, "unknown service '\(name.value)'",
                hint: services.inOrder.isEmpty
                    ? "declare it under 'services'" : Suggestion.hint(for: name.value, among: services.inOrder))
        }
        return names
    }

    // MARK: Names

    private static let legalNames = "expected ASCII letters, digits, '.', '_' and '-'"
    private static let longestName = 249

    private static func isLegal(_ name: String) -> Bool {
        name.utf8.allSatisfy { ManifestNames.isLetterOrDigit($0) || "._-".utf8.contains($0) }
    }

    /// Returns whether the prefix can start a name: where not, it is said here once, and not at every topic.
    private func checkPrefix(_ node: SourceNode?, _ prefix: String, diagnostics: inout Diagnostics) -> Bool {
        guard let node, !Self.isLegal(prefix) else { return true }
        diagnostics.error(
            .topicName, at: node.location, "no name that Kafka allows starts with '\(prefix)'", hint: Self.legalNames)
        return false
    }

    private func checkName(_ name: String, of key: Located<String>, diagnostics: inout Diagnostics) {
        if key.value.isEmpty || name == "." || name == ".." {
            diagnostics.error(.topicName, at: key.location, "invalid topic name '\(key.value)'")
        } else if !Self.isLegal(name) {
            diagnostics.error(
                .topicName, at: key.location, "invalid topic name '\(name)'", hint: Self.legalNames)
        } else if name.utf8.count > Self.longestName {
            diagnostics.error(
                .topicName, at: key.location,
                "the topic's name is \(name.utf8.count) characters long; Kafka allows \(Self.longestName)",
                hint: "the prefix counts too")
        }
    }

    /// The topics that brokers create for themselves.
    private static let internalTopics: Set<String> = [
        "__cluster_metadata", "__consumer_offsets", "__share_group_state", "__transaction_state",
    ]

    private func checkReserved(_ name: String, of key: Located<String>, diagnostics: inout Diagnostics) {
        guard name.hasPrefix("__") else { return }
        if Self.internalTopics.contains(name) {
            diagnostics.error(
                .reservedTopic, at: key.location,
                "'\(name)' is an internal topic of Kafka, which clients cannot write to",
                hint: "choose another name")
        } else {
            diagnostics.warning(
                .reservedTopic, at: key.location, "'\(name)' starts with '__', as Kafka's internal topics do",
                hint: "choose another name: tools hide such topics, and backups omit them")
        }
    }

    /// Reports a key that repeats the prefix, in any case: `shop_shop_orders`, `shop_SHOP_orders`.
    private func checkDoubledPrefix(_ prefix: String, of key: Located<String>, diagnostics: inout Diagnostics) {
        guard let last = prefix.last, "._-".contains(last), key.value.lowercased().hasPrefix(prefix.lowercased())
        else { return }
        diagnostics.warning(
            .doubledPrefix, at: key.location,
            "the topic's name '\(prefix)\(key.value)' has the prefix twice",
            hint: "did you mean '\(key.value.dropFirst(prefix.count))'?")
    }

    /// Reports names that differ only in `_` and `.`, which are the same in Kafka's metrics.
    private func checkCollisions(_ keys: [Located<String>], prefix: String, diagnostics: inout Diagnostics) {
        var seen: [String: Located<String>] = [:]
        for key in keys {
            let metricName = String(key.value.map { $0 == "." ? "_" : $0 })
            guard let other = seen[metricName] else {
                seen[metricName] = key
                continue
            }
            diagnostics.error(
                .topicCollision, at: key.location,
                "'\(prefix + key.value)' and '\(prefix + other.value)' differ only in '.' and '_', "
                    + "which Kafka's metrics confuse",
                hint: "rename one of them")
        }
    }

    /// Reports topics that one environment variable names, each at its place. To rename one of two topics with a reported
    /// collision gives it another variable too.
    private func checkVariables(_ keys: [Located<String>], diagnostics: inout Diagnostics) {
        let distinct = keys.filter { !diagnostics.hasError(.topicCollision, at: $0.location) }
        for (variable, namesakes) in Dictionary(grouping: distinct, by: { TopicVariable.name(ofTopic: $0.value) }) {
            for (index, key) in namesakes.enumerated() where namesakes.count > 1 {
                diagnostics.error(
                    .variableCollision, at: key.location,
                    "the environment variable \(variable) names '\(key.value)' and '\(namesakes[index == 0 ? 1 : 0].value)'",
                    hint: "rename one of them so that they differ in letters or digits")
            }
        }
    }
}
