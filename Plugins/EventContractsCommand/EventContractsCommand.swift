import Foundation
import PackagePlugin

/// Runs `event-contracts generate`, for code that is checked in.
@main
struct GenerateContractsCommand: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) throws {
        let tool = Process()
        tool.executableURL = try context.tool(named: "event-contracts").url
        tool.currentDirectoryURL = context.package.directoryURL
        tool.arguments = ["generate"] + arguments
        try tool.run()
        tool.waitUntilExit()
        guard tool.terminationReason == .exit, tool.terminationStatus == 0 else {
            // The tool has said on standard error what is wrong, in the compiler's form.
            throw Failure(status: tool.terminationStatus)
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        let status: Int32
        var description: String { "event-contracts generate ended with exit code \(status)" }
    }
}
