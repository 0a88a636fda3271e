import ArgumentParser
import ContractGenerator
import ContractModel
import MonitoringCompiler
import SchemaCompiler

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a contract's Swift.",
        discussion: """
            Writes only files whose content changes, and removes files that it wrote before and that are no longer \
            made. Files without its header line are never touched. Nothing is written where the contract has an error.

            --check writes nothing: it prints what would change and exits with 1 where something would.
            """)

    @OptionGroup var contract: ContractArgument

    @Option(name: .shortAndLong, help: "The folder that the Swift goes to.", completion: .directory)
    var output: String

    @Option(help: "A folder with templates to use in place of the tool's own.", completion: .directory)
    var templates: String?

    @Flag(help: "Write nothing; exit with 1 and print a diff where what is on disk differs.")
    var check = false

    @Flag(help: "Print nothing but findings.")
    var quiet = false

    @OptionGroup var options: ReportOptions

    func run() throws {
        var diagnostics = Diagnostics()
        Terminal.showProgress("Reading \(contract.path) ...")
        defer { Terminal.showProgress("") }
        let (compiled, monitoring) = try contract.compile(options, diagnostics: &diagnostics)
        let overrides = try templates.map { try TemplateFolder.read($0, diagnostics: &diagnostics) } ?? [:]
        guard let templates = TemplateSet(overrides: overrides, diagnostics: &diagnostics), !diagnostics.hasErrors
        else {
            options.report(diagnostics)
            throw ExitCode(1)
        }
        Terminal.showProgress("Generating \(compiled.contract.name.value) ...")
        let files = ContractGenerator(compiled, monitoring: monitoring, templates: templates)
            .generate(diagnostics: &diagnostics)
        Terminal.showProgress("")
        options.report(diagnostics)
        guard !diagnostics.hasErrors else { throw ExitCode(1) }
        do {
            if check { try compare(files) } else { try write(files) }
            if !check, !quiet, options.format == .text, let metrics = monitoring.metrics { SeriesTable.write(metrics) }
        } catch let failure as OutputFolder.Failure {
            var problem = Diagnostics()
            problem.error(.unwritableOutput, at: SourceLocation(file: failure.path), failure.message)
            options.report(problem)
            throw ExitCode(1)
        }
    }

    private func compare(_ files: [GeneratedFile]) throws {
        let differences = try OutputFolder(output).differences(from: files)
        for difference in differences {
            Terminal.write(
                UnifiedDiff.render(old: difference.old, new: difference.new, name: difference.name), to: .standardOutput
            )
        }
        guard differences.isEmpty else { throw ExitCode(1) }
    }

    private func write(_ files: [GeneratedFile]) throws {
        let summary = try OutputFolder(output).write(files)
        guard !quiet, options.format == .text else { return }
        for name in summary.written { Terminal.write("wrote \(PathName.join(output, name))\n", to: .standardOutput) }
        for name in summary.removed { Terminal.write("removed \(PathName.join(output, name))\n", to: .standardOutput) }
        if summary.written.isEmpty, summary.removed.isEmpty {
            Terminal.write("\(summary.unchanged.count) files are up to date\n", to: .standardOutput)
        }
    }
}

/// A user's own templates.
enum TemplateFolder {
    /// The templates in a folder that have the name of one of ours.
    static func read(
        _ folder: String, diagnostics: inout Diagnostics
    ) throws -> [TemplateName: (path: String, text: String)] {
        guard FolderReader.isFolder(folder) else {
            throw ValidationError("there is no folder '\(folder)' with templates")
        }
        let known = Dictionary(uniqueKeysWithValues: TemplateName.allCases.map { ($0.fileName, $0) })
        var templates: [TemplateName: (path: String, text: String)] = [:]
        for file in FolderReader.names(in: folder) where file.hasSuffix(".mustache") {
            let path = PathName.join(folder, file)
            guard let name = known[file] else {
                diagnostics.error(
                    .templateName, at: SourceLocation(file: path), "there is no template '\(file)' to override",
                    hint: Suggestion.hint(for: file, among: known.keys))
                continue
            }
            guard let bytes = FileReader.read(path, diagnostics: &diagnostics) else { continue }
            guard let text = String(validating: bytes, as: UTF8.self), bytes.count <= TemplateSet.maximumSize else {
                diagnostics.error(
                    .templateSyntax, at: SourceLocation(file: path),
                    "a template must be UTF-8 and at most \(TemplateSet.maximumSize) bytes long")
                continue
            }
            templates[name] = (path, text)
        }
        return templates
    }
}
