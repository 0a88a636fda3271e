import ArgumentParser
import ContractModel
import MetricsCompiler
import MonitoringCompiler
import SchemaCompiler

struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds everything that is wrong with a contract.",
        discussion: """
            Exits with 0 where nothing is wrong, and with 1 where there are errors. Warnings alone exit with 0.

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
        var diagnostics = Diagnostics()
        let (compiled, monitoring) = try contract.compile(
            options.reporter, reportsUnknownWords: true, diagnostics: &diagnostics)
        options.reporter.report(diagnostics)
        guard options.format == .text else { return }
        StandardStream.output.write(ContractSummary.line(compiled) + "\n")
        if let metrics = monitoring.metrics { SeriesTable.write(metrics) }
        guard verbose else { return }
        for note in compiled.notes { StandardStream.output.write("\(note.location): type: \(note.value)\n") }
    }
}
