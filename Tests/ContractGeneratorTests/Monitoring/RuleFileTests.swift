import ContractGenerator
import ContractModel
import EventContracts
import MonitoringGenerator
import Testing

@Suite("The files of rules")
struct RuleFileTests {
    private static func yaml(_ text: String?) throws -> SourceNode {
        var diagnostics = Diagnostics()
        let node = YAMLReader.read(Array(try #require(text).utf8), file: "alerts.yaml", diagnostics: &diagnostics)
        #expect(diagnostics.isEmpty)
        return try #require(node)
    }

    private static func elements(_ node: SourceNode?) -> [SourceNode] {
        if case .sequence(let nodes)? = node?.content { nodes } else { [] }
    }

    @Test("the operator's resource has the same groups")
    func operatorFormat() throws {
        let resource = try Self.yaml(try MonitoringTests.shop(format: .operator)["alerts.shop.yaml"])
        let rules = try Self.yaml(try MonitoringTests.shop()["alerts.shop.yaml"])
        #expect(resource["apiVersion"]?.jsonValue == "monitoring.coreos.com/v1")
        #expect(resource["kind"]?.jsonValue == "PrometheusRule")
        #expect(resource["metadata"]?["name"]?.jsonValue == "shop-alerts")
        #expect(resource["spec"]?["groups"]?.jsonValue == rules["groups"]?.jsonValue)
    }

    @Test(
        "the operator's resource has a valid Kubernetes name",
        arguments: [
            ("-A_b.c-", "shop-a-b-c"), ("kafka_", "shop-kafka"), ("__", "shop-alerts"), ("shop", "shop"),
            ("Shop Rules", "shop-rules"), ("shops", "shop-shops"),
            (
                String(repeating: "a", count: 62) + "-b",
                "shop-" + String(repeating: "a", count: 44) + "-17z3mer3na6sa"
            ),
        ])
    func resourceName(group: String, name: String) throws {
        let manifest = MonitoringTests.manifest.replacing("alerts:\n", with: "alerts:\n  group: \(group)\n")
        let files = try Contracts.inFolder(["topics.yaml": manifest, "order.schema.json": MonitoringTests.schema]) {
            try MonitoringTests.generate($0, format: .operator)
        }
        #expect(try Self.yaml(files["alerts.shop.yaml"])["metadata"]?["name"]?.jsonValue == .string(name))
    }

    @Test(
        "an expression of several lines keeps them, and Prometheus reads the same text",
        arguments: [
            ("|", "sum(rate(shop_orders_total[5m]))\n  > 100\n"), ("|-", "sum(rate(shop_orders_total[5m]))\n  > 100"),
        ])
    func severalLines(sign: String, text: String) throws {
        let lines = text.split(separator: "\n").map { "        \($0)\n" }.joined()
        let manifest =
            MonitoringTests.families
            + "alerts:\n  rules:\n    Many:\n      expr: \(sign)\n\(lines)      severity: info\n      summary: many\n"
            + "      allow: [untested-alert]\n"
        let files = try Contracts.inFolder(["topics.yaml": manifest, "order.schema.json": MonitoringTests.schema]) {
            try MonitoringTests.generate($0)
        }
        let rules = try #require(files["alerts.shop.yaml"])
        #expect(rules.contains("expr: \(sign)\n") && rules.contains("\n            > 100\n"))
        let rule = Self.elements(Self.elements(try Self.yaml(rules)["groups"]).first?["rules"]).first
        #expect(rule?["expr"]?.jsonValue == .string(text))
    }

    @Test("Prometheus reads texts with any characters unchanged")
    func oddCharacters() throws {
        let odd = [
            "a\u{80}b", "a\u{85}b", "a\u{9F}b", "a\u{2028}b", "a\u{FEFF}b", "a\u{FFFE}b",
            "a\u{1F680}'\"\\b", "null", "~",
        ]
        let written = odd.map { text in
            "\""
                + text.unicodeScalars.map { "\\U" + String(String(UInt64($0.value) | 1 << 32, radix: 16).dropFirst()) }
                .joined() + "\""
        }
        let rules = odd.indices.map { index in
            """
                Odd\(index):
                  above: {of: shop_odd, where: {kind: \(written[index])}, value: 1}
                  severity: info
                  labels: {odd: \(written[index])}
                  summary: \(written[index])

            """
        }
        let manifest =
            MonitoringTests.families
            + "    shop_odd: {type: gauge, help: Odd, labels: {kind: [\(written.joined(separator: ", "))]}}\n"
            + "alerts:\n  rules:\n" + rules.joined()
        let files = try Contracts.inFolder(["topics.yaml": manifest, "order.schema.json": MonitoringTests.schema]) {
            try MonitoringTests.generate($0)
        }
        let test = try MonitoringTests.test(files)
        #expect(test.status == 0, "\(test.output)")
        let read = try Self.yaml(files["alerts.shop.yaml"])
        let group = try #require(Self.elements(read["groups"]).first)
        let texts = Self.elements(group["rules"]).map { $0["annotations"]?["summary"]?.jsonValue }
        #expect(texts == odd.map { .string($0) })
    }
}
