import ContractModel
import Foundation
import Testing

/// Every word that is said of what no folder of fixtures holds.
@Suite struct ManifestTextTests {
    typealias Change = Manifest.Change

    @Test(
        "the texts of findings and hints",
        arguments: [
            (
                Change("topic_prefix: shop_", "topic_prefix: shop/"),
                "no name that Kafka allows starts with 'shop/' [topic-name]",
                "expected ASCII letters, digits, '.', '_' and '-'"
            ),
            (
                .init("services:\n  web: The shop.\n  mail:\n", ""), "unknown service 'web' [unknown-service]",
                "declare it under 'services'"
            ),
            (
                .init("web: The shop.", "web: 7"), "the service 'web' must be a string, found a number [wrong-type]",
                "put it in quotes to mean the text"
            ),
            (
                .init("{/id: \"{id}\"}", "{/id: 7}"),
                "the value for '/id' must be a string, found a number [wrong-type]",
                "put it in quotes to mean the text"
            ),
            (
                .init("expect_within: 1h", "expect_within: soon"),
                "'expect_within' must be a duration, found 'soon' [duration]",
                "expected a number with its unit: 30s, 5m, 1h30m"
            ),
            (
                .init("max_series: 500", "max_series: 0"), "'max_series' must be at least 1, found 0 [invalid-value]",
                nil
            ),
            (
                .init("producer_alerts: false", "producer_alerts: maybe"),
                "'producer_alerts' must be true or false, found 'maybe' [wrong-type]", nil
            ),
            (
                .init("allow: [metric-name]", "allow: [metric-nam]"),
                "unknown rule 'metric-nam' [invalid-value]",
                "did you mean 'metric-name'?"
            ),
            (
                .init("min.insync.replicas: 2", "leader.replication.throttled.replicas: banana"),
                "'leader.replication.throttled.replicas' can't be 'banana' [config-value]",
                "expected *, or PARTITION:BROKER with commas between several"
            ),
            (
                .init("min.insync.replicas: 2", "local.retention.ms: 604800001"),
                "'local.retention.ms' 604800001 keeps more than 'retention.ms' 604800000 of the topic 'orders' [config-value]",
                "expected at most 604800000, or -2 for the same"
            ),
            (
                .init(
                    "cleanup: delete\n    compression: lz4\n    config: {min.insync.replicas: 2}",
                    "cleanup: compact\n    config: {remote.storage.enable: true}"),
                "'remote.storage.enable' can't be true of the topic 'orders', which is compacted [config-value]",
                "Kafka has remote storage only where 'cleanup.policy' is delete"
            ),
            (
                .init("headers: {content-type: application/json}", "headers: {\"\": x}"),
                "a header must have a name [invalid-name]", nil
            ),
        ] as [(Change, String, String?)])
    func texts(change: Change, text: String, hint: String?) throws {
        let diagnostics = try Reading.of(Manifest.with(change)).diagnostics
        let finding = try #require(diagnostics.first)
        #expect("\(finding.message) [\(finding.rule.rawValue)]" == text)
        #expect(finding.hint == hint)
        #expect(Set(diagnostics.map(\.rule)).count == 1)
    }

    @Test("an unreadable file is reported with the system's reason, or with its size")
    func files() throws {
        try ContractFolder.with(["topics.yaml": Manifest.whole]) { folder in
            symlink("order.schema.json", folder.file("order.schema.json"))
            let message = "can't be read: \(String(cString: strerror(ELOOP)))"
            #expect(folder.read().text == "order.schema.json:1:1: error: \(message) [unreadable-file]\n")
        }
        try ContractFolder.with { folder in
            _ = FileManager.default.createFile(atPath: folder.file("topics.yaml"), contents: nil)
            let file = try #require(FileHandle(forWritingAtPath: folder.file("topics.yaml")))
            try file.truncate(atOffset: 17 << 20)
            #expect(
                folder.read().text
                    == "topics.yaml:1:1: error: is 17825792 bytes large; at most 16777216 are read [file-too-large]\n")
        }
    }

    @Test(
        "an unlistable folder is reported, and its schemas are not reported as missing",
        .enabled(if: geteuid() != 0, "root may list any folder"))
    func unlistableFolder() throws {
        let change = Manifest.Change("schema: order.schema.json", "schema: closed/order.schema.json")
        try ContractFolder.with(["topics.yaml": Manifest.with(change), "closed/order.schema.json": "{}"]) { folder in
            chmod(folder.file("closed"), 0)
            defer { chmod(folder.file("closed"), 0o700) }
            let message = "can't be listed: \(String(cString: strerror(EACCES)))"
            #expect(folder.read().text == "closed:1:1: error: \(message) [unreadable-file]\n")
        }
    }
}
