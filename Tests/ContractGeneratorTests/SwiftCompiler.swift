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

    /// Compiles sources, one of them `main.swift`, to a program, links it with the runtime and runs it.
    ///
    /// - Returns: The compiler's verdict, or that of the program.
    static func runProgram(_ sources: [String: String]) throws -> Outcome {
        let runtime = [
            "EventContracts", "JSONTape", "KafkaSettings", "Logging", "MessageCoding", "PrometheusMetrics",
            "SchemaPlan",
            "StringFormats",
        ]
        let objects = try runtime.flatMap(objects)
        return try Contracts.inFolder(sources) { folder in
            let program = folder + "/program"
            let compiled = try run(
                ["swiftc", "-o", program] + strict + paths(sources, in: folder) + objects)
            return compiled.isSound ? try run([program]) : compiled
        }
    }

    /// The object files of a module. Those of sources that no longer exist stay in the build folder, and are left out.
    private static func objects(of module: String) throws -> [String] {
        let folder = products.appending(path: "\(module).build")
        let sources = Contracts.root.appending(path: "Sources/\(module)").path
        let names = FileManager.default.subpaths(atPath: sources).map { paths in
            Set(paths.map { URL(filePath: $0).lastPathComponent + ".o" })
        }
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { path in
                path.hasSuffix(".o") && names?.contains(URL(filePath: path).lastPathComponent) != false
            }
            .map { folder.appending(path: $0).path }
    }

    /// The folder in which this package was built.
    private static var products: URL {
        let own = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let isBuilt = FileManager.default.fileExists(atPath: own.appending(path: "Modules").path)
        return isBuilt ? own : Contracts.root.appending(path: ".build/debug")
    }

    private static var strict: [String] {
        ["-swift-version", "6", "-warnings-as-errors", "-package-name", "tests", "-I"]
            + [products.appending(path: "Modules").path]
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
