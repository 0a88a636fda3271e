import ArgumentParser
import ContractModel
import MonitoringCompiler
import SchemaCompiler

struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds everything that is wrong with a contract.",
        discussion:
            "Exits with 0 where nothing is wrong, and with 1 where there are errors. Warnings alone exit with 0.")

    @OptionGroup var contract: ContractArgument
    @OptionGroup var options: ReportOptions

    func run() throws {
        var diagnostics = Diagnostics()
        let (compiled, monitoring) = try contract.compile(options.reporter, diagnostics: &diagnostics)
        options.reporter.report(diagnostics)
        guard options.format == .text else { return }
        StandardStream.output.write(
            "\(compiled.contract.name.value) \(compiled.contract.version.value): \(compiled.topics.count) topics, "
                + "\(compiled.messages.count) messages, \(compiled.messages.map(\.events.count).reduce(0, +)) events: "
                + "no errors\n")
        if let metrics = monitoring.metrics { SeriesTable.write(metrics) }
    }
}
