import ArgumentParser
import ContractGenerator
import ContractModel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Writes files for a user to go on from, and never over the user's own.
struct NewFiles {
    let reporter: Reporter
    var force = false

    func write(_ files: [(name: String, contents: String)], to folder: String) throws {
        guard !folder.isEmpty else { throw ExitStatus.usage("expected a folder, found an empty name") }
        let url = URL(filePath: folder, directoryHint: .isDirectory)
        var diagnostics = Diagnostics()
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            for file in files
            where !force && FileManager.default.fileExists(atPath: url.appending(path: file.name).path) {
                diagnostics.error(
                    .unwritableOutput, at: SourceLocation(file: PathName.join(folder, file.name)),
                    "is there already; nothing was written")
            }
            for file in files where !diagnostics.hasErrors {
                try Data(file.contents.utf8).write(to: url.appending(path: file.name), options: .atomic)
                if reporter.format == .text {
                    StandardStream.output.write("wrote \(PathName.join(folder, file.name))\n")
                }
            }
        } catch {
            diagnostics.append(OutputFolder.Failure(path: folder, what: "can't be written", cause: error))
        }
        guard !diagnostics.hasErrors else {
            reporter.report(diagnostics)
            throw ExitCode(1)
        }
    }
}
