import JSONTape

/// Settings that Kafka accepts, but that are probably not intended.
extension TopicSettings {
    /// Reports settings of a topic, its defaults included, that have no effect, or another than intended.
    ///
    /// - Parameter areAllValid: Whether no error of these settings has been reported. Where one has, settings are not compared
    ///   with each other: it may be the reason for what looks unintended.
    func advise(_ topic: ManifestMapping, areAllValid: Bool, diagnostics: inout Diagnostics) {
        adviseSize(diagnostics: &diagnostics)
        adviseReplication(topic, diagnostics: &diagnostics)
        for key in [TopicConfigKeys.retentionMilliseconds, TopicConfigKeys.deleteRetention] {
            adviseUnit(of: key, diagnostics: &diagnostics)
        }
        for key in Self.otherTimes { adviseSeconds(of: key, diagnostics: &diagnostics) }
        adviseBytes(diagnostics: &diagnostics)
        guard areAllValid else { return }
        adviseSegments(diagnostics: &diagnostics)
        adviseJitter(diagnostics: &diagnostics)
        adviseIgnored(topic, diagnostics: &diagnostics)
        adviseLosses(diagnostics: &diagnostics)
    }

    // MARK: Numbers

    /// More partitions than brokers of one cluster were tested with, for one topic.
    private static let manyPartitions = 10_000
    private static let manyReplicas = 9

    private func adviseSize(diagnostics: inout Diagnostics) {
        if let partitions, partitions.value > Self.manyPartitions {
            diagnostics.warning(
                .topicSize, at: partitions.location, "\(partitions.value) partitions for one topic",
                hint: "each is a folder of open files on several brokers; expected at most \(Self.manyPartitions)")
        }
        if let replication, replication.value > Self.manyReplicas {
            diagnostics.warning(
                .topicSize, at: replication.location, "\(replication.value) copies of each record",
                hint: "3 is usual: each copy takes its share of disk and network")
        }
    }

    /// Warns of a topic without a spare replica, to which no record can be written while a broker is down.
    private func adviseReplication(_ topic: ManifestMapping, diagnostics: inout Diagnostics) {
        guard let minimum = number(TopicConfigKeys.minimumInSyncReplicas), let replication, replication.value > 1,
            minimum.value == replication.value
        else { return }
        diagnostics.warning(
            .replicationMargin, at: minimum.location,
            "'\(TopicConfigKeys.minimumInSyncReplicas)' is \(minimum.value), as many as there are replicas: "
                + "nothing can be written while a broker is down",
            hint: "expected at most \(replication.value - 1), or more replicas")
    }

    // MARK: Times

    static let minute = 60_000
    private static let hour = 3_600_000
    private static let day = 86_400_000
    private static let century = 36_525 * day

    /// Reports times that are probably in another unit than milliseconds.
    private func adviseUnit(of key: String, diagnostics: inout Diagnostics) {
        guard let time = number(key), !withUnit.contains(key) || time.value == 0 || time.value > Self.century else {
            return
        }
        let found = "'\(own[key] ?? key)' is \(time.value) milliseconds"
        switch time.value {
        case 0 where key == TopicConfigKeys.retentionMilliseconds:
            diagnostics.warning(
                .retentionUnit, at: time.location, "the retention is 0: records are deleted as soon as possible",
                hint: "write a time such as 7d, or forever")
        case 0 where config[TopicConfigKeys.cleanupPolicy]?.value.contains("compact") == true:
            diagnostics.warning(
                .retentionUnit, at: time.location, "'\(key)' is 0: readers may miss that a key was deleted",
                hint: "write a time in milliseconds in which each reader comes to the end, such as 86400000")
        case 1..<Self.minute:
            diagnostics.warning(
                .retentionUnit, at: time.location, "\(found), less than a minute",
                hint: "state the unit: \(Self.guess(time.value))")
        case Self.minute..<Self.day where time.value.isMultiple(of: 86_400) && !time.value.isMultiple(of: Self.minute):
            diagnostics.warning(
                .retentionUnit, at: time.location,
                "\(found), which is \(Self.count(time.value / Self.minute, "minute")); in seconds it would be "
                    + Self.count(time.value / 86_400, "day"),
                hint: "state the unit: \(time.value / 86_400)d")
        case (Self.century + 1)...:
            diagnostics.warning(
                .retentionUnit, at: time.location, "\(found), more than a century",
                hint: "the unit is the millisecond; 'retention: forever' sets no limit")
        default: break
        }
    }

    /// Times of which some seconds may be intended.
    private static let otherTimes = [
        TopicConfigKeys.segmentMilliseconds, TopicConfigKeys.minimumCompactionLag, TopicConfigKeys.maximumCompactionLag,
        TopicConfigKeys.localRetentionMilliseconds, "segment.jitter.ms", TopicConfigKeys.newestTimestamp,
        TopicConfigKeys.oldestTimestamp, TopicConfigKeys.timestampDifference,
    ]

    static func isHoursInSeconds(_ time: Int) -> Bool { time.isMultiple(of: 3600) && !time.isMultiple(of: 1000) }

    private static func isDaysInSeconds(_ time: Int) -> Bool {
        time.isMultiple(of: 86_400) && !time.isMultiple(of: minute)
    }

