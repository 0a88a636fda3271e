import Foundation

/// The toolchain's compiler, as strict as it can be, for code that a test generates.
enum SwiftCompiler {
    /// A run's verdict, and what the program wrote to standard error.
    typealias Outcome = (isSound: Bool, text: String)

    /// Checks a module's sources, which may import this package's modules, and those in a folder.
    static func typecheck(
        _ sources: [String: String], flags: [String] = [], modules: String? = nil
    ) throws -> Outcome {
        try Contracts.inFolder(sources) { folder in
            let own = modules.map { ["-I", $0] } ?? []
            return try run(["swiftc", "-typecheck"] + strict + own + flags + paths(sources, in: folder))
        }
    }

    /// Compiles sources to a module that other code can import from a folder.
    static func emitModule(_ name: String, _ sources: [String: String], in modules: String) throws -> Outcome {
        try Contracts.inFolder(sources) { folder in
            try run(
                ["swiftc", "-emit-module", "-module-name", name, "-emit-module-path", "\(modules)/\(name).swiftmodule"]
                    + strict + paths(sources, in: folder))
        }
    }

    private static var strict: [String] {
        let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "Modules").path
        let fallback = Contracts.root.appending(path: ".build/debug/Modules").path
        return ["-swift-version", "6", "-warnings-as-errors", "-package-name", "tests", "-I"]
            + [FileManager.default.fileExists(atPath: built) ? built : fallback]
            + ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
            .flatMap { ["-enable-upcoming-feature", $0] }
    }

    private static func paths(_ sources: [String: String], in folder: String) -> [String] {
        sources.keys.sorted().map { folder + "/" + $0 }
    }

    /// Runs a program of the toolchain.
    static func run(_ command: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        let output = Pipe()
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus == 0, text)
    }
}
