import ContractEvolution
import ContractModel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The files of a version of a contract, found by the name that a user gave.
enum VersionFiles {
    /// Returns the names of the versions that a manifest's `baseline` lists, the oldest first.
    static func baseline(of contract: Contract) -> [String] {
        let folder = PathName.split(contract.manifestPath).folder
        // A git revision is named from the repository, a file or a folder from the manifest.
        return contract.baseline.map { $0.value.contains(":") ? $0.value : PathName.join(folder, $0.value) }
    }

    /// - Returns: `nil` where the version can't be read, which is reported.
    static func find(_ name: String, diagnostics: inout Diagnostics) throws -> ContractFiles? {
        if FileManager.default.fileExists(atPath: name) {
            guard name.hasSuffix(".json") else { return .disk(name) }
            guard let bytes = FileReader.read(name, diagnostics: &diagnostics),
                let files = Snapshot.files(bytes, path: name, diagnostics: &diagnostics)
            else { return nil }
            return .texts(files, label: name)
        }
        guard name.contains(":") else {
            // Reading says that it is missing, with what it might have been.
            return .disk(name)
        }
        return try GitRevision(name).files(diagnostics: &diagnostics)
    }
}