    /// Reports whole hours or days in seconds: `3600`, `604800`.
    private func adviseSeconds(of key: String, diagnostics: inout Diagnostics) {
        guard let time = number(key), 0 < time.value, time.value < Self.day else { return }
        let isDays = Self.isDaysInSeconds(time.value)
        guard isDays || Self.isHoursInSeconds(time.value) else {
            if key == TopicConfigKeys.segmentMilliseconds, time.value < Self.minute {
                diagnostics.warning(
                    .retentionUnit, at: time.location, "'\(key)' is \(time.value) milliseconds, less than a minute",
                    hint: "the unit is the millisecond; each segment is several open files")
            }
            return
        }
        let intended =
            isDays ? Self.count(time.value / 86_400, "day") : Self.count(time.value / 3600, "hour")
        diagnostics.warning(
            .retentionUnit, at: time.location,
            "'\(key)' is \(time.value) milliseconds; in seconds it would be \(intended)",
            hint: "did you mean \(time.value * 1000)?")
    }

    /// Fewer bytes than a single message may have, by Kafka's default.
    private static let fewBytes = 1_000_000

    private func adviseBytes(diagnostics: inout Diagnostics) {
        guard let size = number(TopicConfigKeys.retentionBytes), 0..<Self.fewBytes ~= size.value else { return }
        diagnostics.warning(
            .retentionUnit, at: size.location,
            "'\(TopicConfigKeys.retentionBytes)' is \(Self.count(size.value, "byte")) for each partition, less than a large message",
            hint: "write the number of bytes, such as 1073741824 for 1 GiB, or -1 for no limit")
    }

    /// Warns of a jitter that is larger than `segment.ms`, of which Kafka uses no more than that.
    private func adviseJitter(diagnostics: inout Diagnostics) {
        guard let jitter = number("segment.jitter.ms"), let time = number(TopicConfigKeys.segmentMilliseconds),
            jitter.value > time.value
        else {
            return
        }
        diagnostics.warning(
            .segmentSize, at: jitter.location,
            "'segment.jitter.ms' \(jitter.value) is more than 'segment.ms' \(time.value), so that segments are of any age",
            hint: "expected a fraction of \(time.value)")
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// Returns a string with a unit for a small number.
    private static func guess(_ value: Int) -> String {
        value.isMultiple(of: 3600)
            ? "\(value / 3600)h" : value.isMultiple(of: 24) ? "\(value)h" : value <= 366 ? "\(value)d" : "\(value)s"
    }

    private func adviseSegments(diagnostics: inout Diagnostics) {
        guard config[TopicConfigKeys.cleanupPolicy]?.value != "compact" else { return }
        for (segment, whole) in [
            (TopicConfigKeys.segmentMilliseconds, TopicConfigKeys.retentionMilliseconds),
            (TopicConfigKeys.segmentSize, TopicConfigKeys.retentionBytes),
        ] {
            guard let part = number(segment), let total = number(whole), total.value >= 0, part.value > total.value
            else {
                continue
            }
            diagnostics.warning(
                .segmentSize, at: part.location,
                "'\(segment)' \(part.value) is more than '\(whole)' \(total.value): records are kept longer than that",
                hint: "Kafka deletes whole segments, and not the one it writes; expected less than \(total.value)")
        }
    }

    // MARK: Settings without effect

    private static let ofDeletion = [TopicConfigKeys.retentionMilliseconds, TopicConfigKeys.retentionBytes]
    private static let ofCompaction = [
        TopicConfigKeys.deleteRetention, TopicConfigKeys.minimumCompactionLag, TopicConfigKeys.maximumCompactionLag,
        TopicConfigKeys.dirtyRatio,
    ]

    /// Reports the topic's own settings that its other settings leave without effect.
    private func adviseIgnored(_ topic: ManifestMapping, diagnostics: inout Diagnostics) {
        let policy = config[TopicConfigKeys.cleanupPolicy]?.value ?? "delete"
        if policy == "compact" {
            for key in Self.ofDeletion where own[key] != nil && number(key)?.value != -1 {
                reportIgnored(
                    key, "records of a compacted topic are not deleted by age or size",
                    "write 'cleanup: [compact, delete]' to delete them", diagnostics: &diagnostics)
            }
        }
        if policy == "delete" {
            for key in Self.ofCompaction where own[key] != nil {
                reportIgnored(
                    key, "the topic is not compacted", "write 'cleanup: compact', or remove it",
                    diagnostics: &diagnostics)
            }
        }
        if config[TopicConfigKeys.remoteStorage]?.value != "true" {
            for key in [TopicConfigKeys.localRetentionMilliseconds, TopicConfigKeys.localRetentionBytes]
            where own[key] != nil && number(key)?.value != -2 {
                reportIgnored(
                    key, "the topic has no remote storage",
                    "set '\(TopicConfigKeys.remoteStorage)', or remove it", diagnostics: &diagnostics)
            }
        }
        let compression = config[TopicConfigKeys.compressionType]?.value ?? "producer"
        for type in ["gzip", "lz4", "zstd"] where type != compression && own["compression.\(type).level"] != nil {
            reportIgnored(
                "compression.\(type).level", "the compression is '\(compression)'",
                "write 'compression: \(type)', or remove it", diagnostics: &diagnostics)
        }
    }

    func reportIgnored(
        _ key: String, _ reason: String, _ hint: String, diagnostics: inout Diagnostics
    ) {
        guard let value = config[key] else { return }
        diagnostics.warning(
            .ignoredConfig, at: value.location, "'\(own[key] ?? key)' has no effect: \(reason)", hint: hint)
    }
}
