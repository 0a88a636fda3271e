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
            for file in files where !force && isThere(url.appending(path: file.name)) {
                diagnostics.error(
                    .unwritableOutput, at: SourceLocation(file: PathName.join(folder, file.name)),
                    "is there already; nothing was written")
            }
            if !diagnostics.hasErrors {
                try WholeFiles.write(files.map { (url.appending(path: $0.name).path, $0.contents) })
            }
        } catch let failure as OutputFolder.Failure {
            diagnostics.append(failure)
        } catch {
            diagnostics.append(OutputFolder.Failure(path: folder, what: "can't be written", cause: error))
        }
        guard !diagnostics.hasErrors else {
            reporter.report(diagnostics)
            throw ExitCode(1)
        }
        guard reporter.format == .text else { return }
        for file in files { StandardStream.output.write("wrote \(PathName.join(folder, file.name))\n") }
    }

    /// Whether there is anything of a name, be it a link that leads nowhere.
    private func isThere(_ place: URL) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: place.path)) != nil
    }
}
