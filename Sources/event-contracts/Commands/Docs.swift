import ArgumentParser
import ContractEvolution
import ContractExchange
import ContractModel
import ContractSite
import SchemaCompiler

struct Docs: ParsableCommand {
    /// The forms of documentation.
    enum Form: String, CaseIterable, ExpressibleByArgument {
        /// A static site.
        case html
        /// The topology as a Mermaid flowchart.
        case mermaid
    }

    static let configuration = CommandConfiguration(
        abstract: "Write a contract as a static site, or its topology for a README.",
        discussion: """
            The site has a page for each topic, message, service, metric and alert. It needs no server: open its \
            index.html. With earlier versions, it has a page of changes, and each field shows since which version it \
            exists.

            EXAMPLES
              event-contracts docs my-contract --output site
              event-contracts docs my-contract --output site --against v1.snapshot.json
              event-contracts docs my-contract --format mermaid

            \(ExitStatus.help)
            """)

    @OptionGroup var contract: ContractArgument

    @Option(name: .shortAndLong, help: "The folder to write the site to.", completion: .directory)
    var output: String?

    @Option(help: "The form: html, or mermaid (the topology, on standard output).")
    var format: Form = .html

    @Option(
        help: "An earlier version; repeated, from the oldest to the latest. (default: the manifest's baseline)",
        completion: .file())
    var against: [String] = []

    @Option(
        name: .customLong("diagnostics"), help: "How findings are written: text, json, or github (for its Actions).")
    var diagnosticsFormat: DiagnosticRenderer.Format = .text

    @Flag(help: "Write nothing; print a diff and exit with 1 if files differ.")
    var check = false

    func validate() throws {
        if format == .html, output == nil { throw ValidationError("--output is missing: the folder for the site.") }
        if format == .mermaid, output != nil || check {
            throw ValidationError("--format mermaid writes to standard output, without --output and --check.")
        }
    }

    func run() throws {
        var diagnostics = Diagnostics()
        let reporter = Reporter(format: diagnosticsFormat)
        let (compiled, monitoring) = try contract.compile(reporter, diagnostics: &diagnostics)
        guard format == .html, let output else {
            reporter.report(diagnostics)
            StandardStream.output.write(MermaidTopology.text(Topology(compiled)))
            return
        }
        let history = try history(compiled.contract, diagnostics: &diagnostics)
        guard !diagnostics.hasErrors else {
            reporter.report(diagnostics)
            throw ExitCode(1)
        }
        let site = Site(compiled, monitoring, examples: MessageExamples(compiled), history: history)
        try FileOutput(folder: output, suffixes: SiteGenerator.suffixes, reporter: reporter).put(
            SiteGenerator.generate(site), check: check, diagnostics: diagnostics)
    }

    /// Returns the versions before, and the contract itself as one; `nil` where there is no earlier version, or one has
    /// errors.
    private func history(_ current: Contract, diagnostics: inout Diagnostics) throws -> SiteHistory? {
        let names = against.isEmpty ? VersionFiles.baseline(of: current) : against
        guard !names.isEmpty else { return nil }
        var versions: [ContractVersion] = []
        for name in names + [contract.path] {
            guard let files = try VersionFiles.find(name, diagnostics: &diagnostics),
                let version = ContractVersion(files, label: name, diagnostics: &diagnostics)
            else { return nil }
            versions.append(version)
        }
        return versions.last.map { SiteHistory(versions.dropLast(), current: $0) }
    }
}
