import ContractGenerator
import ContractModel
import ContractPipeline
import EventContracts
import MonitoringCompiler
import MonitoringGenerator
import SchemaCompiler
import TestSupport
import Testing

/// What the files of two contracts must not share, whatever names their authors have given groups and alerts.
@Suite("Several contracts in one Prometheus, Alertmanager and Grafana")
struct SeveralContractsTests {
    /// Two contracts that give the same names, of which only the metrics' differ.
    private static func files(of contract: String, format: RuleFileFormat = .prometheus) throws -> [String: String] {
        let rules = """
            alerts:
              group: kafka-alerts
              rules:
                Delivery:
                  objective: {of: shop_messages_total, where: {status: error}, percent: 99.9}
                  severity: critical
                  summary: bad
                Failing:
                  error_ratio_above: {of: shop_messages_total, where: {status: error}, value: 0.1}
                  severity: critical
                  summary: bad
            """
        let manifest = (MonitoringTests.families + rules)
            .replacing("contract: Shop", with: "contract: \(contract)")
            .replacing("shop_", with: contract.lowercased() + "_")
        return try Contracts.inFolder(["topics.yaml": manifest, "order.schema.json": MonitoringTests.schema]) {
            try MonitoringTests.generate($0, format: format)
        }
    }

    @Test("each contract's tests pass while Prometheus evaluates the rules of both")
    func rules() throws {
        let (shop, bank) = (try Self.files(of: "Shop"), try Self.files(of: "Bank"))
        #expect(Set(shop.keys).isDisjoint(with: bank.keys))
        let both = shop.merging(bank) { first, _ in first }
        let files = both.mapValues { text in
            text.replacing(
                /rule_files:\n  - .*\n/, with: "rule_files:\n  - 'alerts.shop.yaml'\n  - 'alerts.bank.yaml'\n")
        }
        let test = try MonitoringTests.test(files)
        #expect(test.status == 0, "\(test.output)")
    }

    @Test("recorded series, alerts' labels and dashboards differ")
    func names() throws {
        let (shop, bank) = (try Self.files(of: "Shop"), try Self.files(of: "Bank"))
        func matches(_ regex: Regex<(Substring, Substring)>, _ files: [String: String]) -> Set<Substring> {
            Set(files.values.flatMap { $0.matches(of: regex).map(\.output.1) })
        }
        for regex in [/- record: '(.*)'/, /"uid": "(event-contracts-.*)"/, /\n +contract: (.*)/] {
            let (ours, theirs) = (matches(regex, shop), matches(regex, bank))
            #expect(!ours.isEmpty && ours.isDisjoint(with: theirs), "\(ours)")
        }
        #expect(matches(/- record: '(.*)'/, shop).contains("slo:shop:delivery:error_ratio_rate5m"))
    }

    @Test("the operator's resources have names of their own")
    func resources() throws {
        for contract in ["Shop", "Bank"] {
            let name = contract.lowercased()
            let resource = try #require(try Self.files(of: contract, format: .operator)["alerts.\(name).yaml"])
            #expect(resource.contains("  name: \(name)-kafka-alerts\n"))
        }
    }

    @Test("contracts with long names have dashboards of their own")
    func longNames() throws {
        let names = ["Eu", "Us", ""].map { String(repeating: "Payments", count: 4) + $0 }
        let uids = try names.map { name -> String in
            let files = try Self.files(of: name)
            let match = try #require(files["dashboard.\(name.lowercased()).json"]?.firstMatch(of: /"uid": "(.*?)"/))
            return String(match.output.1)
        }
        #expect(Set(uids).count == 3)
        #expect(uids.allSatisfy { $0.utf8.count <= 40 && $0.hasPrefix("event-contracts-payments") }, "\(uids)")
    }

    @Test("a label of a series that every alert has is an error")
    func contractLabel() throws {
        let manifest =
            MonitoringTests.families + """
                    shop_loads_total: {type: counter, help: Loads, labels: {contract: [a, b]}}
                alerts:
                  rules:
                    Busy:
                      rate_above: {of: shop_loads_total, by: [contract], value: 1}
                      severity: info
                      summary: busy
                """
        try Contracts.inFolder(["topics.yaml": manifest, "order.schema.json": MonitoringTests.schema]) { path in
            var diagnostics = Diagnostics()
            _ = CheckedContract(at: path, diagnostics: &diagnostics)
            #expect(
                diagnostics.sorted.map(\.message) == [
                    "the label 'contract' replaces the label that distinguishes the series of this alert: "
                        + "several firing series would be duplicate alerts"
                ])
        }
    }
}

@Suite("The metadata of a Kubernetes resource")
struct ResourceMetadataTests {
    @Test("labels are written as Kubernetes accepts them")
    func labels() {
        #expect(ResourceMetadata.Label("release=prometheus")?.name == "release")
        #expect(ResourceMetadata.Label("app.kubernetes.io/part-of=Shop_1.a")?.value == "Shop_1.a")
        #expect(ResourceMetadata.Label("empty=")?.value == "")
        let long = String(repeating: "a", count: 64)
        for text in [
            "", "release", "=a", "-a=b", "a-=b", "a=-b", "a=b c", "a=b=c", "/a=b", "a/=b", "a/b/c=d", "A.b/c=d",
            "a..b/c=d", "é=a", "a=é", "\(long)=a", "a=\(long)",
        ] {
            #expect(ResourceMetadata.Label(text) == nil, "\(text)")
        }
    }

    @Test("a namespace is a DNS label")
    func namespace() {
        #expect(ResourceMetadata.Namespace("monitoring-2")?.name == "monitoring-2")
        for text in ["", "Monitoring", "a_b", "a.b", "-a", "a-", String(repeating: "a", count: 64)] {
            #expect(ResourceMetadata.Namespace(text) == nil, "\(text)")
        }
    }

    @Test("the resource has the namespace and the labels")
    func written() throws {
        let metadata = ResourceMetadata(
            namespace: .init("monitoring"),
            labels: [try #require(.init("release=prometheus")), try #require(.init("example.org/on=true"))])
        let (contract, monitoring) = try Self.shop()
        let files = MonitoringGenerator(contract, monitoring).generate(format: .operator, metadata: metadata)
        let text = try #require(files.first { $0.name == "alerts.shop.yaml" }?.contents)
        #expect(
            text.contains(
                """
                metadata:
                  name: shop-alerts
                  namespace: monitoring
                  labels:
                    release: prometheus
                    'example.org/on': 'true'
                spec:

                """), "\(text.prefix(600))")
    }

    private static func shop() throws -> (Contract, CompiledMonitoring) {
        try Contracts.inFolder(["topics.yaml": MonitoringTests.manifest, "order.schema.json": MonitoringTests.schema]) {
            let contract = try Contracts.compile($0)
            var diagnostics = Diagnostics()
            return (contract.contract, CompiledMonitoring(contract, diagnostics: &diagnostics))
        }
    }
}
