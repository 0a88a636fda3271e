package import ContractModel
package import MetricsCompiler
package import SchemaCompiler

/// What a contract measures, and what wakes people up, checked against each other.
package struct CompiledMonitoring: Sendable {
    /// `nil` where the contract declares none.
    package var metrics: CompiledMetrics?
    /// `nil` where the contract declares none.
    package var alerts: CompiledAlerts?

    /// Compiles the manifest's metrics and alerts. Sound only where no diagnostic is an error.
    package init(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        metrics = MetricsCompiler.compile(contract, diagnostics: &diagnostics)
        var found = Diagnostics()
        alerts = AlertCompiler.compile(contract, metrics, diagnostics: &found)
        // Of a metric whose family could not be read, it can't be said that there is none.
        if !contract.contract.known.families { found.remove(.unknownMetric) }
        diagnostics.append(found)
    }
}
