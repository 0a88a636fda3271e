import ContractGenerator
import ContractModel
import EventContracts
import MetricsCompiler
import MonitoringCompiler
import MonitoringGenerator
import PromQL
import SchemaCompiler
import TestSupport
import Testing

@Suite("The dashboard")
struct DashboardTests {
    /// Of the platform, unless of another contract.
    private static func dashboard(
        of contract: CompiledContract? = nil
    ) throws -> (json: JSONValue, monitoring: CompiledMonitoring) {
        let contract = try contract ?? Contracts.tda()
        var diagnostics = Diagnostics()
        let monitoring = CompiledMonitoring(contract, diagnostics: &diagnostics)
        let files = MonitoringGenerator(contract.contract, monitoring).generate(format: .prometheus)
        let file = try #require(files.first { $0.name.hasPrefix("dashboard.") })
        var tape = JSONTape()
        try tape.parse(Array(file.contents.utf8))
        return (try tape.value(at: .root), monitoring)
    }

    @Test("every part of the dashboard is valid by Grafana's schemas")
    func schema() throws {
        // What a model does not know it drops; what it knows otherwise it writes otherwise.
        let script = """
            import json, sys
            from grafana_foundation_sdk.cog.encoder import JSONEncoder
            from grafana_foundation_sdk.models.dashboard import Dashboard
            given = json.load(sys.stdin)
            read = json.loads(json.dumps(Dashboard.from_json(given), cls=JSONEncoder))
            def compare(a, b, path):
                if isinstance(a, dict):
                    for key in a:
                        if not isinstance(b, dict) or key not in b: print("unknown:", path + "/" + key)
                        else: compare(a[key], b[key], path + "/" + key)
                elif isinstance(a, list):
                    if len(a) != len(b): print("differs:", path)
                    for index, pair in enumerate(zip(a, b)): compare(*pair, f"{path}/{index}")
                elif a != b: print("differs:", path, a, b)
            compare(given, read, "")
            print(len(read["panels"]), "panels")
            """
        var writer = JSONWriter()
        writer.write(try Self.dashboard().json)
        let judged = try OutsideProgram.python(script).run(input: try writer.finish())
        #expect(judged.output == "38 panels\n")
    }

    private static func shop() throws -> CompiledContract {
        try Contracts.inFolder(["topics.yaml": MonitoringTests.manifest, "order.schema.json": MonitoringTests.schema]) {
            try Contracts.compile($0)
        }
    }

    @Test("every query selects exported series, and promtool parses it")
    func queries() throws {
        try check(Self.dashboard(), queries: 43)
        try check(Self.dashboard(of: Self.shop()), queries: 29)
    }

    private func check(
        _ dashboard: (json: JSONValue, monitoring: CompiledMonitoring), queries expected: Int
    ) throws {
        let (json, monitoring) = dashboard
        let metrics = try #require(monitoring.metrics)
        let catalog = metrics.catalog(recordings: monitoring.alerts?.recordings ?? [], targetLabels: ["cluster"])
        var rules: [String] = []
        for panel in Self.panels(json) {
            for target in panel["targets"]?.array ?? [] {
                guard case .string(let expression)? = target.object?["expr"] else { continue }
                let query = expression.replacing("$__rate_interval", with: "5m").replacing(/\$\w+/, with: ".*")
                var findings: [Finding] = []
                if let parsed = PromQL.Expression.parse(query, findings: &findings) {
                    findings += ExpressionChecker(catalog).check(parsed)
                }
                #expect(findings.isEmpty, "\(query)")
                rules.append("  - {record: 'query\(rules.count)', expr: '\(query.replacing("'", with: "''"))'}\n")
            }
        }
        #expect(rules.count == expected)
        try Contracts.inFolder(["rules.yaml": "groups:\n- name: all\n  rules:\n" + rules.joined()]) { folder in
            let check = try OutsideProgram.promtool().run("check", "rules", "rules.yaml", in: folder)
            #expect(check.output.contains("SUCCESS: \(rules.count) rules found"), "\(check.output)")
        }
    }

