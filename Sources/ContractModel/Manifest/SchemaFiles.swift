/// Reads the schema files of a contract's folder.
struct SchemaFiles {
    let files: ContractFiles
    /// The manifest's folder.
    let folder: String

    /// - Parameter references: The schemas that messages name; `nil` where not all of them are known, and so none can
    ///   be said to be unused.
    func read(references: [Located<String>]?, diagnostics: inout Diagnostics) -> [SchemaFile] {
        let listing = files.schemas(folder: folder, diagnostics: &diagnostics)
        let found = listing.files
        let names = Set(found)
        for reference in references ?? [] where Self.isPath(reference, diagnostics: &diagnostics) {
            guard !names.contains(reference.value) else { continue }
            reportMissing(reference, listing, diagnostics: &diagnostics)
        }
        checkStems(found, diagnostics: &diagnostics)
        return found.compactMap { name in
            let path = PathName.join(folder, name)
            guard let bytes = files.read(name, folder: folder, diagnostics: &diagnostics),
                let root = JSONReader.read(bytes, file: path, diagnostics: &diagnostics)
            else { return nil }
            return SchemaFile(name: name, root: root)
        }
    }

    /// Whether a message names as its schema what can be a file of the contract.
    private static func isPath(_ schema: Located<String>, diagnostics: inout Diagnostics) -> Bool {
        let name = schema.value
        guard name.hasSuffix(ContractReader.schemaEnding) else {
            diagnostics.error(
                .invalidValue, at: schema.location, "'\(name)' does not end in '\(ContractReader.schemaEnding)'",
                hint: "rename the file, such as job\(ContractReader.schemaEnding)")
            return false
        }
        guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
            diagnostics.error(
                .invalidValue, at: schema.location, "'\(name)' leads out of the manifest's folder",
                hint: "keep the schemas beside the manifest, or in folders below it")
            return false
        }
        return true
    }

    private func reportMissing(
        _ schema: Located<String>, _ listing: FolderReader.Listing, diagnostics: inout Diagnostics
    ) {
        let name = schema.value
        // Of a folder that could not be looked into, it has been told.
        guard !listing.unreadableFolders.contains(where: { $0.isEmpty || name.hasPrefix($0 + "/") }) else { return }
        let parts = name.split(separator: "/").filter { $0 != "." }
        let isFound = listing.files.contains { $0.lowercased() == parts.joined(separator: "/").lowercased() }
        if !isFound, case .disk = files, FolderReader.exists(PathName.join(folder, name)) {
            diagnostics.error(
                .missingFile, at: schema.location, "'\(name)' is not where schemas are looked for",
                hint: "they are not in hidden folders, behind links to folders, or more than "
                    + "\(FolderReader.maximumDepth) folders below the manifest")
        } else {
            diagnostics.error(
                .missingFile, at: schema.location, "there is no schema '\(name)' beside the manifest",
                hint: listing.files.isEmpty ? nil : Suggestion.hint(for: name, among: listing.files))
        }
    }

    /// Reports schemas whose generated files would have the same names where case is ignored.
    private func checkStems(_ found: [String], diagnostics: inout Diagnostics) {
        var seen: [String: String] = [:]
        for name in found {
            let stem = SchemaFile.stem(of: name).lowercased()
            if let other = seen.updateValue(name, forKey: stem) {
                diagnostics.error(
                    .duplicateSchema, at: SourceLocation(file: PathName.join(folder, name)),
                    "'\(name)' and '\(other)' are generated into files of the same names", hint: "rename one of them")
            }
        }
    }
}
