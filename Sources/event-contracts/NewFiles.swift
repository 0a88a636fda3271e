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
    var force = false

    func write(_ files: [(name: String, contents: String)], to folder: String) throws {
        let url = URL(filePath: folder, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            let existing = files.map(\.name).filter {
                FileManager.default.fileExists(atPath: url.appending(path: $0).path)
            }
            guard force || existing.isEmpty else {
                StandardStream.error.write(
                    "error: \(existing.map { PathName.join(folder, $0) }.joined(separator: ", ")) "
                        + "\(existing.count == 1 ? "is" : "are") there already; nothing was written\n")
                throw ExitCode(1)
            }
            for file in files {
                try Data(file.contents.utf8).write(to: url.appending(path: file.name), options: .atomic)
                StandardStream.output.write("wrote \(PathName.join(folder, file.name))\n")
            }
        } catch let error as CocoaError {
            var problem = Diagnostics()
            problem.append(OutputFolder.Failure(path: folder, what: "can't be written", cause: error))
            Reporter(format: .text).report(problem)
            throw ExitCode(1)
        }
    }
}
