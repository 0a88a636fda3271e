import ContractGenerator
import ContractModel
import EventContracts
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

    @Test("Grafana's own models of a dashboard know every part of it")
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
        #expect(judged.output == "34 panels\n")
    }

    private static func shop() throws -> CompiledContract {
        try Contracts.inFolder(["topics.yaml": MonitoringTests.manifest, "order.schema.json": MonitoringTests.schema]) {
            try Contracts.compile($0)
        }
    }

    @Test("every query asks for what the contract exports, and promtool reads it")
    func queries() throws {
        try check(Self.dashboard(), queries: 37)
        try check(Self.dashboard(of: Self.shop()), queries: 19)
    }

    private func check(
        _ dashboard: (json: JSONValue, monitoring: CompiledMonitoring), queries expected: Int
    ) throws {
        let (json, monitoring) = dashboard
        let metrics = try #require(monitoring.metrics)
        let catalog = metrics.catalog(recordings: monitoring.alerts?.recordings ?? [], targetLabels: [])
        var rules: [String] = []
        for panel in Self.panels(json) {
            for target in panel["targets"]?.array ?? [] {
                guard case .string(let expression)? = target.object?["expr"] else { continue }
                let query = expression.replacing("$__rate_interval", with: "5m")
                var findings: [Finding] = []
                if let parsed = Query.parse(query, findings: &findings) {
                    findings += QueryChecker(catalog).check(parsed)
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

    @Test("a topic's row has its messages, errors, latency, connection, and the objectives that it is among")
    func topicRows() throws {
        let usual = ["Messages", "Error ratio", "Latency", "Connection"]
        for (title, panels) in Self.rows(try Self.dashboard().json) where title.hasPrefix("tda_") {
            #expect(panels == usual + ["Error budget of TDADelivery"], "\(title)")
        }
        // One objective keeps topics apart, the other is on the orders alone.
        let shop = Self.rows(try Self.dashboard(of: Self.shop()).json)
        #expect(shop["orders"] == usual + ["Error budget of Delivery", "Error budget of Speed"])
        #expect(shop["refunds"] == usual + ["Error budget of Delivery"])
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

    @Test("there is a row for each topic, and no panel lies on another")
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
