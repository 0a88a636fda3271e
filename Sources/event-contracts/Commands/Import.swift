import ArgumentParser
import ContractExchange
import ContractModel

struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Start a contract from what other tools have written.",
        subcommands: [AsyncAPI.self])

    struct AsyncAPI: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "asyncapi",
            abstract: "Start a contract from an AsyncAPI document of version 2 or 3.",
            discussion: """
                Channels become topics, messages become messages with a schema file each, and operations become \
                producers and consumers. Each part of the document that a contract has no place for is listed as a \
                note. Files that are there already are never overwritten.

                EXAMPLES
                  event-contracts import asyncapi asyncapi.yaml --output my-contract

                \(ExitStatus.help)
                """)

        @Argument(help: "The document, YAML or JSON.", completion: .file(extensions: ["yaml", "yml", "json"]))
        var document: String

        @Option(name: .shortAndLong, help: "The folder for the contract.", completion: .directory)
        var output: String

        @OptionGroup var options: ReportOptions

        func run() throws {
            guard !document.isEmpty else { throw ExitStatus.usage("expected a document, found an empty name") }
            var diagnostics = Diagnostics()
            guard let bytes = FileReader.read(document, diagnostics: &diagnostics),
                let result = AsyncAPIImport.read(bytes, path: document, diagnostics: &diagnostics)
            else {
                options.reporter.report(diagnostics)
                throw ExitCode(1)
            }
            options.reporter.report(diagnostics)
            if !diagnostics.hasErrors { try NewFiles(reporter: options.reporter).write(result.files, to: output) }
            for loss in result.losses {
                StandardStream.error.write(
                    "\(DiagnosticRenderer.oneLine(loss.location.description)): note: \(DiagnosticRenderer.oneLine(loss.value))\n"
                )
            }
            guard !diagnostics.hasErrors else { throw ExitCode(1) }
            options.reporter.suggestLint(of: output)
        }
    }
}
