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
        case text
    }

    private static let count = 0...Int64(Int32.max)
    private static let milliseconds = 0...Int64.max
    private static let unlimitedMilliseconds = -1...Int64.max

    package static let cleanupPolicy = "cleanup.policy"
    package static let compressionType = "compression.type"
    package static let retentionMilliseconds = "retention.ms"
    package static let minimumInSyncReplicas = "min.insync.replicas"
    package static let minimumCompactionLag = "min.compaction.lag.ms"
    package static let maximumCompactionLag = "max.compaction.lag.ms"

    package static let all: [String: Value] = [
        cleanupPolicy: .list(["compact", "delete"]),
        "compression.gzip.level": .integer(-1...9, except: 0),
        "compression.lz4.level": .integer(1...17),
        compressionType: .choice(["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"]),
        "compression.zstd.level": .integer(-131_072...22),
        "delete.retention.ms": .integer(milliseconds),
        "file.delete.delay.ms": .integer(milliseconds),
        "flush.messages": .integer(1...Int64.max),
        "flush.ms": .integer(milliseconds),
        "follower.replication.throttled.replicas": .text,
        "index.interval.bytes": .integer(count),
        "leader.replication.throttled.replicas": .text,
        "local.retention.bytes": .integer(-2...Int64.max),
        "local.retention.ms": .integer(-2...Int64.max),
        maximumCompactionLag: .integer(1...Int64.max),
        "max.message.bytes": .integer(count),
        "message.downconversion.enable": .boolean,
        "message.format.version": .text,
        "message.timestamp.after.max.ms": .integer(milliseconds),
        "message.timestamp.before.max.ms": .integer(milliseconds),
        "message.timestamp.difference.max.ms": .integer(milliseconds),
        "message.timestamp.type": .choice(["CreateTime", "LogAppendTime"]),
        "min.cleanable.dirty.ratio": .fraction(0...1),
        minimumCompactionLag: .integer(milliseconds),
        minimumInSyncReplicas: .integer(1...Int64(Int32.max)),
        "preallocate": .boolean,
        "remote.log.copy.disable": .boolean,
        "remote.log.delete.on.disable": .boolean,
        "remote.storage.enable": .boolean,
        "retention.bytes": .integer(-1...Int64.max),
        retentionMilliseconds: .integer(unlimitedMilliseconds),
        "segment.bytes": .integer(14...Int64(Int32.max)),
        "segment.index.bytes": .integer(4...Int64(Int32.max)),
        "segment.jitter.ms": .integer(milliseconds),
        "segment.ms": .integer(1...Int64.max),
        "unclean.leader.election.enable": .boolean,
    ]

    /// A value as Kafka writes it; `nil` where the key can't have it.
    static func text(of node: SourceNode, for value: Value) -> String? {
        switch (value, node.content) {
        case (.boolean, .bool(let flag)): return flag ? "true" : "false"
        case (.boolean, .string(let text)): return ["true", "false"].contains(text) ? text : nil
        case (.integer(let range, let hole), .number(let number)):
            return number.int64Value.flatMap { range.contains($0) && $0 != hole ? String($0) : nil }
        case (.integer, .string(let text)), (.fraction, .string(let text)):
            return JSONNumber(literal: text).flatMap {
                Self.text(of: SourceNode(.number($0), at: node.location), for: value)
            }
        case (.fraction(let range), .number(let number)):
            return range.contains(number.doubleValue) ? number.description : nil
        case (.choice(let choices), .string(let text)): return choices.contains(text) ? text : nil
        case (.list(let choices), .string(let text)):
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
                .map { $0.drop { $0 == " " } }.map(String.init)
            return parts.allSatisfy(choices.contains) && Set(parts).count == parts.count
                ? parts.joined(separator: ",") : nil
        case (.list(let choices), .sequence(let nodes)):
            let parts = nodes.compactMap { node -> String? in
                if case .string(let text) = node.content { text } else { nil }
            }
            let isSound = parts.count == nodes.count && !parts.isEmpty && parts.allSatisfy(choices.contains)
            return isSound && Set(parts).count == parts.count ? parts.joined(separator: ",") : nil
        // A number is no text: of a version such as 3.0 it keeps the value alone, 3.
        case (.text, .string(let text)): return text
        case (.boolean, _), (.integer, _), (.fraction, _), (.choice, _), (.list, _), (.text, _): return nil
        }
    }
}

extension TopicConfigKeys.Value {
    /// What the value may be, in words.
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
        case .text: "a text, in quotes where it could be taken for a number"
        }
    }
}
