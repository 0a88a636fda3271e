/// The files that a contract is read from: a folder on disk, or texts that come from elsewhere.
package enum ContractFiles: Sendable {
    /// A manifest's path, or a folder that holds `topics.yaml`.
    case disk(String)
    /// Texts by their paths from the manifest's folder.
    ///
    /// - Parameter label: The name of the folder, as diagnostics show it.
    case texts([String: [UInt8]], label: String)

    /// The path of the manifest.
    var manifestPath: String {
        switch self {
        case .disk(let path):
            FolderReader.isFolder(path) ? PathName.join(path, ContractReader.manifestName) : path
        case .texts(_, let label): PathName.join(label, ContractReader.manifestName)
        }
    }

    /// The bytes of a file, by its path from the folder.
    func read(_ name: String, folder: String, diagnostics: inout Diagnostics) -> [UInt8]? {
        let path = PathName.join(folder, name)
        switch self {
        case .disk: return FileReader.read(path, diagnostics: &diagnostics)
        case .texts(let texts, _):
            if let bytes = texts[name] { return bytes }
            diagnostics.error(.missingFile, at: SourceLocation(file: path), "there is no such file")
            return nil
        }
    }

    /// The schema files in the folder and below.
    func schemas(folder: String, diagnostics: inout Diagnostics) -> FolderReader.Listing {
        switch self {
        case .disk:
            FolderReader.files(
                below: folder.isEmpty ? "." : folder, ending: ContractReader.schemaEnding, diagnostics: &diagnostics)
        case .texts(let texts, _):
            FolderReader.Listing(
                files: texts.keys.filter { $0.hasSuffix(ContractReader.schemaEnding) }.sorted())
        }
    }
}

extension ContractFiles {
    /// The texts of a contract's manifest and schemas, by their paths from its folder; `nil` where one can't be read.
    package func texts(diagnostics: inout Diagnostics) -> [String: [UInt8]]? {
        if case .texts(let texts, _) = self { return texts }
        let (folder, manifest) = PathName.split(manifestPath)
        var texts: [String: [UInt8]] = [:]
        texts[ContractReader.manifestName] = read(manifest, folder: folder, diagnostics: &diagnostics)
        for name in schemas(folder: folder, diagnostics: &diagnostics).files {
            texts[name] = read(name, folder: folder, diagnostics: &diagnostics)
        }
        return diagnostics.hasErrors ? nil : texts
    }
}
