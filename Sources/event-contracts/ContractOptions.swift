import ArgumentParser
import ContractModel
import ContractPipeline
import MonitoringCompiler
import SchemaCompiler

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension DiagnosticRenderer.Format: ExpressibleByArgument {}

/// The options for showing findings.
struct ReportOptions: ParsableArguments {
    @Option(help: "How findings are written: text, json, or github (for its Actions).")
    var format: DiagnosticRenderer.Format = .text

    var reporter: Reporter { Reporter(format: format) }
}

/// A reporter of findings.
struct Reporter {
    let format: DiagnosticRenderer.Format
    /// Whether findings on a terminal show their source lines. Those of messages do not: messages may contain secrets.
    var showsSource = true

    /// Writes findings: as text and for GitHub where a person or a build looks, on standard error; as JSON for a program.
    func report(_ diagnostics: Diagnostics) {
        Terminal.hideProgress()
        let sorted = diagnostics.sorted
        let sources = showsSource && StandardStream.error.isTerminal ? SourceFiles(of: sorted) : SourceFiles(of: [])
        let renderer = DiagnosticRenderer(
            format: format, usesColor: Terminal.showsColor(of: .error), excerpt: sources.excerpt)
        let text = renderer.render(sorted)
        let stream: StandardStream = format == .json ? .output : .error
        stream.write(text)
    }
}

/// The contract of a command.
struct ContractArgument: ParsableArguments {
    @Argument(
        help: "The manifest, or a folder with topics.yaml. (default: schemas, or . if that has none)",
        completion: .file(extensions: ["yaml"]))
    var contract: String?

    @Flag(help: "Treat warnings as errors.")
    var strict = false

    var path: String { ContractPath(contract).path }

    func compile(
        _ reporter: Reporter, reportsUnknownWords: Bool = false, diagnostics: inout Diagnostics
    ) throws -> (contract: CompiledContract, monitoring: CompiledMonitoring) {
        try ContractPath(contract, isStrict: strict).compile(
            reporter, reportsUnknownWords: reportsUnknownWords, diagnostics: &diagnostics)
    }
}

/// The place of a contract.
struct ContractPath {
    let path: String
    private let isStrict: Bool

    /// - Parameters:
    ///   - path: `nil` for the default.
    ///   - isStrict: Whether warnings are errors, whatever the manifest states.
    init(_ path: String?, isStrict: Bool = false) {
        self.isStrict = isStrict
        let inSchemas = "schemas/\(ContractReader.manifestName)"
        self.path = path ?? (FileManager.default.fileExists(atPath: inSchemas) ? "schemas" : ".")
    }

    /// Reads and compiles the contract; reports and ends the command where it has errors.
    ///
    /// - Parameter reportsUnknownWords: Whether to warn of words in schemas that assert nothing.
    func compile(
        _ reporter: Reporter, reportsUnknownWords: Bool = false, diagnostics: inout Diagnostics
    ) throws -> (contract: CompiledContract, monitoring: CompiledMonitoring) {
        // As of a variable that is not set.
        guard !path.isEmpty else { throw ExitStatus.usage("expected a contract, found an empty name") }
        let checked = CheckedContract(
            at: path, isStrict: isStrict, reportsUnknownWords: reportsUnknownWords, diagnostics: &diagnostics)
        guard let checked else {
            reporter.report(diagnostics)
            throw ExitCode(1)
        }
        return (checked.contract, checked.monitoring)
    }
}
