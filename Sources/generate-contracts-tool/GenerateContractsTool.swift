import ContractGenerator
import ContractModel
import MonitoringCompiler
import SchemaCompiler

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the plugin GenerateContracts runs: `event-contracts generate` without its options.
///
/// A program of its own, because everyone who uses the plugin waits for it to be built: reading options takes a library
/// that takes as long to build as all that reads contracts.
@main
enum GenerateContractsTool {
    static func main() {
        guard CommandLine.arguments.count == 3 else {
            StandardStream.error.write("usage: generate-contracts-tool MANIFEST OUTPUT\n")
            exit(64)
        }
        var diagnostics = Diagnostics()
        generate(CommandLine.arguments[1], to: CommandLine.arguments[2], diagnostics: &diagnostics)
        let renderer = DiagnosticRenderer(format: .text, usesColor: false)
        StandardStream.error.write(renderer.render(diagnostics.sorted))
        exit(diagnostics.hasErrors ? 1 : 0)
    }

    private static func generate(_ manifest: String, to output: String, diagnostics: inout Diagnostics) {
        guard let checked = CheckedContract(at: manifest, diagnostics: &diagnostics),
            let templates = TemplateSet(overrides: [:], diagnostics: &diagnostics), !diagnostics.hasErrors
        else { return }
        let files = ContractGenerator(checked.contract, monitoring: checked.monitoring, templates: templates)
            .generate(diagnostics: &diagnostics)
        guard !diagnostics.hasErrors else { return }
        do {
            _ = try OutputFolder(output).write(files)
        } catch {
            diagnostics.append(error)
        }
    }
}
