import ArgumentParser
import ContractGenerator
import ContractModel
import MetricsCompiler
import SchemaCompiler

/// The Swift of a contract, by the tool's own templates or a user's.
enum SwiftFiles {
    static let suffixes = [".swift"]

    /// - Parameter templates: A folder with a user's templates.
    /// - Throws: The exit code of the command; all diagnostics are reported then.
    static func generate(
        _ contract: CompiledContract, _ metrics: CompiledMetrics?, templates: String?, _ reporter: Reporter,
        diagnostics: inout Diagnostics
    ) throws -> [GeneratedFile] {
        let overrides = try templates.map { try TemplateFolder.read($0, diagnostics: &diagnostics) } ?? [:]
        if let templates = TemplateSet(overrides: overrides, diagnostics: &diagnostics), !diagnostics.hasErrors {
            let files = ContractGenerator(contract, metrics: metrics, templates: templates)
                .generate(diagnostics: &diagnostics)
            if !diagnostics.hasErrors { return files }
        }
        reporter.report(diagnostics)
        throw ExitCode(1)
    }
}
