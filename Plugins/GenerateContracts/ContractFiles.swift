import Foundation
import PackagePlugin

/// The manifest and the schemas among a target's files.
struct ContractFiles {
    private let target: String
    private let manifest: URL
    private let schemas: [URL]

    /// Finds the contract of a target; `nil` where a diagnostic reports that it has none, or one that can't be
    /// generated.
    init?(of target: String, among files: [URL]) {
        let manifests = files.filter { $0.lastPathComponent == "topics.yaml" }
        guard let manifest = manifests.first else {
            Self.reportMissingManifest(of: target, among: files)
            return nil
        }
        guard manifests.count == 1 else {
            let paths = manifests.map(\.path).sorted().joined(separator: ", ")
            Diagnostics.error("target '\(target)' has \(manifests.count) manifests, expected one: \(paths)")
            return nil
        }
        self.target = target
        self.manifest = manifest
        schemas = Self.schemas(among: files, below: Self.folder(of: manifest))
        guard checkNames() else { return nil }
    }

    /// Returns the command that generates the contract's code into a folder.
    func command(_ tool: URL, output: URL) -> Command {
        let paths = schemas.map(relativePath)
        let names = paths.flatMap(Self.outputNames) + Self.contractOutputNames
        return .buildCommand(
            displayName: "Generating the contract of \(target)",
            executable: tool,
            arguments: [manifest.path, output.path] + paths,
            inputFiles: [manifest] + schemas,
            outputFiles: names.map { output.appending(path: $0) })
    }

    // MARK: Checks

    /// Emits a warning, not an error: `swift package event-contracts init`, which writes the manifest, has to run in
    /// this package.
    private static func reportMissingManifest(of target: String, among files: [URL]) {
        if let misnamed = files.first(where: { ["topics.yml", "topics.json"].contains($0.lastPathComponent) }) {
            Diagnostics.warning(
                "target '\(target)' uses GenerateContracts and has no topics.yaml; rename \(misnamed.path)")
        } else {
            Diagnostics.warning(
                "target '\(target)' uses GenerateContracts and has no topics.yaml; "
                    + "'swift package event-contracts init Sources/\(target)' writes one")
        }
    }

    /// Reports files whose outputs have the same name. Without this check, SwiftPM reports only that two commands write
    /// the same file.
    private func checkNames() -> Bool {
        var seen: [String: URL] = [:]
        for schema in schemas {
            let stem = Self.stem(ofSchema: relativePath(schema))
            if let other = seen.updateValue(schema, forKey: stem.lowercased()) {
                Diagnostics.error(
                    "\(schema.path): the files generated from this schema have the same names as those of "
                        + "\(other.path); rename one")
                return false
            }
        }
        return true
    }

    // MARK: Names
    //
    // The outputs of a build command are declared before it runs. These names are those of `GeneratedFileName` in
    // Sources/ContractGenerator, which a plugin can't import; scripts/test-examples builds a package that fails to compile
    // where they differ.

    private static let ownEndings = [".schema.json", ".schema.yaml", ".schema.yml"]
    private static let endings = ownEndings + [".json", ".yaml", ".yml"]
    private static let contractOutputNames = [
        "contract.swift", "contract.metrics.swift", "contract.topics.swift", "contract.validation.swift",
    ]

    private static func folder(of manifest: URL) -> String { manifest.deletingLastPathComponent().path + "/" }

    private func relativePath(_ schema: URL) -> String {
        String(schema.path.dropFirst(Self.folder(of: manifest).count))
    }

    /// Returns the files that may be schemas. Whether one without `.schema` in its name is one, the manifest and the schemas say,
    /// which a plugin doesn't read: the tool writes files without declarations for those that are not.
    private static func schemas(among files: [URL], below folder: String) -> [URL] {
        let inFolder = files.filter { $0.path.hasPrefix(folder) && $0.path != folder + "topics.yaml" }
        let own = inFolder.filter { file in ownEndings.contains { file.lastPathComponent.hasSuffix($0) } }
        // Of files that differ in their endings alone, the first is used.
        var stems = Set(own.map { stem(ofSchema: $0.path).lowercased() })
        let others = inFolder.sorted { $0.path < $1.path }.filter { file in
            !own.contains(file) && endings.contains { file.lastPathComponent.hasSuffix($0) }
                && stems.insert(stem(ofSchema: file.path).lowercased()).inserted
        }
        return own + others
    }

    private static func stem(ofSchema path: String) -> String {
        let ending = endings.first { path.hasSuffix($0) } ?? ""
        // SwiftPM writes the names of files into JSON as they are: it can't build one with these characters.
        return path.dropLast(ending.count).replacingOccurrences(of: "/", with: "-")
            .replacingOccurrences(of: #"["\\\p{Cc}]"#, with: "_", options: .regularExpression)
    }

    private static func outputNames(ofSchema path: String) -> [String] {
        ["schema", "coding"].map { "\(stem(ofSchema: path)).\($0).swift" }
    }
}
