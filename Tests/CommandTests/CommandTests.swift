import Foundation
import Testing

@Suite struct CommandTests {
    @Test("the TDA contract has no errors")
    func lint() throws {
        let tool = try Tool.run("lint", "schemas")
        #expect(tool.status == 0 && tool.errors.isEmpty)
        #expect(
            tool.output.hasPrefix(
                """
                TDA 1.0.0: 4 topics, 4 messages, 16 events: no errors
                series:
                  family                                    from the start  at most
                  tda_kafka_messages_produced_total                     32      160

                """))
    }

    @Test("without a contract argument, the folder schemas is used, else the current one")
    func defaultContract() throws {
        #expect(try Tool.run("lint").status == 0)
        #expect(try Tool.run("lint", in: Tool.root + "/schemas").status == 0)
        let empty = try Tool.inFolder { try Tool.run("lint", in: $0) }
        #expect(empty.status == 1)
        #expect(
            empty.errors == """
                ./topics.yaml:1:1: error: no such file [missing-file]
                ./topics.yaml:1:1: note: 'event-contracts init' starts a contract

                """)
    }

    @Test("init writes a valid contract that generates code, and never overwrites it")
    func initialize() throws {
        try Tool.inFolder { folder in
            let made = try Tool.run("init", "shop", in: folder)
            #expect(made.status == 0)
            #expect(
                made.output == "wrote shop/topics.yaml\nwrote shop/order.schema.json\nnext: event-contracts lint shop\n"
            )
            #expect(try Tool.run("lint", "shop", in: folder).status == 0)
            let again = try Tool.run("init", "shop", in: folder)
            #expect(again.status == 1)
            #expect(
                again.errors
                    == """
                    shop/order.schema.json:1:1: error: already exists; nothing was written [unwritable-output]
                    shop/topics.yaml:1:1: error: already exists; nothing was written [unwritable-output]

                    """)

            let generated = try Tool.run("generate", "shop", "--output", "out", in: folder)
            #expect(generated.status == 0)
            #expect(generated.output.split(separator: "\n").count == 6)
            #expect(generated.output.hasPrefix("wrote out/contract.metrics.swift\nwrote out/contract.swift\n"))
            let unchanged = try Tool.run("generate", "shop", "--output", "out", in: folder)
            #expect(unchanged.output == "6 files are up to date\n")
        }
    }

    @Test(
        "init writes the next command for a shell",
        arguments: [
            ("a b", "'a b'"), ("it's", #"'it'\''s'"#), ("-x", "./-x"), ("$HOME", "'$HOME'"), ("é/ü-1", "é/ü-1"),
        ])
    func nextCommand(name: String, word: String) throws {
        try Tool.inFolder { folder in
            let made = try Tool.run("init", "--", name, in: folder)
            #expect(made.output.hasSuffix("next: event-contracts lint \(word)\n"))
            #expect(try Tool.shell("event-contracts lint \(word)", in: folder).contains("no errors"))
        }
    }

    @Test("init writes the next command as the plugin runs it")
    func nextCommandOfPlugin() throws {
        try Tool.inFolder { folder in
            let made = try Tool.run(
                "init", "shop", in: folder, environment: ["EVENT_CONTRACTS_COMMAND": "swift package event-contracts"])
            #expect(made.output.hasSuffix("next: swift package event-contracts lint shop\n"))
        }
    }

    @Test("init writes no second manifest beside one with a wrong name", arguments: ["topics.yml", "topics.json"])
    func misnamedManifest(name: String) throws {
        try Tool.inFolder { folder in
            try Data("contract: Own\n".utf8).write(to: URL(filePath: folder + "/" + name))
            let made = try Tool.run("init", ".", in: folder)
            #expect(made.status == 1)
            #expect(
                made.errors.hasSuffix(
                    "\(name):1:1: error: already exists; nothing was written [unwritable-output]\n"
                        + "./\(name):1:1: note: rename it to 'topics.yaml'\n"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
        }
    }

    @Test("init gives a target without sources a Swift file, and no other folder")
    func initializeTarget() throws {
        try Tool.inFolder { folder in
            let made = try Tool.run("init", "Sources/Shop", in: folder)
            #expect(
                made.output == """
                    wrote Sources/Shop/topics.yaml
                    wrote Sources/Shop/order.schema.json
                    wrote Sources/Shop/Target.swift
                    next: event-contracts lint Sources/Shop

                    """)
            let other = URL(filePath: folder + "/Sources/Service")
            try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
            try Data().write(to: other.appending(path: "Service.swift"))
            let inSources = try Tool.run("init", "Sources/Service", in: folder)
            #expect(inSources.status == 0 && !inSources.output.contains("Target.swift"))
        }
    }

    @Test("--check writes nothing, and shows what would change")
    func check() throws {
        try Tool.inFolder { folder in
            _ = try Tool.run("init", ".", in: folder)
            let missing = try Tool.run("generate", ".", "--output", "out", "--check", in: folder)
            #expect(missing.status == 1)
            #expect(missing.output.hasPrefix("--- /dev/null\n+++ b/contract.metrics.swift\n@@ -0,0 +1,"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
            _ = try Tool.run("generate", ".", "--output", "out", in: folder)
            let same = try Tool.run("generate", ".", "--output", "out", "--check", in: folder)
            #expect(same.status == 0 && same.output.isEmpty)
            let path = folder + "/out/contract.swift"
            let text = try String(contentsOfFile: path, encoding: .utf8).replacing("1.0.0", with: "0.9.0")
            try Data(text.utf8).write(to: URL(filePath: path))
            let changed = try Tool.run("generate", ".", "--output", "out", "--check", in: folder)
            #expect(changed.status == 1)
            #expect(
                changed.output.contains(
                    "-    public static let version = \"0.9.0\"\n+    public static let version = \"1.0.0\"\n"))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        }
    }

    @Test("--check shows a missing final line break and ignores line breaks of a Windows checkout")
    func checkLineBreaks() throws {
        try Tool.inFolder { folder in
            _ = try Tool.run("init", ".", in: folder)
            _ = try Tool.run("generate", ".", "--output", "out", in: folder)
            let path = folder + "/out/contract.swift"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try Data(text.utf8.dropLast()).write(to: URL(filePath: path))
            let cut = try Tool.run("generate", ".", "--output", "out", "--check", in: folder)
            #expect(cut.status == 1 && cut.output.hasSuffix("-}\n\\ No newline at end of file\n+}\n"))
            let converted = text.replacing("\n", with: "\r\n")
            try Data(converted.utf8).write(to: URL(filePath: path))
            let same = try Tool.run("generate", ".", "--output", "out", "--check", in: folder)
            #expect(same.status == 0 && same.output.isEmpty)
            #expect(try Tool.run("generate", ".", "--output", "out", in: folder).output == "6 files are up to date\n")
            try Data(converted.replacing("1.0.0", with: "0.9.0").utf8).write(to: URL(filePath: path))
            let changed = try Tool.run("generate", ".", "--output", "out", "--check", in: folder)
            #expect(changed.status == 1 && changed.output.split(separator: "\n").count { $0.hasPrefix("-") } == 2)
        }
    }

    @Test(
        "a template is UTF-8 text with any line ends, with or without a byte order mark",
        arguments: [
            (Array("{{> header}}\r\n// mine\r\n".utf8), nil),
            ([0xEF, 0xBB, 0xBF] + Array("{{> header}}\n// mine\n".utf8), nil),
            (
                Array("{{> header}}\n// ".utf8) + [0xFF],
                ":2:4: error: a template must be text in UTF-8, without NUL bytes"
            ),
            (Array("{{> header}}\n\n".utf8) + [0], ":3:1: error: a template must be text in UTF-8, without NUL bytes"),
        ] as [([UInt8], String?)])
    func templateBytes(bytes: [UInt8], error: String?) throws {
        try Tool.inFolder { folder in
            try Data(bytes).write(to: URL(filePath: folder + "/topics.swift.mustache"))
            let tool = try Tool.run(
                "generate", Tool.root + "/schemas", "-o", "out", "--templates", ".", in: folder)
            if let error {
                #expect(tool.errors.hasPrefix("./topics.swift.mustache" + error))
            } else {
                let made = try String(contentsOfFile: folder + "/out/contract.topics.swift", encoding: .utf8)
                #expect(made.hasSuffix("swiftlint:disable all\n// mine\n"))
            }
        }
    }

    @Test(
        "a folder without a name, as of a variable that is not set, is 64",
        arguments: [["init", ""], ["generate", Tool.root + "/schemas", "-o", ""], ["templates", "export", ""]])
    func noFolder(arguments: [String]) throws {
        try Tool.inFolder { folder in
            let tool = try Tool.run(arguments, in: folder)
            #expect(tool.status == 64)
            #expect(tool.errors.hasPrefix("error: expected a folder"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test("output that can't be written is a failure of the tool")
    func lostOutput() throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let tool = try Tool.run(["lint", "schemas"], output: FileHandle(forWritingTo: URL(filePath: "/dev/full")))
        #expect(tool.status == 70)
        #expect(tool.errors.hasPrefix("error: standard output could not be written"))
    }

    @Test("a contract with errors writes nothing and reports every error")
    func writesNothing() throws {
        try Tool.inFolder { folder in
            _ = try Tool.run("init", ".", in: folder)
            let manifest = folder + "/topics.yaml"
            let text = try String(contentsOfFile: manifest, encoding: .utf8)
                .replacing("topic: orders", with: "topic: order").replacing("/payload/total", with: "/payload/sum")
            try Data(text.utf8).write(to: URL(filePath: manifest))
            let tool = try Tool.run("generate", "--output", "out", in: folder)
            #expect(tool.status == 1)
            #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
            #expect(tool.errors.contains("./topics.yaml:24:12: error: unknown topic 'order' [unknown-topic]\n"))
            let json = try Tool.run("lint", "--format", "json", in: folder)
            #expect(json.status == 1 && json.errors.isEmpty)
            #expect(
                json.output.hasPrefix(
                    #"[{"file":"./topics.yaml","line":24,"column":12,"severity":"error","rule":"unknown-topic""#))
            let github = try Tool.run("lint", "--format", "github", in: folder)
            #expect(github.errors.hasPrefix("::error file=./topics.yaml,line=24,col=12,title=unknown-topic::"))
        }
    }

    @Test("an output folder that can't be written is an error")
    func unwritableOutput() throws {
        let tool = try Tool.run("generate", "schemas", "--output", "README.md/out")
        #expect(tool.status == 1)
        #expect(tool.errors.hasSuffix("README.md/out:1:1: error: can't be made: Not a directory [unwritable-output]\n"))
        let message = "README.md/new:1:1: error: can't be made: Not a directory [unwritable-output]\n"
        for tool in [try Tool.run("init", "README.md/new"), try Tool.run("templates", "export", "README.md/new")] {
            #expect(tool.status == 1)
            #expect(tool.errors == message)
        }
    }

    @Test("--check reports each outdated file in machine-readable form")
    func checkForPrograms() throws {
        try Tool.inFolder { folder in
            _ = try Tool.run("init", ".", in: folder)
            _ = try Tool.run("generate", "--output", "out", in: folder)
            let out = URL(filePath: folder).appending(path: "out")
            try FileManager.default.removeItem(at: out.appending(path: "contract.swift"))
            try Data("// Generated by event-contracts\n".utf8).write(to: out.appending(path: "old.swift"))
            let check = try Tool.run("generate", "--output", "out", "--check", "--format", "json", in: folder)
            #expect(check.status == 1)
            let found = try #require(
                try JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [[String: Any]])
            #expect(found.map { $0["rule"] as? String } == ["outdated-output", "outdated-output"])
            #expect(found.map { $0["file"] as? String } == ["out/contract.swift", "out/old.swift"])
            let github = try Tool.run("generate", "--output", "out", "--check", "--format", "github", in: folder)
            #expect(github.errors.contains("::error file=out/contract.swift,line=1,col=1,title=outdated-output::"))
        }
    }

    @Test("a handwritten file is never overwritten, and nothing is written beside it")
    func handwritten() throws {
        try Tool.inFolder { folder in
            _ = try Tool.run("init", ".", in: folder)
            let mine = URL(filePath: folder).appending(path: "out/contract.swift")
            try FileManager.default.createDirectory(
                at: mine.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("// mine\n".utf8).write(to: mine)
            let tool = try Tool.run("generate", "--output", "out", in: folder)
            #expect(tool.status == 1)
            #expect(tool.errors.contains("out/contract.swift:1:1: error: was not generated, and is in the way"))
            #expect(try String(contentsOf: mine, encoding: .utf8) == "// mine\n")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/out") == ["contract.swift"])
        }
    }

    @Test("validate uses the contract in the current folder by default")
    func validateDefault() throws {
        let tool = try Tool.run("validate", "--message", "JobMessage", "-", input: "{}")
        #expect(tool.status == 1 && tool.output == "1 checked, 1 not valid\n")
        let three = try Tool.run("validate", "a", "b", "c", "--message", "JobMessage")
        #expect(three.status == 64)
    }

    @Test("monitoring writes rules, their tests and a dashboard, in either format")
    func monitoring() throws {
        try Tool.inFolder { folder in
            let contract = Tool.root + "/schemas"
            let written = try Tool.run("monitoring", contract, "--output", "out", in: folder)
            #expect(written.status == 0 && written.errors.isEmpty)
            #expect(
                written.output
                    == "wrote out/alerts.tda.15m.test.yaml\nwrote out/alerts.tda.test.yaml\nwrote out/alerts.tda.yaml\nwrote out/dashboard.tda.json\n"
            )
            let same = try Tool.run("monitoring", contract, "--output", "out", "--check", in: folder)
            #expect(same.status == 0 && same.output.isEmpty)
            let resource = try Tool.run(
                "monitoring", contract, "--output", "out", "--format", "operator", "--check", in: folder)
            #expect(resource.status == 1 && resource.output.contains("+kind: PrometheusRule\n"))
            let labelled = try Tool.run(
                "monitoring", contract, "--output", "out", "--format", "operator", "--namespace", "watch", "--label",
                "release=prometheus", "--check", in: folder)
            #expect(labelled.output.contains("+  namespace: watch\n+  labels:\n+    release: prometheus\n"))
            for arguments in [
                ["--format", "json"], ["--namespace", "watch"], ["--label", "a=b"],
                ["--format", "operator", "--namespace", "Watch"], ["--format", "operator", "--label", "a"],
                ["--format", "operator", "--label", "a=b", "--label", "a=c"],
            ] {
                let refused = try Tool.run(["monitoring", contract, "--output", "out"] + arguments, in: folder)
                #expect(refused.status == 64, "\(arguments)")
            }
        }
    }

    @Test("templates can be listed, exported and used one by one")
    func templates() throws {
        try Tool.inFolder { folder in
            #expect(
                try Tool.run("templates", "list").output.contains("topics.swift.mustache\n    contract.topics.swift"))
            let exported = try Tool.run("templates", "export", "mine", in: folder)
            #expect(exported.status == 0 && exported.output.split(separator: "\n").count == 7)
            #expect(try Tool.run("templates", "export", "mine", in: folder).status == 1)
            _ = try Tool.run("init", ".", in: folder)
            _ = try Tool.run("generate", "--output", "out", in: folder)
            #expect(
                try Tool.run("generate", "--output", "out", "--templates", "mine", "--check", in: folder).status == 0)
            try Data("{{> header}}\n{{nme}}\n".utf8).write(to: URL(filePath: folder + "/mine/topics.swift.mustache"))
            let broken = try Tool.run("generate", "--output", "out", "--templates", "mine", in: folder)
            #expect(broken.status == 1)
            #expect(
                broken.errors.hasPrefix(
                    "mine/topics.swift.mustache:2:1: error: unknown name 'nme' in this template [template-name]\n"
                ))
            try Data().write(to: URL(filePath: folder + "/mine/topic.swift.mustache"))
            let stranger = try Tool.run("generate", "--output", "out", "--templates", "mine", in: folder)
            #expect(
                stranger.errors.contains(
                    "mine/topic.swift.mustache:1:1: error: unknown template 'topic.swift.mustache' [template-name]\n"
                ))
        }
    }

    @Test("the tool's version is the newest in the changelog and the one in the README")
    func version() throws {
        let version = try Tool.run("--version").output.trimmingCharacters(in: .newlines)
        let changelog = try String(contentsOfFile: Tool.root + "/CHANGELOG.md", encoding: .utf8)
        let newest = try #require(changelog.split(separator: "\n").first { $0.hasPrefix("## ") })
        #expect(newest.hasPrefix("## \(version) - "))
        for page in ["README.md", "Sources/EventContracts/EventContracts.docc/Plugins.md"] {
            let text = try String(contentsOfFile: "\(Tool.root)/\(page)", encoding: .utf8)
            let required = text.matches(of: /swift-event-contracts", from: "(.*?)"/).map(\.output.1)
            #expect(!required.isEmpty && required.allSatisfy { $0 == version }, "\(page)")
        }
    }

    @Test("help describes each command, and an invalid command line exits with 64")
    func usage() throws {
        let help = try Tool.run("--help")
        #expect(help.status == 0)
        for text in ["EXAMPLES", "EXIT CODES", "init", "lint", "generate", "validate", "templates"] {
            #expect(help.output.contains(text))
        }
        #expect(try Tool.run("generate").status == 64)
        #expect(try Tool.run("lnt").status == 64)
        #expect(try Tool.run("lint", "--format", "xml").status == 64)
        #expect(try Tool.run("generate", "schemas", "--output", "x", "--templates", "nowhere").status == 64)
    }
}
