package import ContractGenerator
package import ContractModel
import MetricsCompiler
package import MonitoringCompiler
import SchemaCompiler

/// Writes what watches a contract's services: alert rules, the proof that they fire, and a dashboard.
package struct MonitoringGenerator {
    private let contract: Contract
    private let monitoring: CompiledMonitoring

    /// How the names of all files end that may be generated.
    package static let suffixes = ["alerts.yaml", ".test.yaml", "dashboard.json"]

    package init(_ contract: Contract, _ monitoring: CompiledMonitoring) {
        self.contract = contract
        self.monitoring = monitoring
    }

    /// The files, by name. One contract always gives the same bytes.
    package func generate(format: RuleFileFormat) -> [GeneratedFile] {
        let source = contract.manifestName
        var files: [GeneratedFile] = []
        if let alerts = monitoring.alerts {
            files.append(
                GeneratedFile(
                    name: "alerts.yaml", contents: RuleFileEmitter.emit(alerts, source: source, format: format)))
            // promtool reads rules files alone, so there is nothing to test of a resource.
            if format == .prometheus {
                files += RuleTestEmitter.emit(alerts, source: source, rulesFile: "alerts.yaml")
            }
        }
        if let metrics = monitoring.metrics {
            files.append(
                GeneratedFile(
                    name: "dashboard.json",
                    contents: DashboardEmitter(contract, metrics, monitoring.alerts).emit()))
        }
        return files
    }
}
