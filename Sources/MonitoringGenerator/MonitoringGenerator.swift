package import ContractGenerator
package import ContractModel
import MetricsCompiler
package import MonitoringCompiler
import SchemaCompiler

/// A generator that writes the files that monitor a contract's services: rules, their tests and a dashboard.
package struct MonitoringGenerator {
    private let contract: Contract
    private let monitoring: CompiledMonitoring

    /// The contract's name in those of the files, so that a folder can hold the files of several contracts.
    private let stem: String

    package init(_ contract: Contract, _ monitoring: CompiledMonitoring) {
        self.contract = contract
        self.monitoring = monitoring
        stem = contract.name.value.lowercased()
    }

    private var rulesFile: String { "alerts.\(stem).yaml" }

    /// The endings of the names of all files that may be generated. No other contract's files have them.
    package var suffixes: [String] {
        [".\(stem).yaml", ".\(stem).json"]
            + AlertTest.evaluationIntervals.map { "." + RuleTestEmitter.name(rulesFile: "\(stem).yaml", interval: $0) }
    }

    /// Returns the files, by name. One contract always gives the same bytes.
    ///
    /// - Parameter metadata: That of the resource, where the format is the operator's.
    package func generate(
        format: RuleFileFormat, metadata: ResourceMetadata = ResourceMetadata()
    ) -> [GeneratedFile] {
        let source = contract.manifestName
        var files: [GeneratedFile] = []
        if let alerts = monitoring.alerts {
            let emitter = RuleFileEmitter(alerts: alerts, contract: contract.name.value, source: source)
            files.append(GeneratedFile(name: rulesFile, contents: emitter.emit(format, metadata: metadata)))
            // promtool reads rules files alone, so there is nothing to test of a resource.
            if format == .prometheus {
                files += RuleTestEmitter.emit(alerts, source: source, rulesFile: rulesFile)
            }
        }
        if let metrics = monitoring.metrics {
            files.append(
                GeneratedFile(
                    name: "dashboard.\(stem).json",
                    contents: DashboardEmitter(contract, metrics, monitoring.alerts).emit()))
        }
        return files
    }
}
