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
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else {
            StandardStream.error.write("usage: generate-contracts-tool MANIFEST OUTPUT [FILE ...]\n")
            exit(64)
        }
        var diagnostics = Diagnostics()
        generate(arguments[1], files: Array(arguments[3...]), to: arguments[2], diagnostics: &diagnostics)
        let renderer = DiagnosticRenderer(format: .text, usesColor: false)
        StandardStream.error.write(renderer.render(diagnostics.sorted))
        exit(diagnostics.hasErrors ? 1 : 0)
    }

    /// - Parameter files: The files of the target that may be schemas, as paths from the manifest's folder: the build
    ///   expects the generated files of each.
    private static func generate(
        _ manifest: String, files names: [String], to output: String, diagnostics: inout Diagnostics
    ) {
        guard let read = ContractReader.read(manifest, diagnostics: &diagnostics) else { return }
        checkPresence(of: read.schemas, among: names, diagnostics: &diagnostics)
        let contract = ContractCompiler.compile(read, diagnostics: &diagnostics)
        // Warnings of words that assert nothing are for `event-contracts lint`: each build would repeat them.
        diagnostics.removeWarnings(.schemaKeyword)
        let metrics = MetricsCompiler.compile(contract, diagnostics: &diagnostics)
        if read.isStrict { diagnostics.escalateWarnings() }
        guard !diagnostics.hasErrors, let templates = TemplateSet(diagnostics: &diagnostics) else { return }
        let generator = ContractGenerator(contract, metrics: metrics, templates: templates)
        var files = generator.generate(diagnostics: &diagnostics)
        files += generator.placeholders(for: names, besides: files)
        guard !diagnostics.hasErrors else { return }
        do {
            _ = try OutputFolder(output).write(files)
        } catch {
            diagnostics.append(error)
        }
    }

    /// Reports schemas that are not files of the target: a build would neither compile their code nor notice their changes.
    private static func checkPresence(
        of schemas: [SchemaFile], among names: [String], diagnostics: inout Diagnostics
    ) {
        let known = Set(names)
        for schema in schemas where !known.contains(schema.name) {
            diagnostics.error(
                .missingFile, at: SourceLocation(file: schema.root.location.file),
                "this schema is part of the contract, but not a file of the target",
                hint: schema.name.hasPrefix("../")
                    ? "copy it into the target's folder, or generate the code with 'swift package event-contracts generate'"
                    : "remove it from the target's 'exclude', or move it out of the manifest's folder")
        }
    }
}
