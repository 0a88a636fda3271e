import Foundation
import PackagePlugin

/// The command that runs the tool `event-contracts` in the package's folder: `swift package event-contracts lint
/// contract`.
@main
struct EventContractsCommand: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) throws {
        let tool = Process()
        tool.executableURL = try context.tool(named: "event-contracts").url
        tool.currentDirectoryURL = context.package.directoryURL
        tool.arguments = arguments
        // For the commands that the tool suggests: it is not on the path.
        tool.environment = ProcessInfo.processInfo.environment.merging(
            ["EVENT_CONTRACTS_COMMAND": "swift package event-contracts"]) { _, new in new }
        tool.standardInput = FileHandle.nullDevice
        try tool.run()
        tool.waitUntilExit()
        guard tool.terminationReason == .exit, tool.terminationStatus == 0 else {
            // The tool has reported on standard error what is wrong.
            throw Failure(status: tool.terminationStatus)
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        let status: Int32
        var description: String { "event-contracts ended with exit code \(status)" }
    }
}
