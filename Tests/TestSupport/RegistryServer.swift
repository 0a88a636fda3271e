import Foundation

/// A schema registry for one test: `Tests/RegistryServer`, over HTTP.
package final class RegistryServer: Sendable {
    /// A server that does not start.
    package struct Failure: Error {}

    /// `http://localhost:PORT`.
    package let url: String
    private let process: Process
    private let input = Pipe()

    /// Starts a server, and returns when it listens.
    ///
    /// - Parameter arguments: The options that `registry.py` describes.
    package init(_ arguments: String...) throws {
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["python3", OutsideProgram.root.appending(path: "Tests/RegistryServer/registry.py").path] + arguments
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var text = ""
        while !text.hasSuffix("\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failure() }
            text += String(decoding: more, as: UTF8.self)
        }
        url = String(text.dropLast())
    }

    deinit {
        // The server ends with its input.
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
