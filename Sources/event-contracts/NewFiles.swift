import ArgumentParser
import ContractGenerator
import ContractModel

/// Files for a user to start from, which never overwrite the user's own.
struct NewFiles {
    let reporter: Reporter
    var replaceable = OutputFolder.Replaceable.none

    func write(_ files: [(name: String, contents: String)], to folder: String) throws {
        guard !folder.isEmpty else { throw ExitStatus.usage("expected a folder, found an empty name") }
        var diagnostics = Diagnostics()
        do {
            for name in try OutputFolder(folder).start(files, replacing: replaceable) {
                diagnostics.error(
                    .unwritableOutput, at: SourceLocation(file: PathName.join(folder, name)),
                    "already exists; nothing was written")
            }
        } catch {
            diagnostics.append(error)
        }
        guard !diagnostics.hasErrors else {
            reporter.report(diagnostics)
            throw ExitCode(1)
        }
        guard reporter.format == .text else { return }
        for file in files { StandardStream.output.write("wrote \(PathName.join(folder, file.name))\n") }
    }
}
