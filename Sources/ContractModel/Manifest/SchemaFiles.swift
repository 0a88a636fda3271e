/// The schema files of a contract.
///
/// These are schemas: files of the manifest's folder whose names end in `.schema.json` or `.schema.yaml`, files that
/// messages name, files that other schemas refer to by relative path, and all JSON and YAML files of the manifest's
/// `folders`.
struct SchemaFiles {
    private let source: ContractFiles
    private let folder: String
    private var files: [SchemaFile] = []
    /// The names of files that have been read, or could not be.
    private var known: Set<String> = []
    private var unreadableFolders: [String] = []

    /// - Parameters:
    ///   - references: The schemas that messages name; `nil` where not all of them are known.
    ///   - libraries: The manifest's `folders`.
    static func read(
        _ source: ContractFiles, folder: String, references: [Located<String>]?, libraries: [Located<String>],
        diagnostics: inout Diagnostics
    ) -> [SchemaFile] {
        var reader = SchemaFiles(source: source, folder: folder)
        let listing = source.schemas(folder: folder, diagnostics: &diagnostics)
        reader.unreadableFolders = listing.unreadableFolders
        for library in libraries { reader.readLibrary(library, diagnostics: &diagnostics) }
        for name in listing.files { reader.readFile(name, diagnostics: &diagnostics) }
        for reference in references ?? [] { reader.readNamed(reference, diagnostics: &diagnostics) }
        reader.readReferenced(diagnostics: &diagnostics)
        reader.files.sort { $0.name < $1.name }
        reader.checkStems(diagnostics: &diagnostics)
        return reader.files
    }

    private mutating func readFile(_ name: String, isFromLibrary: Bool = false, diagnostics: inout Diagnostics) {
        guard known.insert(name).inserted else { return }
        let joined = PathName.join(folder, name)
        let path = isFromLibrary ? PathName.normalized(joined) : joined
        guard let bytes = source.read(name, folder: folder, diagnostics: &diagnostics) else { return }
        let root =
            name.hasSuffix(".json")
            ? JSONReader.read(bytes, file: path, diagnostics: &diagnostics)
            : YAMLReader.read(bytes, file: path, diagnostics: &diagnostics)
        if let root { files.append(SchemaFile(name: name, root: root, isFromLibrary: isFromLibrary)) }
    }

    // MARK: Folders

    private mutating func readLibrary(_ library: Located<String>, diagnostics: inout Diagnostics) {
        guard let names = source.files(ofLibrary: library.value, folder: folder, diagnostics: &diagnostics) else {
            diagnostics.error(
                .missingFile, at: library.location, "no such folder: '\(library.value)'",
                hint: "write its path from the manifest's folder, such as ../shared-schemas")
            return
        }
        // The manifest may be in one of its own folders.
        for name in names where name != ContractReader.manifestName {
            readFile(name, isFromLibrary: true, diagnostics: &diagnostics)
        }
    }

    // MARK: Files that messages name

    private mutating func readNamed(_ reference: Located<String>, diagnostics: inout Diagnostics) {
        let name = SchemaFile.name(of: reference.value)
        guard !known.contains(name) else { return }
        guard SchemaFile.endings.contains(where: { name.hasSuffix($0) && name != $0 }) else {
            diagnostics.error(
                .invalidValue, at: reference.location, "'\(name)' is neither a JSON nor a YAML file",
                hint: "name a file that ends in .json, .yaml or .yml, such as job.schema.json")
            return
        }
        guard PathName.normalized(name) == name, !name.hasPrefix("../"), !name.hasPrefix("/") else {
            reportPath(reference, name, diagnostics: &diagnostics)
            return
        }
        guard isLookedFor(name), source.contains(name, folder: folder) else {
            reportMissing(reference, name, diagnostics: &diagnostics)
            return
        }
        readFile(name, diagnostics: &diagnostics)
    }

    /// Returns whether a file is in none of the folders that are ignored.
    private func isLookedFor(_ name: String) -> Bool {
        let parts = name.split(separator: "/")
        return parts.count <= FolderReader.maximumDepth + 1 && !parts.contains { $0.hasPrefix(".") }
    }

    private func reportPath(_ reference: Located<String>, _ name: String, diagnostics: inout Diagnostics) {
        let shorter = PathName.normalized(name)
        guard shorter.hasPrefix("..") || shorter.hasPrefix("/") else {
            diagnostics.error(
                .invalidValue, at: reference.location, "'\(name)' has unnecessary parts", hint: "write '\(shorter)'")
            return
        }
        diagnostics.error(
            .invalidValue, at: reference.location, "'\(name)' is outside of the manifest's folder",
            hint: "list its folder as 'folders' in the manifest's 'schemas', or move the file next to the manifest")
    }

    private func reportMissing(_ reference: Located<String>, _ name: String, diagnostics: inout Diagnostics) {
        // That the folder can't be listed has been reported.
        guard !unreadableFolders.contains(where: { $0.isEmpty || name.hasPrefix($0 + "/") }) else { return }
        let names = files.map(\.name).sorted()
        if !isLookedFor(name), source.contains(name, folder: folder) {
            diagnostics.error(
                .missingFile, at: reference.location, "'\(name)' is not where schemas are looked for",
                hint: "they are not in hidden folders, behind links to folders, or more than "
                    + "\(FolderReader.maximumDepth) folders below the manifest")
        } else {
            diagnostics.error(
                .missingFile, at: reference.location, "missing schema '\(name)'",
                hint: names.isEmpty ? nil : Suggestion.hint(for: name, among: names))
        }
    }

    // MARK: Files that schemas refer to

    /// Reads the files that references name by relative path, and those that these refer to.
    private mutating func readReferenced(diagnostics: inout Diagnostics) {
        var next = 0
        while next < files.count {
            let file = files[next]
            next += 1
            for path in file.root.referencedPaths {
                let name = PathName.normalized(PathName.join(PathName.split(file.name).folder, path))
                guard !name.hasPrefix("../"), !name.hasPrefix("/"), isLookedFor(name),
                    SchemaFile.endings.contains(where: name.hasSuffix),
                    source.contains(name, folder: folder)
                else { continue }
                readFile(name, isFromLibrary: file.isFromLibrary, diagnostics: &diagnostics)
            }
        }
    }

    // MARK: Names of generated files

    /// Reports schemas whose generated files would have the same names where case is ignored.
    private func checkStems(diagnostics: inout Diagnostics) {
        var seen: [String: String] = [:]
        for file in files {
            let stem = file.stem.lowercased()
            if let other = seen.updateValue(file.name, forKey: stem) {
                diagnostics.error(
                    .duplicateSchema, at: SourceLocation(file: PathName.join(folder, file.name)),
                    "'\(file.name)' and '\(other)' are generated into files of the same names",
                    hint: "rename one of them")
            }
        }
    }
}

extension SourceNode {
    /// The paths that the references in a schema name, without their fragments; URIs with a scheme are not paths.
    fileprivate var referencedPaths: Set<String> {
        var paths: Set<String> = []
        collectPaths(into: &paths)
        return paths
    }

    private func collectPaths(into paths: inout Set<String>) {
        switch content {
        case .mapping(let entries):
            for entry in entries {
                if entry.key.value == "$ref", case .string(let text) = entry.value.content {
                    let path = SchemaFile.name(of: text)
                    if !path.isEmpty, !path.contains(":") { paths.insert(path) }
                } else {
                    entry.value.collectPaths(into: &paths)
                }
            }
        case .sequence(let nodes): for node in nodes { node.collectPaths(into: &paths) }
        case .null, .bool, .number, .string: break
        }
    }
}
