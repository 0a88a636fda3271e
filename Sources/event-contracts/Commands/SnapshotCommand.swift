import ArgumentParser
import ContractEvolution
import ContractGenerator
import ContractModel

struct SnapshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Save a contract in one file, as a version that later ones are compared with.",
        discussion: """
            EXAMPLES
              event-contracts snapshot my-contract --output v1.snapshot.json
              event-contracts diff v1.snapshot.json my-contract

            The file is written anew if it is a snapshot already. Other files are never overwritten.

            \(ExitStatus.help)
            """)

    @OptionGroup var contract: ContractArgument

    @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
    var output: String

    @OptionGroup var options: ReportOptions

    func run() throws {
        guard !output.isEmpty else { throw ExitStatus.usage("expected a file to write, found an empty name") }
        var diagnostics = Diagnostics(today: .today)
        guard let files = try VersionFiles.find(contract.path, diagnostics: &diagnostics),
            let texts = files.texts(diagnostics: &diagnostics),
            ContractVersion(files, label: contract.path, diagnostics: &diagnostics) != nil,
            let snapshot = Snapshot.text(texts)
        else {
            options.reporter.report(diagnostics)
            throw ExitCode(1)
        }
        options.reporter.report(diagnostics)
        let (folder, name) = PathName.split(output)
        let replaceable = OutputFolder.Replaceable.files { Snapshot.isSnapshot(start: $0) }
        try NewFiles(reporter: options.reporter, replaceable: replaceable).write(
            [(name, String(decoding: snapshot, as: UTF8.self))], to: folder.isEmpty ? "." : folder)
    }
}
