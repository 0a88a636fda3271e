import ContractModel

/// Topic configs in words.
enum ConfigWords {
    /// Returns a value as people read it: `7 days`, `1 GiB`; itself where there is nothing to say.
    static func words(_ key: String, _ value: String) -> String {
        guard let number = Int64(value) else { return value }
        if number == .max { return "no limit" }
        if number == -1, key.contains("retention") { return "no limit" }
        if number == -2 { return "as the whole" }
        if key.hasSuffix(".ms") { return duration(milliseconds: number) }
        if key.hasSuffix(".bytes") { return bytes(number) }
        return value
    }

    static func duration(milliseconds: Int64) -> String {
        let units: [(Int64, String)] = [
            (86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1000, "second"), (1, "millisecond"),
        ]
        for (size, name) in units where milliseconds >= size && milliseconds % size == 0 {
            let count = milliseconds / size
            return "\(count) \(name)\(count == 1 ? "" : "s")"
        }
        return milliseconds == 0 ? "none" : "\(milliseconds) milliseconds"
    }

    static func duration(_ duration: Duration) -> String {
        self.duration(
            milliseconds: duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)
    }

    private static func bytes(_ count: Int64) -> String {
        for (size, name) in [(Int64(1) << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")] where count >= size {
            guard count % size == 0 else { continue }
            return "\(count / size) \(name)"
        }
        return "\(count) bytes"
    }

    /// Returns the retention of a topic in a sentence.
    static func retention(of topic: TopicDeclaration) -> String {
        func value(_ key: String) -> String? { topic.config.first { $0.key == key }?.value }
        let policy = value(TopicConfigKeys.cleanupPolicy) ?? "delete"
        let time = value(TopicConfigKeys.retentionMilliseconds) ?? TopicConfigKeys.brokerDefaults["retention.ms"] ?? ""
        let isEndless = time == "-1"
        var words: [String] = []
        if policy.contains("compact") { words.append("the last record of each key is kept") }
        if policy.contains("delete") {
            words.append(
                isEndless
                    ? "records are kept without a limit of time"
                    : "records are deleted after \(Self.words("retention.ms", time))")
        }
        if let size = value(TopicConfigKeys.retentionBytes), size != "-1" {
            words.append("at most \(Self.words("retention.bytes", size)) for each partition")
        }
        let sentence = words.joined(separator: "; ")
        return sentence.prefix(1).uppercased() + sentence.dropFirst() + "."
    }
}
