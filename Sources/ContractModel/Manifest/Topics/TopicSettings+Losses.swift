import JSONTape

/// Settings by which brokers refuse records, or never compact them.
extension TopicSettings {
    func adviseLosses(diagnostics: inout Diagnostics) {
        adviseTimestamps(diagnostics: &diagnostics)
        adviseCompaction(diagnostics: &diagnostics)
        if let size = number(TopicConfigKeys.segmentSize), size.value < Self.smallestSegment {
            diagnostics.warning(
                .segmentSize, at: size.location,
                "'\(TopicConfigKeys.segmentSize)' \(size.value) is less than 1 MiB, which brokers of Kafka 4 refuse",
                hint: "expected at least \(Self.smallestSegment)")
        }
    }

    /// The lower limit since Kafka 4.0.
    private static let smallestSegment = 1_048_576

    // MARK: Timestamps

    /// The time that clocks usually differ.
    private static let second = 1000

    /// Reports limits of timestamps that records of a producer exceed when they wait, or when its clock is ahead.
    private func adviseTimestamps(diagnostics: inout Diagnostics) {
        let past = [TopicConfigKeys.oldestTimestamp, TopicConfigKeys.timestampDifference]
        if config[TopicConfigKeys.timestampType]?.value == "LogAppendTime" {
            for key in past + [TopicConfigKeys.newestTimestamp] where own[key] != nil {
                reportIgnored(
                    key, "with 'LogAppendTime' brokers set the timestamps", "remove it, or write 'CreateTime'",
                    diagnostics: &diagnostics)
            }
            return
        }
        for key in past {
            guard let time = number(key), time.value < Self.minute,
                time.value == 0 || !Self.isHoursInSeconds(time.value)
            else { continue }
            diagnostics.warning(
                .refusedTimestamp, at: time.location,
                "brokers refuse records that wait for more than \(time.value) milliseconds before they are sent: '\(key)'",
                hint: "expected more than the time in which a record is sent again, such as 3600000")
        }
        if let time = number(TopicConfigKeys.newestTimestamp), time.value < Self.second {
            diagnostics.warning(
                .refusedTimestamp, at: time.location,
                "brokers refuse records of a program whose clock is more than \(time.value) milliseconds ahead of theirs: "
                    + "'\(TopicConfigKeys.newestTimestamp)'",
                hint: "expected more than clocks differ, such as 3600000")
        }
    }

    // MARK: Compaction

    /// Reports settings by which a compacted topic is never compacted.
    private func adviseCompaction(diagnostics: inout Diagnostics) {
        guard let policy = config[TopicConfigKeys.cleanupPolicy]?.value, policy.contains("compact") else { return }
        if let ratio = config[TopicConfigKeys.dirtyRatio], Double(ratio.value) == 1,
            config[TopicConfigKeys.maximumCompactionLag] == nil
        {
            diagnostics.warning(
                .ignoredConfig, at: ratio.location,
                "compaction has no effect: it starts when more than '\(TopicConfigKeys.dirtyRatio)' "
                    + "\(ratio.value) of the topic is new, which is never so",
                hint: "expected less than 1, or '\(TopicConfigKeys.maximumCompactionLag)'")
        }
        if policy.contains("delete"), let lag = number(TopicConfigKeys.minimumCompactionLag),
            let retention = number(TopicConfigKeys.retentionMilliseconds), retention.value >= 0,
            lag.value >= retention.value
        {
            diagnostics.warning(
                .ignoredConfig, at: lag.location,
                "compaction has no effect: records are deleted after '\(TopicConfigKeys.retentionMilliseconds)' "
                    + "\(retention.value), before '\(TopicConfigKeys.minimumCompactionLag)' \(lag.value)",
                hint: "expected less than \(retention.value)")
        }
    }
}