    @Test("each family is shown for the targets that the variables select")
    func everyFamily() throws {
        let families = """

                shop_load: {type: gauge, help: Load of the program}
                shop_wait_seconds: {type: histogram, help: Wait, unit: seconds, labels: {kind: [a, b]}, buckets: [-1, 1]}
                shop_size_bytes: {type: histogram, help: Size, unit: bytes, from: OrderMessage, value: /size, buckets: [1]}
                shop_weight_grams: {type: gauge, help: Weight, from: OrderMessage, value: /size, labels: [event]}
                shop_shipped_total: {type: counter, help: Shipped, from: OrderMessage, events: [shipped]}
                shop_other_total: {type: counter, help: Once more, from: producer.messages}
                shop_last_timestamp_seconds: {type: gauge, help: Last, unit: seconds, from: producer.last_success}
                shop_sent_bytes_total: {type: counter, help: Bytes, unit: bytes, from: producer.bytes}
            """
        let manifest = MonitoringTests.families.replacing(
            "metrics:\n", with: "metrics:\n  target_labels: [zone, datasource]\n")
        let schema = MonitoringTests.schema.replacing(
            #""properties": {"#, with: #""properties": {"size": {"type": "number"}, "#)
        let contract = try Contracts.inFolder(["topics.yaml": manifest + families, "order.schema.json": schema]) {
            try Contracts.compile($0)
        }
        let (json, monitoring) = try Self.dashboard(of: contract)
        let queries = Self.queries(json)
        for family in try #require(monitoring.metrics).families {
            let name = family.name + (family.kind == .histogram ? "_bucket" : "")
            #expect(queries.contains { $0.contains("\(name){") }, "\(name)")
        }
        let targets = #"job=~"$job", instance=~"$instance", zone=~"$zone", datasource=~"$datasource_label"}"#
        for query in queries {
            #expect(query.split(separator: "{").dropFirst().allSatisfy { $0.contains(targets) }, "\(query)")
        }
        #expect(queries.contains { $0.hasPrefix("time() - max(shop_last_timestamp_seconds{") })
        #expect(Self.rows(json)["Program"] == ["Orders, all\tof 'them'", "Load of the program", "Wait"])
        #expect(Self.rows(json)["Messages"] == ["Size", "Weight", "Shipped"])
    }

    @Test("a variable lists the values that match the variables before it")
    func variables() throws {
        let list = try Self.dashboard().json.object?["templating"]?.object?["list"]?.array ?? []
        let variables = list.compactMap(\.object)
        #expect(variables.compactMap { $0["name"] } == ["datasource", "job", "instance"])
        guard case .string(let query)? = variables.last?["query"]?.object?["query"] else {
            Issue.record("no query")
            return
        }
        #expect(query.hasPrefix(#"label_values({__name__=~"tda_kafka_messages_produced_total|"#))
        #expect(query.hasSuffix(#"", job=~"$job"}, instance)"#))
    }

    private static func queries(_ json: JSONValue) -> [String] {
        panels(json).flatMap { $0["targets"]?.array ?? [] }.compactMap { target in
            if case .string(let expression)? = target.object?["expr"] { expression } else { nil }
        }
    }

    @Test("a topic's row has messages, errors, latency, connection and objectives")
    func topicRows() throws {
        let usual = ["Messages", "Error ratio", "Latency", "Connection"]
        for (title, panels) in Self.rows(try Self.dashboard().json) where title.hasPrefix("tda_") {
            #expect(panels == usual + ["Error budget of TDADelivery"], "\(title)")
        }
        // Some objectives are on all topics, the others on the orders alone.
        let shop = Self.rows(try Self.dashboard(of: Self.shop()).json)
        func budgets(_ names: String...) -> [String] { usual + names.map { "Error budget of \($0)" } }
        #expect(shop["orders"] == budgets("Delivery", "Speed", "Half", "FewDelivered", "FewFast"))
        #expect(shop["refunds"] == budgets("Delivery", "Half", "FewDelivered"))
    }

    /// The titles of the panels below each row's.
    private static func rows(_ json: JSONValue) -> [String: [String]] {
        var rows: [String: [String]] = [:]
        var row = ""
        for panel in panels(json) {
            guard case .string(let title)? = panel["title"] else { continue }
            if panel["type"] == "row" { row = title } else { rows[row, default: []].append(title) }
        }
        return rows
    }

    @Test("each topic has a row, and panels do not overlap")
    func layout() throws {
        let panels = Self.panels(try Self.dashboard().json)
        let rows = panels.filter { $0["type"] == "row" }.compactMap { panel -> String? in
            if case .string(let title)? = panel["title"] { title } else { nil }
        }
        #expect(
            rows == [
                "Producer", "tda_jobs: Job lifecycle events", "tda_results: Computation results",
                "tda_events: Real-time data events", "tda_monitoring: System metrics and health", "Messages",
            ])
        var taken: Set<[Int]> = []
        for panel in panels {
            let place = try #require(panel["gridPos"]?.object)
            func side(_ name: String) throws -> Int {
                guard case .number(let number)? = place[name] else { throw CancellationError() }
                return Int(number.doubleValue)
            }
            let (x, y) = (try side("x"), try side("y"))
            for column in x..<x + (try side("w")) {
                for line in y..<y + (try side("h")) { #expect(taken.insert([column, line]).inserted && column < 24) }
            }
        }
    }

    private static func panels(_ json: JSONValue) -> [JSONObject] {
        json.object?["panels"]?.array?.compactMap(\.object) ?? []
    }
}

extension JSONValue {
    fileprivate var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
    fileprivate var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
}
