package import ContractModel
import MetricsCompiler
package import SchemaCompiler

/// A contract without an error, and what it measures and wakes people up by: all that a program works from.
package struct CheckedContract: Sendable {
    package let contract: CompiledContract
    package let monitoring: CompiledMonitoring

    /// Reads and compiles the contract at a manifest's path, or in a folder that holds `topics.yaml`.
    ///
    /// Every stage runs on what the ones before it could make sense of, and says nothing of the rest: so all that is
    /// wrong is told at once, and each cause only once. `nil` where a diagnostic is an error.
    package init?(at path: String, diagnostics: inout Diagnostics) {
        guard let read = ContractReader.read(path, diagnostics: &diagnostics) else { return nil }
        contract = ContractCompiler.compile(read, diagnostics: &diagnostics)
        monitoring = CompiledMonitoring(contract, diagnostics: &diagnostics)
        if diagnostics.hasErrors { return nil }
    }
}
