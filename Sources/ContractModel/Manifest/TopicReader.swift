import JSONTape

/// Reads the manifest's topics and their shared defaults.
struct TopicReader {
    private static let settingKeys = ["partitions", "replication", "retention", "cleanup", "compression", "config"]
    private static let topicKeys = ["purpose"] + settingKeys + ["producers", "consumers"]

    /// What a topic, or the defaults, say; `nil` where they are silent.
    private struct Settings {
        var partitions: Located<Int>?
        var replication: Located<Int>?
        var config: [String: Located<String>] = [:]
    }

    let services: [ServiceDeclaration]

    func read(_ manifest: ManifestMapping, prefix: String, diagnostics: inout Diagnostics) -> [TopicDeclaration] {
        var defaults = Settings()
        if let node = manifest["topic_defaults"],
            let mapping = ManifestMapping(
                node, "'topic_defaults'", keys: Self.settingKeys, diagnostics: &diagnostics)
        {
            defaults = settings(mapping, diagnostics: &diagnostics)
        }
        guard let node = manifest.required("topics", diagnostics: &diagnostics),
            let mapping = ManifestMapping(node, "'topics'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        let topics = mapping.entries.compactMap { entry in
            topic(entry, prefix: prefix, defaults: defaults, diagnostics: &diagnostics)
        }
        checkCollisions(topics, diagnostics: &diagnostics)
        return topics
    }

