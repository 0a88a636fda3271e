import ArgumentParser
import ContractGenerator
import ContractModel
import MonitoringCompiler
import SchemaCompiler

extension RuleFileFormat: ExpressibleByArgument {}

extension ResourceMetadata.Namespace: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension ResourceMetadata.Label: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

struct Monitoring: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a contract's alert rules, their tests, and a dashboard.",
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

    @Option(name: .shortAndLong, help: "The folder that the files go to.", completion: .directory)
    var output: String

    @Option(help: "How the rules are written: prometheus, or operator (for its PrometheusRule).")
    var format: RuleFileFormat = .prometheus

    @Option(help: "The namespace of the PrometheusRule.")
    var namespace: ResourceMetadata.Namespace?

    @Option(help: "A label of the PrometheusRule, such as the one that a Prometheus selects rules by; repeatable.")
    var label: [ResourceMetadata.Label] = []

    @Option(
        name: .customLong("diagnostics"), help: "How findings are written: text, json, or github (for its Actions).")
    var diagnosticsFormat: DiagnosticRenderer.Format = .text

    @Flag(help: "Write nothing; exit with 1 and print a diff where what is on disk differs.")
    var check = false

    func validate() throws {
        guard format == .operator || namespace == nil && label.isEmpty else {
            throw ValidationError("'--namespace' and '--label' require '--format operator'.")
        }
        var seen: Set<String> = []
        for label in label where !seen.insert(label.name).inserted {
            throw ValidationError("Duplicate label '\(label.name)'.")
        }
    }

    func run() throws {
        var diagnostics = Diagnostics()
        let reporter = Reporter(format: diagnosticsFormat)
        let (compiled, monitoring) = try contract.compile(reporter, diagnostics: &diagnostics)
        let generator = MonitoringGenerator(compiled.contract, monitoring)
        let files = generator.generate(
            format: format, metadata: ResourceMetadata(namespace: namespace, labels: label))
        if files.isEmpty {
            StandardStream.error.write("the contract declares no metrics and no alerts: there is nothing to write\n")
        }
        try FileOutput(folder: output, suffixes: generator.suffixes, reporter: reporter).put(
            files, check: check, diagnostics: diagnostics)
    }
}
