package import Foundation

/// Runs programs that are not ours: independent judges of what ours write.
package struct OutsideProgram {
    /// What a program said, on either stream, and how it ended.
    package struct Outcome {
        package var status: Int32
        package var output: String
    }

    /// Why a judge could not be asked. A promise that nothing holds is none: tests that need it then fail.
    package struct Missing: Error {
        package var name: String
    }

    private let executable: URL
    private let arguments: [String]

    /// The repository.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Prometheus's tool, which scripts/setup installs.
    package static func promtool() throws(Missing) -> OutsideProgram {
        try installed("promtool", by: "scripts/setup")
    }

    /// A Kafka client that is not ours, which scripts/setup-kafka installs.
    package static func kcat() throws(Missing) -> OutsideProgram {
        try installed("kcat", by: "scripts/setup-kafka")
    }

    private static func installed(_ name: String, by script: String) throws(Missing) -> OutsideProgram {
        let paths = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { $0 + "/" + name }
        guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw Missing(name: "\(name): run \(script)")
        }
        return OutsideProgram(executable: URL(filePath: path), arguments: [])
    }

    /// A script for the Python that scripts/setup-judges installs.
    package static func python(_ script: String) throws(Missing) -> OutsideProgram {
        let path = root.appending(path: ".build/judges/bin/python")
        guard FileManager.default.isExecutableFile(atPath: path.path) else {
            throw Missing(name: "the judges' Python: run scripts/setup-judges")
        }
        return OutsideProgram(executable: path, arguments: ["-c", script])
    }

    /// Runs the program. It must read all of its input before it writes.
    package func run(_ more: String..., in folder: String? = nil, input: [UInt8] = []) throws -> Outcome {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments + more
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        let (standardInput, standardOutput) = (Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        process.standardError = standardOutput
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: input)
        try standardInput.fileHandleForWriting.close()
        let output = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }
}
