package import ContractModel
package import MetricsCompiler
package import SchemaCompiler

/// The metrics and the alerts of a contract, checked against each other.
package struct CompiledMonitoring: Sendable {
    /// `nil` if the contract has none.
    package var metrics: CompiledMetrics?
    /// `nil` if the contract has none.
    package var alerts: CompiledAlerts?

    /// Compiles the metrics and alerts of the manifest. The result is incomplete if a diagnostic is an error.
    package init(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        metrics = MetricsCompiler.compile(contract, diagnostics: &diagnostics)
        var found = Diagnostics()
        alerts = AlertCompiler.compile(contract, metrics, diagnostics: &found)
        // A metric may be missing because its family has a reported error.
        if !contract.contract.complete.families { found.remove(.unknownMetric) }
        diagnostics.append(found)
    }
}
