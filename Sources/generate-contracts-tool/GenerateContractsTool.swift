import ContractGenerator
import ContractModel
import MetricsCompiler
import SchemaCompiler

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The program that the plugin GenerateContracts runs: `event-contracts generate` without its options, and without the
/// checks of alerts, which are not part of the generated Swift.
///
/// A program of its own, because everyone who uses the plugin waits for it to be built: neither swift-argument-parser nor
/// PromQL is part of it.
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
        guard let read = ContractReader.read(manifest, diagnostics: &diagnostics) else { return }
        let contract = ContractCompiler.compile(read, diagnostics: &diagnostics)
        let metrics = MetricsCompiler.compile(contract, diagnostics: &diagnostics)
        guard !diagnostics.hasErrors, let templates = TemplateSet(diagnostics: &diagnostics) else { return }
        let files = ContractGenerator(contract, metrics: metrics, templates: templates)
            .generate(diagnostics: &diagnostics)
        guard !diagnostics.hasErrors else { return }
        do {
            _ = try OutputFolder(output).write(files)
        } catch {
            diagnostics.append(error)
        }
    }
}
