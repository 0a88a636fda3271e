import ContractModel
import JSONTape
import MetricsCompiler
import MonitoringCompiler

/// The variables of a dashboard: its data source, and the labels that Prometheus adds to a target's series.
struct DashboardVariables {
    private let labels: [String]
    private let families: [CompiledFamily]

    private static let dataSource = "datasource"

    init(_ contract: Contract, _ metrics: CompiledMetrics) {
        families = metrics.families
        let added = contract.metrics?.targetLabels.map(\.value) ?? []
        labels = ["job", "instance"] + added.filter { $0 != "job" && $0 != "instance" }
    }

    /// Returns a selector of series, of the targets that the variables choose.
    func selector(_ name: String, _ matching: [(String, String)] = []) -> String {
        let matchers =
            matching.map { "\($0)=\(PromQLText.string($1))" } + labels.map { "\($0)=~\"$\(Self.variable($0))\"" }
        return "\(name){\(matchers.joined(separator: ", "))}"
    }

    /// The variables as Grafana reads them. A variable offers only what there is of the choices before it.
    var json: JSONValue {
        var variables: [JSONValue] = [
            [
                "name": .string(Self.dataSource), "label": "Data source", "type": "datasource", "query": "prometheus",
                "hide": 0,
            ]
        ]
        for (index, label) in labels.enumerated() {
            variables.append(variable(label, after: labels[..<index]))
        }
        return .array(variables)
    }

    private func variable(_ label: String, after others: ArraySlice<String>) -> JSONValue {
        let names = families.map { $0.kind == .histogram ? $0.name + "_count" : $0.name }
        let matchers =
            ["__name__=~\"\(names.joined(separator: "|"))\""] + others.map { "\($0)=~\"$\(Self.variable($0))\"" }
        let query = "label_values({\(matchers.joined(separator: ", "))}, \(label))"
        return [
            "name": .string(Self.variable(label)), "label": .string(label), "type": "query",
            "datasource": ["type": "prometheus", "uid": .string("${\(Self.dataSource)}")],
            "query": ["query": .string(query), "refId": "StandardVariableQuery"],
            "refresh": 2, "sort": 1, "multi": true, "includeAll": true, "allValue": ".*",
            "current": ["selected": true, "text": ["All"], "value": ["$__all"]], "hide": 0,
        ]
    }

    private static func variable(_ label: String) -> String { label == dataSource ? label + "_label" : label }
}
