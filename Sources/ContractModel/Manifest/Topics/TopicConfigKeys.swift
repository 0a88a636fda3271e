import JSONTape

/// Kafka's topic configs, and what each may be: the one place that knows them.
///
/// From the topic-level configs of Apache Kafka 4.0, and those of 3.x that are still in use.
package enum TopicConfigKeys {
    package enum Value: Sendable {
        case boolean
        case integer(ClosedRange<Int64>, except: Int64? = nil)
        case fraction(ClosedRange<Double>)
        case choice([String])
        /// One or more of these, with commas between them.
        case list([String])
        /// `*`, or pairs of a partition and a broker.
        case replicas
        /// A version of Kafka's: `3.0`, `2.8-IV1`.
        case version
    }

    private static let count = 0...Int64(Int32.max)
    private static let milliseconds = 0...Int64.max
    private static let unlimitedMilliseconds = -1...Int64.max

    package static let cleanupPolicy = "cleanup.policy"
    package static let compressionType = "compression.type"
    package static let retentionMilliseconds = "retention.ms"
    package static let retentionBytes = "retention.bytes"
    package static let localRetentionMilliseconds = "local.retention.ms"
    package static let localRetentionBytes = "local.retention.bytes"
    package static let remoteStorage = "remote.storage.enable"
    package static let minimumInSyncReplicas = "min.insync.replicas"
    package static let minimumCompactionLag = "min.compaction.lag.ms"
    package static let maximumCompactionLag = "max.compaction.lag.ms"
    package static let deleteRetention = "delete.retention.ms"
    package static let maximumMessageSize = "max.message.bytes"
    package static let segmentSize = "segment.bytes"
    static let segmentMilliseconds = "segment.ms"
    static let dirtyRatio = "min.cleanable.dirty.ratio"
    static let timestampType = "message.timestamp.type"
    static let oldestTimestamp = "message.timestamp.before.max.ms"
    static let newestTimestamp = "message.timestamp.after.max.ms"
    static let timestampDifference = "message.timestamp.difference.max.ms"
    package static let uncleanLeaderElection = "unclean.leader.election.enable"

    package static let all: [String: Value] = [
        cleanupPolicy: .list(["compact", "delete"]),
        "compression.gzip.level": .integer(-1...9, except: 0),
        "compression.lz4.level": .integer(1...17),
        compressionType: .choice(["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"]),
        "compression.zstd.level": .integer(-131_072...22),
        deleteRetention: .integer(milliseconds),
        "file.delete.delay.ms": .integer(milliseconds),
        "flush.messages": .integer(1...Int64.max),
        "flush.ms": .integer(milliseconds),
        "follower.replication.throttled.replicas": .replicas,
        "index.interval.bytes": .integer(count),
        "leader.replication.throttled.replicas": .replicas,
        localRetentionBytes: .integer(-2...Int64.max),
        localRetentionMilliseconds: .integer(-2...Int64.max),
        maximumCompactionLag: .integer(1...Int64.max),
        maximumMessageSize: .integer(count),
        "message.downconversion.enable": .boolean,
        "message.format.version": .version,
        newestTimestamp: .integer(milliseconds),
        oldestTimestamp: .integer(milliseconds),
        timestampDifference: .integer(milliseconds),
        timestampType: .choice(["CreateTime", "LogAppendTime"]),
        dirtyRatio: .fraction(0...1),
        minimumCompactionLag: .integer(milliseconds),
        minimumInSyncReplicas: .integer(1...Int64(Int32.max)),
        "preallocate": .boolean,
        "remote.log.copy.disable": .boolean,
        "remote.log.delete.on.disable": .boolean,
        remoteStorage: .boolean,
        retentionBytes: .integer(-1...Int64.max),
        retentionMilliseconds: .integer(unlimitedMilliseconds),
        segmentSize: .integer(14...Int64(Int32.max)),
        "segment.index.bytes": .integer(4...Int64(Int32.max)),
        "segment.jitter.ms": .integer(milliseconds),
        segmentMilliseconds: .integer(1...Int64.max),
        uncleanLeaderElection: .boolean,
    ]

    /// Returns a value as Kafka writes it; `nil` where the key can't have it.
    static func text(of node: SourceNode, for value: Value) -> String? {
        switch (value, node.content) {
        case (.boolean, .bool(let flag)): return flag ? "true" : "false"
        case (.boolean, .string(let text)): return ["true", "false"].contains(text) ? text : nil
        case (.integer(let range, let hole), .number(let number)):
            return number.int64Value.flatMap { range.contains($0) && $0 != hole ? String($0) : nil }
        case (.integer, .string(let text)):
            // Kafka reads digits: no fraction, no exponent.
            guard let number = Int64(text), String(number) == text else { return nil }
            return Self.text(of: SourceNode(.number(JSONNumber(number)), at: node.location), for: value)
        case (.fraction, .string(let text)):
            return JSONNumber(literal: text).flatMap {
                Self.text(of: SourceNode(.number($0), at: node.location), for: value)
            }
        case (.fraction(let range), .number(let number)):
            return range.contains(number.doubleValue) ? number.description : nil
        case (.choice(let choices), .string(let text)): return choices.contains(text) ? text : nil
        case (.list(let choices), .string(let text)):
            let parts = items(of: text)
            return parts.allSatisfy(choices.contains) && Set(parts).count == parts.count
                ? parts.joined(separator: ",") : nil
        case (.list(let choices), .sequence(let nodes)):
            let parts = nodes.compactMap { node -> String? in
                if case .string(let text) = node.content { text } else { nil }
            }
            let isValid = parts.count == nodes.count && !parts.isEmpty && parts.allSatisfy(choices.contains)
            return isValid && Set(parts).count == parts.count ? parts.joined(separator: ",") : nil
        // A number is not a version: 3.0 would be 3.
        case (.version, .string(let text)): return isVersion(text) ? text : nil
        case (.replicas, .string(let text)):
            let parts = items(of: text)
            let isValid = parts == ["*"] || parts == [""] || parts.allSatisfy(isReplica)
            return isValid ? parts.joined(separator: ",") : nil
        case (.boolean, _), (.integer, _), (.fraction, _), (.choice, _), (.list, _), (.version, _), (.replicas, _):
            return nil
        }
    }

    /// Returns the items between commas. Kafka ignores the spaces around them.
    private static func items(of text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { item in
            var item = item.drop(while: \.isWhitespace)
            while item.last?.isWhitespace == true { item.removeLast() }
            return String(item)
        }
    }

    private static func isReplica(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy(isNumber)
    }

    private static func isVersion(_ text: String) -> Bool {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(numbers.count), numbers.allSatisfy(isNumber) else { return false }
        return parts.count == 1 || parts[1].hasPrefix("IV") && isNumber(parts[1].dropFirst(2))
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
    }
}

extension TopicConfigKeys.Value {
    /// A description of the valid values.
    var expectation: String {
        switch self {
        case .boolean: "true or false"
        case .integer(let range, let hole):
            (range.upperBound == .max
                ? "a whole number of at least \(range.lowerBound)"
                : "a whole number from \(range.lowerBound) to \(range.upperBound)")
                + (hole.map { ", but not \($0)" } ?? "")
        case .fraction(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let choices): "one of: " + choices.joined(separator: ", ")
        case .list(let choices): "one or more of: " + choices.joined(separator: ", ")
        case .replicas: "*, or PARTITION:BROKER with commas between several"
        case .version: "a version of Kafka's in quotes, such as \"3.0\""
        }
    }
}
