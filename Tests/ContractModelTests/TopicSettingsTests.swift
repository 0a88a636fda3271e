import ContractModel
import Testing

@Suite struct TopicSettingsTests {
    @Test(
        "a retention becomes milliseconds",
        arguments: [
            ("7d", 604_800_000), ("30d", 2_592_000_000), ("24h", 86_400_000), ("90m", 5_400_000), ("30s", 30000),
            ("500ms", 500), ("2w", 1_209_600_000), ("1500", 1500), ("0", 0), ("-1", -1), ("forever", -1),
            ("106751991167d", 9_223_372_036_828_800_000), ("9223372036854775807", .max),
        ])
    func durations(text: String, milliseconds: Int64) throws {
        #expect(DurationText.milliseconds(text) == milliseconds)
        #expect(try config(Manifest.Change("retention: 7d", "retention: \(text)"), "retention.ms") == "\(milliseconds)")
    }

    @Test(
        "an invalid duration is rejected",
        arguments: [
            "", "d", "7 d", "7D", "7days", "1.5d", "-2", "-7d", "+7d", "106751991168d", "9223372036854775808", "٧d",
            "7d ",
            "infinite", "1e3d",
        ])
    func unsoundDurations(text: String) throws {
        #expect(DurationText.milliseconds(text) == nil)
        let manifest = Manifest.with(Manifest.Change("retention: 7d", "retention: \"\(text)\""))
        #expect(try Reading.of(manifest).rules == [.duration])
    }

    @Test(
        "a config's value is written as Kafka writes it",
        arguments: [
            ("preallocate: True", "true"), ("preallocate: \"false\"", "false"),
            ("max.message.bytes: 0x100000", "1048576"),
            ("max.message.bytes: \"1048576\"", "1048576"), ("retention.bytes: -1", "-1"),
            ("min.cleanable.dirty.ratio: 0.50", "0.5"), ("min.cleanable.dirty.ratio: \"0.5\"", "0.5"),
            ("message.timestamp.type: LogAppendTime", "LogAppendTime"), ("message.format.version: \"3.0\"", "3.0"),
            ("compression.gzip.level: -1", "-1"),
            ("leader.replication.throttled.replicas: \"0:1 , 1:2\"", "0:1,1:2"),
            ("local.retention.ms: 604800000", "604800000"), ("compression.zstd.level: -131072", "-131072"),
            ("follower.replication.throttled.replicas: \"*\"", "*"), ("local.retention.ms: -2", "-2"),
        ])
    func configs(entry: String, expected: String) throws {
        let key = String(entry.prefix { $0 != ":" })
        #expect(try config(Manifest.Change("min.insync.replicas: 2", entry), key) == expected)
    }

    @Test(
        "a config value that Kafka rejects is an error",
        arguments: [
            "preallocate: yes", "preallocate: 1", "max.message.bytes: -1", "max.message.bytes: 2147483648",
            "max.message.bytes: 1.5", "max.message.bytes: 1MB", "retention.bytes: -2", "segment.ms: 0",
            "segment.bytes: 13", "min.cleanable.dirty.ratio: -0.1", "min.cleanable.dirty.ratio: nan",
            "message.timestamp.type: createTime", "message.format.version: 3.0", "compression.gzip.level: 0",
            "compression.gzip.level: 10", "compression.lz4.level: 18", "min.insync.replicas: 0",
            "min.insync.replicas: 4", "flush.ms: ", "segment.ms: [1]", "flush.messages: {}",
            "min.compaction.lag.ms: 2, max.compaction.lag.ms: 1", "message.format.version: banana",
            "message.format.version: \"3\"", "message.format.version: 3.0-4", "segment.ms: \"1e3\"",
            "leader.replication.throttled.replicas: banana", "follower.replication.throttled.replicas: \"1:2,*\"",
            "local.retention.ms: 604800001", "local.retention.ms: -1",
            "retention.bytes: 1073741824, local.retention.bytes: 1073741825",
        ])
    func unsoundConfigs(entry: String) throws {
        let manifest = Manifest.with(Manifest.Change("min.insync.replicas: 2", entry))
        #expect(try Reading.of(manifest).rules == [.configValue])
    }

    @Test("compacted topics can't have remote storage")
    func compactedRemoteStorage() throws {
        let manifest = Manifest.with(Manifest.Change("min.insync.replicas: 2", "remote.storage.enable: true"))
        #expect(try Reading.of(manifest).text == "")
        let compacted = manifest.replacing("cleanup: delete", with: "cleanup: [compact, delete]")
        #expect(
            try Reading.of(compacted).diagnostics.map(\.message) == [
                "'remote.storage.enable' can't be true of the topic 'orders', which is compacted"
            ])
    }

    @Test(
        "cleanup is one policy or both",
        arguments: [
            ("compact", "compact"), ("[delete, compact]", "delete,compact"), ("\"compact, delete\"", "compact,delete"),
            ("\"compact , delete\"", "compact,delete"), ("\"compact,delete \"", "compact,delete"),
        ])
    func cleanup(text: String, expected: String) throws {
        #expect(try config(Manifest.Change("cleanup: delete", "cleanup: \(text)"), "cleanup.policy") == expected)
    }

    private func config(_ change: Manifest.Change, _ key: String) throws -> String? {
        let reading = try Reading.of(Manifest.with(change))
        #expect(!reading.diagnostics.contains { $0.severity == .error })
        return reading.contract?.topics.first?.config.first { $0.key == key }?.value
    }
}
