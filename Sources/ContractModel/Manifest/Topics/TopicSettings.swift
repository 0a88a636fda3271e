import JSONTape

/// The partitions, replicas and configs of a topic, or of the defaults of topics.
struct TopicSettings {
    static let keys = ["partitions", "replication", "retention", "cleanup", "compression", "config", "allow"]

    /// More than any cluster holds: a slip of the pen.
    private static let mostPartitions = 1_000_000

    /// `nil` where it is not set, or has an error.
    private(set) var partitions: Located<Int>?
    private(set) var replication: Located<Int>?
    /// By Kafka's keys, as Kafka writes the values.
    private(set) var config: [String: Located<String>] = [:]
    /// The keys that are present: one whose value has an error is not missing as well.
    private var written: Set<String> = []
    /// The configs that are not defaults, each with the key of the manifest that sets it.
    private(set) var own: [String: String] = [:]
    /// The configs that are stated with a unit, as `7d`.
    private(set) var withUnit: Set<String> = []

    /// Settings that say nothing.
    init() {}

    init(_ mapping: ManifestMapping, diagnostics: inout Diagnostics) {
        written = Set(mapping.entries.map(\.key.value))
        partitions = Self.count(
            "partitions", "partitions", of: mapping, 1...Self.mostPartitions, .partitionCount, &diagnostics)
        replication = Self.count(
            "replication", "replicas", of: mapping, 1...Int(Int16.max), .replicationFactor, &diagnostics)
        var sources: [String: String] = [:]
        func set(_ key: String, _ value: Located<String>?, from source: String) {
            guard let value else { return }
            if let other = sources.updateValue(source, forKey: key) {
                diagnostics.error(
                    .configConflict, at: value.location, "'\(source)' repeats '\(other)'",
                    hint: "keep one of them")
            }
            config[key] = value
            own[key] = source.hasPrefix("config.") ? key : source
        }
        set(TopicConfigKeys.retentionMilliseconds, Self.retention(mapping, &diagnostics), from: "retention")
        if case .string(let text)? = mapping["retention"]?.content, text.last?.isLetter == true {
            withUnit.insert(TopicConfigKeys.retentionMilliseconds)
        }
        for (name, key) in [
            ("cleanup", TopicConfigKeys.cleanupPolicy), ("compression", TopicConfigKeys.compressionType),
        ] {
            guard let node = mapping[name] else { continue }
            set(key, Self.config(node, key, named: name, &diagnostics), from: name)
        }
        for entry in Self.configEntries(mapping, &diagnostics) {
            let key = entry.key.value
            set(key, Self.config(entry.value, key, named: key, &diagnostics), from: "config.\(key)")
        }
    }

    /// Returns these settings, with the defaults for those that are not set.
    func filledIn(from defaults: TopicSettings) -> TopicSettings {
        var filled = self
        if !written.contains("partitions") { filled.partitions = defaults.partitions }
        if !written.contains("replication") { filled.replication = defaults.replication }
        filled.config = defaults.config.merging(config) { _, own in own }
        filled.withUnit.formUnion(defaults.withUnit.filter { config[$0] == nil })
        filled.written.formUnion(defaults.written)
        return filled
    }

    /// Checks what can be said only of a topic as a whole, its defaults filled in.
    func check(_ topic: ManifestMapping, diagnostics: inout Diagnostics) {
        for key in ["partitions", "replication"] where !written.contains(key) {
            diagnostics.error(
                .missingKey, at: topic.node.location, "neither \(topic.subject) nor 'topic_defaults' has '\(key)'",
                hint: "add '\(key):'")
        }
        if let minimum = number(TopicConfigKeys.minimumInSyncReplicas), let replication,
            minimum.value > replication.value
        {
            diagnostics.error(
                .configValue, at: minimum.location,
                "'\(TopicConfigKeys.minimumInSyncReplicas)' \(minimum.value) is more than the \(replication.value) "
                    + "\(replication.value == 1 ? "replica" : "replicas") of \(topic.subject): "
                    + "nothing could be written",
                hint: "expected at most \(replication.value)")
        }
        if let least = number(TopicConfigKeys.minimumCompactionLag),
            let most = number(TopicConfigKeys.maximumCompactionLag), least.value > most.value
        {
            diagnostics.error(
                .configValue, at: least.location,
                "'\(TopicConfigKeys.minimumCompactionLag)' \(least.value) is more than "
                    + "'\(TopicConfigKeys.maximumCompactionLag)' \(most.value) of \(topic.subject)",
                hint: "expected at most \(most.value)")
        }
        checkRemoteStorage(topic, diagnostics: &diagnostics)
    }

