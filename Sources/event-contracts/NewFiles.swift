import ArgumentParser
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
                Terminal.write(
                    "error: \(existing.map { PathName.join(folder, $0) }.joined(separator: ", ")) "
                        + "\(existing.count == 1 ? "is" : "are") there already; nothing was written\n",
                    to: .standardError)
                throw ExitCode(1)
            }
            for file in files {
                try Data(file.contents.utf8).write(to: url.appending(path: file.name), options: .atomic)
                Terminal.write("wrote \(PathName.join(folder, file.name))\n", to: .standardOutput)
            }
        } catch let error as CocoaError {
            Terminal.write("error: \(folder): can't be written: \(error)\n", to: .standardError)
            throw ExitCode(1)
        }
    }
}
