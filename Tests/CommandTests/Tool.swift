import Foundation
import Testing

/// Runs the tool as a user does, and keeps what it says.
struct Tool {
    var status: Int32
    var output: String
    var errors: String

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// A program that was built beside this test.
    private static func executable(_ name: String = "event-contracts") throws -> URL {
        let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates = [products.path, root + "/.build/debug"].map { URL(filePath: $0 + "/" + name) }
        return try #require(candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) })
    }

    static func run(
        _ arguments: String..., in folder: String = root, input: String = "", environment: [String: String] = [:]
    ) throws -> Tool {
        try run(arguments, in: folder, input: input, environment: environment)
    }

    /// - Parameter elsewhere: Where standard output goes; `nil` for this value's ``output``.
    static func run(
        _ arguments: [String], in folder: String = root, input: String = "", environment: [String: String] = [:],
        output elsewhere: FileHandle? = nil, program: String = "event-contracts"
    ) throws -> Tool {
        let process = Process()
        process.executableURL = try executable(program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        let (outputPipe, errorPipe, inputPipe) = (Pipe(), Pipe(), Pipe())
        process.standardOutput = elsewhere ?? outputPipe
        process.standardError = errorPipe
        process.standardInput = inputPipe
        try process.run()
        try inputPipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try inputPipe.fileHandleForWriting.close()
        let output = elsewhere == nil ? outputPipe.fileHandleForReading.readDataToEndOfFile() : Data()
        let errors = errorPipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Tool(
            status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }

    /// Runs a command line that may use the tool, and returns all that it prints.
    static func shell(_ command: String, in folder: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = URL(filePath: folder)
        let inherited = ProcessInfo.processInfo.environment
        let products = try executable().deletingLastPathComponent().path
        process.environment = inherited.merging(["PATH": "\(products):\(inherited["PATH"] ?? "")"]) { _, new in new }
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }

    /// Starts the tool, for a test that speaks with it while it runs.
    static func start(_ arguments: String..., input: Pipe, errors: Pipe) throws -> Process {
        let process = Process()
        process.executableURL = try executable()
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: root)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        process.standardInput = input
        try process.run()
        return process
    }

    /// Starts a program whose end a test waits for.
    static func start(_ arguments: [String], in folder: String, program: String) throws -> Process {
        let process = Process()
        process.executableURL = try executable(program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Runs a test in a folder that is removed after it.
    static func inFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }
}
