import ArgumentParser
import ContractModel
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

            \(ExitStatus.help)
            """)

    @OptionGroup var contract: ContractArgument
    @OptionGroup var options: ReportOptions

    func run() throws {
        var diagnostics = Diagnostics()
        let (compiled, monitoring) = try contract.compile(options.reporter, diagnostics: &diagnostics)
        options.reporter.report(diagnostics)
        guard options.format == .text else { return }
        let events = compiled.messages.map(\.events.count).reduce(0, +)
        StandardStream.output.write(
            "\(compiled.contract.name.value) \(compiled.contract.version.value): "
                + "\(count(compiled.topics.count, "topic")), \(count(compiled.messages.count, "message")), "
                + "\(count(events, "event")): no errors\n")
        if let metrics = monitoring.metrics { SeriesTable.write(metrics) }
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
