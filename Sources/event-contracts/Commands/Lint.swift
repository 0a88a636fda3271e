import ArgumentParser
import ContractEvolution
import ContractModel
import JSONTape
import MetricsCompiler
import MonitoringCompiler
import SchemaCompiler

struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find everything that is wrong with a contract.",
        discussion: """
            Exits with 0 where nothing is wrong, and with 1 where there are errors. Warnings alone exit with 0. Where the \
            manifest names a 'baseline', the contract is also compared with it, as 'diff' does.

            EXAMPLES
              event-contracts lint my-contract
              event-contracts lint my-contract --format json
              event-contracts lint my-contract --verbose

            \(ExitStatus.help)
            """)

    @OptionGroup var contract: ContractArgument
    @OptionGroup var options: ReportOptions
    @Flag(help: "List the schemas whose Swift type is less precise than the schema, with the reason.")
    var verbose = false

    func run() throws {
        var diagnostics = Diagnostics(today: .today)
        let (compiled, monitoring) = try contract.compile(
            options.reporter, reportsUnknownWords: true, diagnostics: &diagnostics)
        let changes = try changesFromBaseline(compiled.contract, diagnostics: &diagnostics)
        report(diagnostics, changes)
        if diagnostics.hasErrors || changes?.isBreaking == true { throw ExitCode(1) }
        guard options.format == .text else { return }
        StandardStream.output.write(ContractSummary.line(compiled) + "\n")
        if let metrics = monitoring.metrics { SeriesTable.write(metrics) }
        guard verbose else { return }
        for note in compiled.notes { StandardStream.output.write("\(note.location): type: \(note.value)\n") }
    }

    /// Returns the changes from the versions that the manifest's `baseline` names; `nil` without one, or where one can't be read.
    private func changesFromBaseline(
        _ current: Contract, diagnostics: inout Diagnostics
    ) throws -> ChangeReport? {
        guard !current.baseline.isEmpty else { return nil }
        var versions: [ContractVersion] = []
        for path in VersionFiles.baseline(of: current) {
            guard let files = try VersionFiles.find(path, diagnostics: &diagnostics),
                let version = ContractVersion(files, label: path, diagnostics: &diagnostics)
            else { return nil }
            versions.append(version)
        }
        guard let files = try VersionFiles.find(contract.path, diagnostics: &diagnostics),
            let new = ContractVersion(files, label: contract.path, diagnostics: &diagnostics)
        else { return nil }
        return ContractComparison.report(old: versions, new: new, today: .today)
    }

    private func report(_ diagnostics: Diagnostics, _ changes: ChangeReport?) {
        guard let changes else {
            options.reporter.report(diagnostics)
            return
        }
        switch options.format {
        case .text:
            options.reporter.report(diagnostics)
            StandardStream.error.write(changes.breakingText)
        case .github:
            options.reporter.report(diagnostics)
            StandardStream.error.write(changes.github)
        case .json:
            // One list of all findings.
            let text = DiagnosticRenderer(format: .json).render(diagnostics.sorted)
            guard let tape = try? JSONTape(parsing: Array(text.utf8)),
                case .array(let findings)? = try? tape.value(at: .root), case .array(let more) = changes.json
            else { return }
            StandardStream.output.write(JSONValue.array(findings + more).jsonText + "\n")
        }
    }
}
