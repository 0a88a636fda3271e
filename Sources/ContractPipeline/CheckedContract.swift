import ContractChecks
package import ContractModel
package import MonitoringCompiler
package import SchemaCompiler

/// A contract without errors, with its metrics and alerts: the input of everything that the programs write.
///
/// Its initializer is the entry to all stages: it reads the manifest and the schemas, compiles messages, metrics and alerts,
/// and checks them against each other.
package struct CheckedContract: Sendable {
    package let contract: CompiledContract
    package let monitoring: CompiledMonitoring

    /// Reads and checks the contract at the path of a manifest, or in a folder with a `topics.yaml`.
    ///
    /// Every stage runs on the parts that the stages before it could compile, and ignores the others: all errors are reported
    /// at once, and each only once. Returns `nil` if a diagnostic is an error.
    ///
    /// - Parameters:
    ///   - isStrict: Whether warnings are errors, whatever the manifest states.
    ///   - reportsUnknownWords: Whether to warn of words in schemas that assert nothing.
    package init?(
        at path: String, isStrict: Bool = false, reportsUnknownWords: Bool = true, diagnostics: inout Diagnostics
    ) {
        guard let read = ContractReader.read(path, diagnostics: &diagnostics) else { return nil }
        contract = ContractCompiler.compile(read, diagnostics: &diagnostics)
        monitoring = CompiledMonitoring(contract, diagnostics: &diagnostics)
        ContractChecks.check(contract, diagnostics: &diagnostics)
        diagnostics.reviewAllowances()
        if !reportsUnknownWords { diagnostics.removeWarnings(.schemaKeyword) }
        if isStrict || read.isStrict { diagnostics.escalateWarnings() }
        if diagnostics.hasErrors { return nil }
    }
}
