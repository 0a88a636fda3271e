import ArgumentParser
import ContractEvolution
import ContractGenerator
import ContractModel
import MonitoringCompiler
import MonitoringGenerator
import SchemaCompiler

extension RuleFileFormat: ExpressibleByArgument {}

struct Monitoring: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a contract's alert rules, their tests, and a dashboard.",
        discussion: """
            Of a contract named Shop, alerts.shop.yaml contains the rules as Prometheus loads them, alerts.shop.test.yaml \
            proves by 'promtool test rules' that each fires when it should and stays quiet when it should not, and \
            dashboard.shop.json is imported into Grafana. With --format operator, alerts.shop.yaml is a PrometheusRule \
            resource, and has no tests beside it.

            Only files whose content changes are written. Nothing is written where the contract has an error. --check \
            writes nothing: it prints what would change and exits with 1 where something would.

            EXAMPLES
              event-contracts monitoring my-contract --output monitoring
              event-contracts monitoring my-contract --output monitoring --format operator \
            --namespace monitoring --label release=prometheus

            \(ExitStatus.help)
            """)

    @OptionGroup var contract: ContractArgument

    @Option(name: .shortAndLong, help: "The folder to write the files to.", completion: .directory)
    var output: String

    @Option(help: "How the rules are written: prometheus, or operator (for its PrometheusRule).")
    var format: RuleFileFormat = .prometheus

    @OptionGroup var resource: ResourceOptions

    @Option(
        name: .customLong("diagnostics"), help: "How findings are written: text, json, or github (for its Actions).")
    var diagnosticsFormat: DiagnosticRenderer.Format = .text

    @Flag(help: "Write nothing; print a diff and exit with 1 if files differ.")
    var check = false

    func validate() throws {
        try resource.validate(for: format, option: "--format")
    }

    func run() throws {
        var diagnostics = Diagnostics(today: .today)
        let reporter = Reporter(format: diagnosticsFormat)
        let (compiled, monitoring) = try contract.compile(reporter, diagnostics: &diagnostics)
        let generator = MonitoringGenerator(compiled.contract, monitoring)
        let files = generator.generate(format: format, metadata: resource.metadata)
        if files.isEmpty {
            StandardStream.error.write("the contract has no metrics and no alerts: nothing to write\n")
        }
        try FileOutput(folder: output, suffixes: generator.suffixes, reporter: reporter).put(
            files, check: check, diagnostics: diagnostics)
    }
}
