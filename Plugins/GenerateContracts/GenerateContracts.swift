import Foundation
import PackagePlugin

/// Generates a contract's code whenever a target that holds a `topics.yaml` is built.
@main
struct GenerateContracts: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let files = target.sourceModule?.sourceFiles.map(\.url) else { return [] }
        let manifests = files.filter { $0.lastPathComponent == "topics.yaml" }
        guard let manifest = manifests.first, manifests.count == 1 else {
            Diagnostics.error(
                manifests.isEmpty
                    ? "target '\(target.name)' uses GenerateContracts but holds no topics.yaml"
                    : "target '\(target.name)' holds \(manifests.count) files named topics.yaml; expected one")
            return []
        }
        let folder = manifest.deletingLastPathComponent().path + "/"
        let schemas = files.filter {
            $0.lastPathComponent.hasSuffix(Self.schemaSuffix) && $0.path.hasPrefix(folder)
        }
        guard checkNames(of: schemas), checkPresence(of: schemas, below: manifest) else { return [] }
        let output = context.pluginWorkDirectoryURL
        let names = schemas.flatMap { Self.outputNames(ofSchema: $0.lastPathComponent) } + Self.contractOutputNames
        return [
            .buildCommand(
                displayName: "Generating the contract of \(target.name)",
                executable: try context.tool(named: "generate-contracts-tool").url,
                arguments: [manifest.path, output.path],
                inputFiles: [manifest] + schemas,
                outputFiles: names.map { output.appending(path: $0) })
        ]
    }

    /// Generated files lie in one folder, whatever folders their schemas lie in. SwiftPM would only say that several commands
    /// make one file.
    private func checkNames(of schemas: [URL]) -> Bool {
        var seen: [String: URL] = [:]
        for schema in schemas {
            if let other = seen.updateValue(schema, forKey: schema.lastPathComponent.lowercased()) {
                Diagnostics.error(
                    "\(schema.path): the code of this schema has the same file names as that of \(other.path); rename one"
                )
                return false
            }
        }
        return true
    }

    /// The tool reads all schemas beside the manifest. One that the target excludes would be generated, and not compiled.
    private func checkPresence(of schemas: [URL], below manifest: URL) -> Bool {
        let folder = manifest.deletingLastPathComponent()
        let known = Set(schemas.map(\.standardizedFileURL.path))
        let found = FileManager.default.enumerator(
            at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
        for case let file as URL in found ?? FileManager.DirectoryEnumerator()
        where file.lastPathComponent.hasSuffix(Self.schemaSuffix) && !known.contains(file.standardizedFileURL.path) {
            Diagnostics.error(
                "\(file.path): the target leaves this schema out, and its contract does not; move it away")
            return false
        }
        return true
    }

    // A build tool's outputs must be named before it runs. These names are those of `GeneratedFileName` in
    // Sources/ContractGenerator, which a plugin can't import; `make test` builds an example that would fail to
    // compile where they differed.

    private static let schemaSuffix = ".schema.json"
    private static let contractOutputNames = ["contract.swift", "contract.metrics.swift", "contract.topics.swift"]

    private static func outputNames(ofSchema file: String) -> [String] {
        let stem = file.dropLast(schemaSuffix.count)
        return ["types", "coding", "validation", "events"].map { "\(stem).\($0).swift" }
    }
}