    private func topic(
        _ entry: SourceNode.Entry, prefix: String, defaults: Settings, diagnostics: inout Diagnostics
    ) -> TopicDeclaration? {
        let name = prefix + entry.key.value
        checkName(name, at: entry.key.location, diagnostics: &diagnostics)
        guard
            let mapping = ManifestMapping(
                entry.value, "the topic '\(entry.key.value)'", keys: Self.topicKeys, diagnostics: &diagnostics)
        else { return nil }
        let own = settings(mapping, diagnostics: &diagnostics)
        let config = defaults.config.merging(own.config) { _, own in own }
        let purpose = mapping.string("purpose", diagnostics: &diagnostics)?.value
        let producers = services("producers", of: mapping, diagnostics: &diagnostics)
        let consumers = services("consumers", of: mapping, diagnostics: &diagnostics)
        guard
            let partitions = demand(own.partitions ?? defaults.partitions, "partitions", mapping, &diagnostics),
            let replication = demand(own.replication ?? defaults.replication, "replication", mapping, &diagnostics)
        else { return nil }
        if let minimum = config[TopicConfigKeys.minimumInSyncReplicas], let count = Int(minimum.value),
            count > replication.value
        {
            diagnostics.error(
                .configValue, at: minimum.location,
                "'\(TopicConfigKeys.minimumInSyncReplicas)' \(count) is more than the \(replication.value) "
                    + "\(replication.value == 1 ? "replica" : "replicas") of the topic '\(entry.key.value)': "
                    + "nothing could be written",
                hint: "expected at most \(replication.value)")
        }
        return TopicDeclaration(
            key: entry.key, name: name, purpose: purpose, partitions: partitions, replication: replication,
            config: config.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: $0.value.value) },
            producers: producers, consumers: consumers)
    }

    private func demand(
        _ value: Located<Int>?, _ key: String, _ mapping: ManifestMapping, _ diagnostics: inout Diagnostics
    ) -> Located<Int>? {
        if value == nil, mapping[key] == nil {
            diagnostics.error(
                .missingKey, at: mapping.node.location,
                "\(mapping.subject) has no '\(key)', and 'topic_defaults' neither",
                hint: "add '\(key):'")
        }
        return value
    }

    private func services(
        _ key: String, of mapping: ManifestMapping, diagnostics: inout Diagnostics
    ) -> [Located<String>] {
        let names = mapping.strings(key, diagnostics: &diagnostics)
        let known = services.map(\.name.value)
        for name in names where !known.contains(name.value) {
            diagnostics.error(
                .unknownService, at: name.location, "there is no service '\(name.value)'",
                hint: known.isEmpty ? "declare it under 'services'" : Suggestion.hint(for: name.value, among: known))
        }
        return names
    }

    // MARK: Names

    private func checkName(_ name: String, at location: SourceLocation, diagnostics: inout Diagnostics) {
        let isLegal = name.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                || "._-".unicodeScalars.contains(scalar)
        }
        if !isLegal {
            diagnostics.error(
                .topicName, at: location, "'\(name)' is no name that Kafka allows",
                hint: "expected letters and digits of ASCII, '.', '_' and '-'")
        } else if name == "." || name == ".." || name.isEmpty {
            diagnostics.error(.topicName, at: location, "a topic can't be named '\(name)'")
        } else if name.utf8.count > 249 {
            diagnostics.error(
                .topicName, at: location, "the name is \(name.utf8.count) characters long; Kafka allows 249")
        }
    }

    /// Kafka names its metrics with `_` for `.`, so that two topics which differ in that alone can't be told apart.
    private func checkCollisions(_ topics: [TopicDeclaration], diagnostics: inout Diagnostics) {
        var seen: [String: TopicDeclaration] = [:]
        for topic in topics {
            let metricName = String(topic.name.map { $0 == "." ? "_" : $0 })
            if let other = seen[metricName] {
                diagnostics.error(
                    .topicCollision, at: topic.key.location,
                    "'\(topic.name)' and '\(other.name)' differ only in '.' and '_', which Kafka's metrics confuse",
                    hint: "rename one of them")
            } else {
                seen[metricName] = topic
            }
        }
    }

    // MARK: Settings

    private func settings(_ mapping: ManifestMapping, diagnostics: inout Diagnostics) -> Settings {
        var settings = Settings()
        settings.partitions = mapping.integer("partitions", diagnostics: &diagnostics)
        if let partitions = settings.partitions, !(1...1_000_000).contains(partitions.value) {
            diagnostics.error(
                .partitionCount, at: partitions.location, "a topic can't have \(partitions.value) partitions",
                hint: "expected at least 1")
        }
        settings.replication = mapping.integer("replication", diagnostics: &diagnostics)
        if let replication = settings.replication, !(1...Int(Int16.max)).contains(replication.value) {
            diagnostics.error(
                .replicationFactor, at: replication.location, "a topic can't have \(replication.value) replicas",
                hint: "expected 1 to \(Int16.max)")
        }
        var sources: [String: String] = [:]
        func set(_ key: String, _ value: Located<String>?, from source: String) {
            guard let value else { return }
            if let other = sources.updateValue(source, forKey: key) {
                diagnostics.error(
                    .configConflict, at: value.location, "'\(source)' says again what '\(other)' says",
                    hint: "keep one of them")
            }
            settings.config[key] = value
        }
        set(TopicConfigKeys.retentionMilliseconds, retention(mapping, &diagnostics), from: "retention")
        set(
            TopicConfigKeys.cleanupPolicy,
            mapping["cleanup"].flatMap { config($0, TopicConfigKeys.cleanupPolicy, named: "cleanup", &diagnostics) },
            from: "cleanup")
        set(
            TopicConfigKeys.compressionType,
            mapping["compression"].flatMap {
                config($0, TopicConfigKeys.compressionType, named: "compression", &diagnostics)
            },
            from: "compression")
        if let node = mapping["config"],
            let config = ManifestMapping(node, "'config'", keys: nil, diagnostics: &diagnostics)
        {
            for entry in config.entries {
                let key = entry.key.value
                guard TopicConfigKeys.all[key] != nil else {
                    diagnostics.error(
                        .configKey, at: entry.key.location, "Kafka has no topic config '\(key)'",
                        hint: Suggestion.nearest(to: key, among: TopicConfigKeys.all.keys)
                            .map { "did you mean '\($0)'?" } ?? "see Kafka's topic-level configs")
                    continue
                }
                set(key, self.config(entry.value, key, named: key, &diagnostics), from: "config.\(key)")
            }
        }
        return settings
    }

    private func retention(_ mapping: ManifestMapping, _ diagnostics: inout Diagnostics) -> Located<String>? {
        guard let node = mapping["retention"] else { return nil }
        let text: String? =
            switch node.content {
            case .string(let text): text
            case .number(let number): number.int64Value.map(String.init)
            case .null, .bool, .sequence, .mapping: nil
            }
        if let text, let milliseconds = DurationText.milliseconds(text) {
            return Located(String(milliseconds), at: node.location)
        }
        diagnostics.error(
            .duration, at: node.location,
            "\(text.map { "'\($0)'" } ?? node.kindName) is no length of time",
            hint: "expected \(DurationText.expectation)")
        return nil
    }

    private func config(
        _ node: SourceNode, _ key: String, named name: String, _ diagnostics: inout Diagnostics
    ) -> Located<String>? {
        guard let value = TopicConfigKeys.all[key] else { return nil }
        if let text = TopicConfigKeys.text(of: node, for: value) { return Located(text, at: node.location) }
        diagnostics.error(
            .configValue, at: node.location,
            "'\(name)' can't be \(node.scalarText ?? node.kindName)", hint: "expected \(value.expectation)")
        return nil
    }
}

extension SourceNode {
    /// A scalar as a diagnostic shows it.
    fileprivate var scalarText: String? {
        switch content {
        case .string(let text): "'\(text)'"
        case .number(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .null, .sequence, .mapping: nil
        }
    }
}
