import ArgumentParser
import ContractEvolution
import ContractGenerator
import ContractModel
import MetricsCompiler
import MonitoringCompiler
import SchemaCompiler

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a contract's Swift.",
        discussion: """
            Writes only files whose content changes, and removes files that it wrote before and that are no longer \
            made. Files without its header line are never touched. Nothing is written where the contract has an error.

            --check writes nothing: it prints what would change and exits with 1 where something would.

            EXAMPLES
              event-contracts generate my-contract --output Sources/MyContract
              event-contracts generate my-contract --output Sources/MyContract --check --format github

            \(ExitStatus.help)
            """)

    @OptionGroup var contract: ContractArgument

    @Option(name: .shortAndLong, help: "The folder to write the Swift to.", completion: .directory)
    var output: String

    @Option(help: "A folder with templates to use in place of the tool's own.", completion: .directory)
    var templates: String?

    @Flag(help: "Write nothing; print a diff and exit with 1 if files differ.")
    var check = false

    @OptionGroup var options: ReportOptions

    func run() throws {
        var diagnostics = Diagnostics(today: .today)
        Terminal.showProgress("Reading \(contract.path) ...")
        defer { Terminal.hideProgress() }
        let (compiled, monitoring) = try contract.compile(options.reporter, diagnostics: &diagnostics)
        Terminal.showProgress("Generating \(compiled.contract.name.value) ...")
        let files = try SwiftFiles.generate(
            compiled, monitoring.metrics, templates: templates, options.reporter, diagnostics: &diagnostics)
        try FileOutput(folder: output, suffixes: SwiftFiles.suffixes, reporter: options.reporter).put(
            files, check: check, diagnostics: diagnostics)
        if !check, options.format == .text, let metrics = monitoring.metrics { SeriesTable.write(metrics) }
    }
}

/// A user's own templates.
enum TemplateFolder {
    /// Returns the templates in a folder that have the name of one of ours.
    static func read(
        _ folder: String, diagnostics: inout Diagnostics
    ) throws -> [TemplateName: (path: String, text: String)] {
        guard FolderReader.isFolder(folder) else {
            throw ExitStatus.usage("the folder of templates '\(folder)' does not exist")
        }
        let known = Dictionary(uniqueKeysWithValues: TemplateName.allCases.map { ($0.fileName, $0) })
        var templates: [TemplateName: (path: String, text: String)] = [:]
        for file in FolderReader.names(in: folder) where file.hasSuffix(".mustache") {
            let path = PathName.join(folder, file)
            guard let name = known[file] else {
                diagnostics.error(
                    .templateName, at: SourceLocation(file: path), "unknown template '\(file)'",
                    hint: Suggestion.hint(for: file, among: known.keys))
                continue
            }
            guard let bytes = FileReader.read(path, diagnostics: &diagnostics) else { continue }
            guard let text = text(of: bytes, path: path, diagnostics: &diagnostics) else { continue }
            templates[name] = (path, text)
        }
        return templates
    }

    /// Returns a template's text: without a byte order mark, and with the line ends that generated files have.
    private static func text(of bytes: [UInt8], path: String, diagnostics: inout Diagnostics) -> String? {
        guard bytes.count <= TemplateSet.maximumSize else {
            diagnostics.error(
                .templateSyntax, at: SourceLocation(file: path),
                "a template may be at most \(TemplateSet.maximumSize) bytes long, found \(bytes.count)")
            return nil
        }
        if let offset = SourceText.firstFault(in: bytes) {
            diagnostics.error(
                .templateSyntax, at: SourceText.location(of: offset, in: bytes, file: path),
                "a template must be text in UTF-8, without NUL bytes")
            return nil
        }
        let text = bytes.dropFirst(SourceText.markLength(of: bytes))
        return String(decoding: text, as: UTF8.self).replacing("\r\n", with: "\n")
    }
}
