import Foundation

/// The compiler's time for wide generated types, in debug and optimized, beside a plain `Codable` type of the same width.
struct CompilationBenchmark {
    let tool: URL
    /// The modules that were built beside this program, which generated code imports.
    private let modules = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "Modules")
    private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The widths that are compared.
    enum Widths {
        /// Widths that take a few minutes together.
        case usual
        /// The widest types that are to compile at most three times as long as plain ones. Each compilation takes minutes,
        /// and up to 10 GB of memory.
        case widest

        var properties: [Int] { self == .usual ? [10, 50, 100, 200] : [1000] }
        var values: [Int] { self == .usual ? [250, 500, 1000] : [5000] }
    }

    /// Compiles one type after the other: never two at once.
    func run(_ widths: Widths = .usual) throws {
        let folder = root.appending(path: ".build/compilation-benchmark-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        print("Compiling generated code, seconds of CPU")
        for count in widths.properties {
            try compare("an object of \(count) properties", properties: count, values: 1, in: folder)
        }
        for count in widths.values {
            try compare("an enum of \(count) values", properties: 1, values: count, in: folder)
        }
    }

    private func compare(_ name: String, properties: Int, values: Int, in folder: URL) throws {
        let folder = folder.appending(path: "\(properties)-\(values)")
        try makeContract(properties: properties, values: values, in: folder.appending(path: "contract"))
        let generated = folder.appending(path: "generated")
        try run([tool.path, "generate", folder.appending(path: "contract").path, "--output", generated.path])
        let names = try FileManager.default.contentsOfDirectory(atPath: generated.path).filter {
            $0.hasSuffix(".swift")
        }
        .sorted().map { generated.appending(path: $0).path }
        let plain = folder.appending(path: "plain.swift")
        try Data(plainType(properties: properties, values: values).utf8).write(to: plain)
        let debug = try comparison("-Onone", names, plain.path, in: folder)
        let optimized = try comparison("-O", names, plain.path, in: folder)
        print(
            "  \(name): debug \(debug.text); optimized \(optimized.text) "
                + "(goal 3 x: \(optimized.ratio <= 3 ? "reached" : "MISSED"))")
    }

    /// Compares the times to compile generated files and a plain one.
    private func comparison(
        _ level: String, _ files: [String], _ plain: String, in folder: URL
    ) throws -> (text: String, ratio: Double) {
        let ours = try compile(files, level, in: folder)
        let theirs = try compile([plain], level, in: folder)
        let ratio = ours / theirs
        return (String(format: "%.1f, plain %.1f: %.1f x", ours, theirs, ratio), ratio)
    }

    private func compile(_ files: [String], _ level: String, in folder: URL) throws -> Double {
        let before = childSeconds()
        try run(
            ["swiftc", level, "-wmo", "-swift-version", "6", "-parse-as-library", "-module-name", "Wide", "-I"]
                + [modules.path, "-emit-object", "-o", folder.appending(path: "wide.o").path] + files)
        return childSeconds() - before
    }

    /// The CPU time of all programs that this one has started and that have ended.
    private func childSeconds() -> Double {
        var usage = rusage()
        // RUSAGE_CHILDREN, which is of another type on each platform.
        getrusage(-1, &usage)
        let time = usage.ru_utime
        return Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }

    private func run(_ command: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(command: command[0]) }
    }

    private struct Failure: Error {
        var command: String
    }

    private static let kinds = ["string", "integer", "number", "boolean"]
    private static let types = ["String", "Int", "Double", "Bool"]

    private func plainType(properties: Int, values: Int) -> String {
        let stored = (0..<properties).map { index in
            "    public var field\(index): \(Self.types[index % 4])\(index.isMultiple(of: 2) ? "" : "?")\n"
        }
        let cases = (0..<values).map { "    case value\($0) = \"value.\($0)\"\n" }
        return "public struct Plain: Sendable, Hashable, Codable {\n\(stored.joined())}\n"
            + "public enum State: String, Sendable, Hashable, Codable, CaseIterable {\n\(cases.joined())}\n"
    }

    private func makeContract(properties: Int, values: Int, in folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let members = (0..<properties).map { "\"field_\($0)\": {\"type\": \"\(Self.kinds[$0 % 4])\"}" }
        let required = (0..<properties).filter { $0.isMultiple(of: 2) }.map { "\"field_\($0)\"" }
        let states = (0..<values).map { "\"value.\($0)\"" }
        let schema = """
            {"type": "object", "required": ["kind", "payload"], "properties": {
              "kind": {"type": "string", "enum": ["wide.made"]},
              "payload": {"type": "object", "required": [\(required.joined(separator: ", "))], "properties": {
                "state": {"type": "string", "enum": [\(states.joined(separator: ", "))]},
                \(members.joined(separator: ",\n    "))
              }}
            }}
            """
        let manifest = """
            contract: Wide
            version: 1.0.0
            service: wide
            topics: {wide: {partitions: 1, replication: 1}}
            messages:
              WideMessage:
                schema: wide.schema.json
                topic: wide
                discriminator: /kind
                events: {wide.made: }
            """
        try Data(schema.utf8).write(to: folder.appending(path: "wide.schema.json"))
        try Data(manifest.utf8).write(to: folder.appending(path: "topics.yaml"))
    }
}
