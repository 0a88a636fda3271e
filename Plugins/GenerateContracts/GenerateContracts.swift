import Foundation
import PackagePlugin

/// The build plugin that generates a contract's code whenever a target with a `topics.yaml` is built.
@main
struct GenerateContracts: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let files = target.sourceModule?.sourceFiles.map(\.url) else { return [] }
        guard let contract = ContractFiles(of: target.name, among: files) else { return [] }
        return [contract.command(try context.tool(named: Self.tool).url, output: context.pluginWorkDirectoryURL)]
    }

    private static let tool = "generate-contracts-tool"
}

#if canImport(XcodeProjectPlugin)
import XcodeProjectPlugin

extension GenerateContracts: XcodeBuildToolPlugin {
    func createBuildCommands(context: XcodePluginContext, target: XcodeTarget) throws -> [Command] {
        guard let contract = ContractFiles(of: target.displayName, among: target.inputFiles.map(\.url)) else {
            return []
        }
        return [contract.command(try context.tool(named: Self.tool).url, output: context.pluginWorkDirectoryURL)]
    }
}
#endif