    /// Checks that remote storage is possible, and that the local retention is not longer than the whole.
    private func checkRemoteStorage(_ topic: ManifestMapping, diagnostics: inout Diagnostics) {
        if let remote = config[TopicConfigKeys.remoteStorage], remote.value == "true",
            config[TopicConfigKeys.cleanupPolicy]?.value.contains("compact") == true
        {
            diagnostics.error(
                .configValue, at: remote.location,
                "'\(TopicConfigKeys.remoteStorage)' can't be true of \(topic.subject), which is compacted",
                hint: "Kafka has remote storage only where '\(TopicConfigKeys.cleanupPolicy)' is delete")
        }
        for (localKey, wholeKey) in [
            (TopicConfigKeys.localRetentionMilliseconds, TopicConfigKeys.retentionMilliseconds),
            (TopicConfigKeys.localRetentionBytes, TopicConfigKeys.retentionBytes),
        ] {
            guard let local = number(localKey), let whole = number(wholeKey), local.value != -2, whole.value != -1,
                local.value == -1 || local.value > whole.value
            else { continue }
            diagnostics.error(
                .configValue, at: local.location,
                "'\(localKey)' \(local.value) keeps more than '\(wholeKey)' \(whole.value) of \(topic.subject)",
                hint: "expected at most \(whole.value), or -2 for the same")
        }
    }

    func number(_ key: String) -> Located<Int>? {
        config[key].flatMap { entry in Int(entry.value).map { Located($0, at: entry.location) } }
    }

    // MARK: Values

    /// Returns a whole number within a range, or a diagnostic.
    private static func count(
        _ key: String, _ noun: String, of mapping: ManifestMapping, _ range: ClosedRange<Int>, _ rule: Rule,
        _ diagnostics: inout Diagnostics
    ) -> Located<Int>? {
        guard let count = mapping.integer(key, diagnostics: &diagnostics) else { return nil }
        if range.contains(count.value) { return count }
        diagnostics.error(
            rule, at: count.location, "a topic can't have \(count.value) \(noun)",
            hint: "expected \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    /// Returns the entries of `config` whose keys Kafka knows.
    private static func configEntries(
        _ mapping: ManifestMapping, _ diagnostics: inout Diagnostics
    ) -> [SourceNode.Entry] {
        guard let node = mapping["config"],
            let config = ManifestMapping(node, "'config'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        for entry in config.entries where TopicConfigKeys.all[entry.key.value] == nil {
            diagnostics.error(
                .configKey, at: entry.key.location, "Kafka has no topic config '\(entry.key.value)'",
                hint: Suggestion.nearest(to: entry.key.value, among: TopicConfigKeys.all.keys)
                    .map { "did you mean '\($0)'?" } ?? "see Kafka's topic-level configs")
        }
        return config.entries.filter { TopicConfigKeys.all[$0.key.value] != nil }
    }

    private static func retention(_ mapping: ManifestMapping, _ diagnostics: inout Diagnostics) -> Located<String>? {
        guard let node = mapping["retention"] else { return nil }
        let milliseconds =
            switch node.content {
            case .string(let text): DurationText.milliseconds(text)
            case .number(let number): number.int64Value.flatMap { $0 >= -1 ? $0 : nil }
            case .null, .bool, .sequence, .mapping: nil as Int64?
            }
        if let milliseconds { return Located(String(milliseconds), at: node.location) }
        diagnostics.error(
            .duration, at: node.location, "invalid duration \(node.scalarText ?? node.kindName)",
            hint: "expected \(DurationText.expectation)")
        return nil
    }

    private static func config(
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
