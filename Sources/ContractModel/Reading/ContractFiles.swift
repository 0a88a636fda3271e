/// The files of a contract: a folder on disk, or texts in memory.
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

    /// Returns the bytes of a file, by its path from the folder.
    func read(_ name: String, folder: String, diagnostics: inout Diagnostics) -> [UInt8]? {
        let joined = PathName.join(folder, name)
        // Files of the manifest's folders may be outside of its own.
        let path = name.hasPrefix("../") ? PathName.normalized(joined) : joined
        switch self {
        case .disk: return FileReader.read(path, diagnostics: &diagnostics)
        case .texts(let texts, _):
            if let bytes = texts[name] { return bytes }
            diagnostics.error(.missingFile, at: SourceLocation(file: path), "no such file")
            return nil
        }
    }

    /// Returns the schema files in the folder and below.
    func schemas(folder: String, diagnostics: inout Diagnostics) -> FolderReader.Listing {
        switch self {
        case .disk:
            FolderReader.files(
                below: folder.isEmpty ? "." : folder, endings: SchemaFile.ownEndings, diagnostics: &diagnostics)
        case .texts(let texts, _):
            FolderReader.Listing(
                files: texts.keys.filter { name in
                    !name.hasPrefix("../") && SchemaFile.ownEndings.contains(where: name.hasSuffix)
                }.sorted())
        }
    }

    /// Returns whether there is a file, by its path from the folder.
    func contains(_ name: String, folder: String) -> Bool {
        switch self {
        case .disk: FolderReader.exists(PathName.join(folder, name))
        case .texts(let texts, _): texts[name] != nil
        }
    }

    /// Returns the JSON and YAML files in a folder that the manifest names, by their paths from its own; `nil` where there is no
    /// such folder.
    func files(ofLibrary library: String, folder: String, diagnostics: inout Diagnostics) -> [String]? {
        switch self {
        case .disk:
            let path = PathName.join(folder, library)
            guard FolderReader.isFolder(path) else { return nil }
            return FolderReader.files(below: path, endings: SchemaFile.endings, diagnostics: &diagnostics).files
                .map { PathName.normalized(PathName.join(library, $0)) }
        case .texts(let texts, _):
            let prefix = PathName.normalized(library) + "/"
            return texts.keys.filter { $0.hasPrefix(prefix) }.sorted()
        }
    }
}

extension ContractFiles {
    /// Returns the texts of a contract's manifest and schemas, by their paths from its folder; `nil` where one can't be
    /// read.
    package func texts(diagnostics: inout Diagnostics) -> [String: [UInt8]]? {
        if case .texts(let texts, _) = self { return texts }
        let (folder, manifest) = PathName.split(manifestPath)
        var texts: [String: [UInt8]] = [:]
        texts[ContractReader.manifestName] = read(manifest, folder: folder, diagnostics: &diagnostics)
        guard let contract = ContractReader.read(self, diagnostics: &diagnostics) else { return nil }
        for name in contract.schemas.map(\.name) {
            texts[name] = read(name, folder: folder, diagnostics: &diagnostics)
        }
        return diagnostics.hasErrors ? nil : texts
    }
}
