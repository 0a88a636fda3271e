import Foundation
import Testing

/// The help of each command, compared with `Tests/Fixtures/Help`.
@Suite struct HelpTests {
    @Test(
        "help is exactly what the fixture contains",
        arguments: [
            "", "init", "lint", "check", "generate", "monitoring", "environment", "validate", "schema", "diff",
            "snapshot", "docs", "export", "export asyncapi", "export backstage", "export kafka-topics",
            "export json-schema", "import", "import asyncapi", "keys", "keys new", "templates",
            "templates list",
            "templates export", "rules",
        ])
    func help(command: String) throws {
        let words = command.split(separator: " ").map(String.init)
        let tool = try Tool.run(words + ["--help"], environment: ["COLUMNS": "80"])
        #expect(tool.status == 0 && tool.errors.isEmpty)
        let name = (["event-contracts"] + words).joined(separator: "-")
        let path = Tool.root + "/Tests/Fixtures/Help/\(name).txt"
        if ProcessInfo.processInfo.environment["RECORD_HELP"] != nil {
            try Data(tool.output.utf8).write(to: URL(filePath: path))
        }
        #expect(tool.output == (try String(contentsOfFile: path, encoding: .utf8)))
    }

    @Test("every command has a fixture")
    func complete() throws {
        let listed = try Tool.run("help", environment: ["COLUMNS": "80"]).output
        let section = try #require(listed.components(separatedBy: "SUBCOMMANDS:\n").last)
        let commands = section.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first }.filter { $0 != "See" }
        #expect(!commands.isEmpty)
        for command in commands {
            let path = Tool.root + "/Tests/Fixtures/Help/event-contracts-\(command).txt"
            #expect(FileManager.default.fileExists(atPath: path), "\(command)")
        }
    }

    @Test(
        "a wrong command line is one error and the usage, with exit code 64",
        arguments: [
            (
                ["lnt"],
                """
                Error: Unexpected argument 'lnt'
                Usage: event-contracts [--explain <rule>] <subcommand>
                  See 'event-contracts --help' for more information.

                """
            ),
            (
                ["generate", "schemas"],
                """
                Error: Missing expected argument '--output <output>'
                Help:  --output <output>  The folder to write the Swift to.
                Usage: event-contracts generate [<contract>] [--strict] --output <output> [--templates <templates>] [--check] [--format <format>]
                  See 'event-contracts generate --help' for more information.

                """
            ),
            (
                ["lint", "--format", "xml"],
                """
                Error: The value 'xml' is invalid for '--format <format>'. Please provide one of 'text', 'json' or 'github'.
                Help:  --format <format>  How findings are written: text, json, or github (for its Actions).
                Usage: event-contracts lint [<contract>] [--strict] [--format <format>] [--verbose]
                  See 'event-contracts lint --help' for more information.

                """
            ),
            (["check", "schemas", "--swift", ""], "error: expected a folder to compare with, found an empty name\n"),
            (["--explain", "unknown-tpic"], "error: unknown rule 'unknown-tpic'; did you mean 'unknown-topic'?\n"),
            (["lint", ""], "error: expected a contract, found an empty name\n"),
        ] as [([String], String)])
    func wrongCommandLine(arguments: [String], expected: String) throws {
        let tool = try Tool.run(arguments, environment: ["COLUMNS": "80"])
        #expect(tool.status == 64 && tool.output.isEmpty)
        #expect(tool.errors == expected)
    }
}
