import ContractGenerator
import ContractModel
import Foundation
import SchemaCompiler
import Testing

/// What is generated is handed to the compiler, as strict as it can be.
@Suite struct CompilationTests {
    @Test(
        "code generated from odd contracts compiles without a warning",
        arguments: ["Names", "Odd", "Metrics", "Deep", "Events", "Wide", "Words", "Formats", "Sensitive"])
    func compiles(name: String) throws {
        let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/\(name)").path
        let files = try Contracts.generate(try Contracts.compile(fixture))
        let sources = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.contents) })
        let outcome = try SwiftCompiler.typecheck(sources)
        #expect(outcome.isSound, "\(outcome.text.prefix(4000))")
        // By the configuration that the repository itself is formatted by, without the line that exempts generated files.
        let linted = sources.mapValues { $0.replacing("// swift-format-ignore-file\n", with: "") }
        let format = try Contracts.inFolder(linted) { folder in
            try SwiftCompiler.run([
                "swift", "format", "lint", "--strict", "--configuration",
                Contracts.root.appending(path: ".swift-format").path, "--recursive", folder,
            ])
        }
        #expect(format.isSound, "\(format.text.prefix(4000))")
    }

    @Test(
        "code generated into a main-actor module stays nonisolated",
        arguments: ["Words", "Wide", "Metrics", "Formats"])
    func isNonisolated(name: String) throws {
        let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/\(name)").path
        let contract = try Contracts.compile(fixture)
        var sources = Dictionary(
            uniqueKeysWithValues: try Contracts.generate(contract).map { ($0.name, $0.contents) })
        let uses = contract.messages.map { message in
            """
            nonisolated func use(_ message: \(message.name), _ tape: borrowing JSONTape) throws {
                _ = try \(message.name)(json: tape, at: .root) == message
                _ = \(message.name).validate(tape)
                _ = message.messageType
                _ = try message.encoded()
            }

            """
        }
        sources["use.swift"] = "import EventContracts\n" + uses.joined()
        let outcome = try SwiftCompiler.typecheck(sources, flags: ["-default-isolation", "MainActor"])
        #expect(outcome.isSound, "\(outcome.text.prefix(4000))")
    }

    @Test("users of a deprecated property are warned, generated code is not")
    func deprecated() throws {
        let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/Odd").path
        let files = try Contracts.generate(try Contracts.compile(fixture))
        var sources = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.contents) })
        sources["use.swift"] = "func old(of message: RootMessage) -> String { message.old }\n"
        let outcome = try SwiftCompiler.typecheck(sources)
        #expect(!outcome.isSound)
        #expect(outcome.text.contains("'old' is deprecated: The schema marks it as deprecated."), "\(outcome.text)")
    }

    @Test("a message or contract can't have the name of a type that generated code uses")
    func takenNames() throws {
        let fixtures =
            ["Names", "Odd", "Metrics", "Deep", "Events", "Wide", "Words", "Formats"].map {
                "Tests/Fixtures/Contracts/\($0)"
            } + ["schemas"]
        for fixture in fixtures {
            let files = try Contracts.generate(try Contracts.compile(Contracts.root.appending(path: fixture).path))
            let code = files.map(\.contents).joined(separator: "\n")
                .replacing(/\/\/.*/, with: "").replacing(/"""[\s\S]*?"""/, with: "").replacing(
                    /"(\\.|[^"\\])*"/, with: "")
            let declared = code.matches(of: /(?:enum|struct|class|typealias|let|var|case) +([A-Z]\w*)/).map(\.output.1)
            let generics = code.matches(of: #/<([A-Z]\w*): /#).map(\.output.1)
            // A name after a dot is found in the type before it, whatever else there is of that name.
            let used = code.matches(of: /(?:^|[^.\w`])([A-Z]\w*)/).map(\.output.1)
            let open = Set(used).subtracting(declared).subtracting(generics).subtracting(["Self", "Any"])
            #expect(open.subtracting(ManifestNames.takenNames.map { $0[...] }) == [], "\(fixture)")
        }
    }

    @Test(
        "valid uses of a contract compile",
        arguments: [
            "metrics.kafkaMessagesProduced[topic: .tdaJobs, messageType: .jobCompleted, status: .success].increment()",
            "metrics.kafkaProducerLatencySeconds[topic: .tdaJobs, messageType: .jobCompleted].observe(.milliseconds(3))",
            "metrics.computationResults[resultType: anything].increment()",
            "_ = JobMessage.completed(jobID: anything, resultID: anything)",
        ])
    func allowed(line: String) throws {
        let outcome = try SwiftCompiler.typecheck(["main.swift": Self.program(line)])
        #expect(outcome.isSound, "\(outcome.text)")
    }

    @Test(
        "uses that break the contract do not compile",
        arguments: [
            (
                "metrics.kafkaMessagesProduced[topic: .tdaJob, messageType: .jobCompleted, status: .success].increment()",
                "tdaJob"
            ),
            (
                "metrics.kafkaMessagesProduced[topic: .tdaJobs, messageType: .jobCompleted, status: .eror].increment()",
                "eror"
            ),
            ("metrics.kafkaMessagesProduced[topic: .tdaJobs, messageType: .jobCompleted].increment()", "status"),
            (
                "metrics.kafkaMessagesProduced[topic: anything, messageType: .jobCompleted, status: .success].increment()",
                "TopicLabel"
            ),
            (
                "metrics.kafkaProducerLatencySeconds[topic: .tdaJobs, messageType: .jobCompleted].increment()",
                "increment"
            ),
            ("_ = JobMessage.completed(jobID: anything)", "resultID"),
            ("_ = JobMessage.completed(jobID: anything, resultID: anything, status: .failed)", "status"),
            ("_ = JobMessage.paused(jobID: anything)", "paused"),
            ("_ = JobMessage.tombstone(jobID: anything)", "tombstone"),
        ])
    func refused(line: String, word: String) throws {
        let outcome = try SwiftCompiler.typecheck(["main.swift": Self.program(line)])
        #expect(!outcome.isSound)
        #expect(outcome.text.contains("error: ") && outcome.text.contains(word), "\(outcome.text)")
    }

    @Test(
        "factories require nested required values, and not those that the event fixes",
        arguments: [
            (#"_ = AlarmMessage.raised(payloadID: "1", why: "heat")"#, nil),
            (#"_ = AlarmMessage.raised(payloadID: "1")"#, "why"),
            (#"_ = AlarmMessage.raised(payloadID: "1", why: "heat", code: 1)"#, "code"),
        ] as [(String, String?)])
    func deepDemands(line: String, fault: String?) throws {
        let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/Deep").path
        let files = try Contracts.generate(try Contracts.compile(fixture))
        var sources = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.contents) })
        sources["main.swift"] = line + "\n"
        let outcome = try SwiftCompiler.typecheck(sources)
        #expect(outcome.isSound == (fault == nil), "\(outcome.text)")
        if let fault { #expect(outcome.text.contains(fault)) }
    }

    @Test(
        "a factory has parameters for neither constants nor forbidden properties",
        arguments: [
            ("_ = Ticket.opened(id: 1, code: 2)", nil),
            (#"_ = Ticket.opened(id: 1, code: 2, channel: .mail, note: "n")"#, nil),
            (#"_ = Ticket.opened(id: 1, code: 2, detail: "d")"#, "detail"),
            (#"_ = Ticket.opened(id: 1, code: 2, closedBy: "c")"#, "closedBy"),
            (#"_ = Ticket.opened(format: .v1, id: 1, code: 2)"#, "format"),
            (#"_ = Ticket.closed(id: 1, closedBy: "c", code: 2)"#, nil),
            (#"_ = Ticket.closed(id: 1, closedBy: "c", code: 2, note: "n")"#, "note"),
            ("_ = Ticket.tombstone(id: 1)", nil),
            (#"_ = Ticket.tombstone(id: "1")"#, "String"),
            ("_ = (Events.Topics.tickets, Events.Topics.ticketsAll, Events.Ticket.topic)", nil),
        ] as [(String, String?)])
    func offers(line: String, fault: String?) throws {
        let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/Events").path
        let files = try Contracts.generate(try Contracts.compile(fixture))
        var sources = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.contents) })
        sources["main.swift"] = line + "\n"
        let outcome = try SwiftCompiler.typecheck(sources)
        #expect(outcome.isSound == (fault == nil), "\(outcome.text)")
        if let fault { #expect(outcome.text.contains(fault)) }
    }

    private static func program(_ line: String) -> String {
        """
        import EventContracts
        import TDAContracts
        let anything = CommandLine.arguments[0]
        let metrics = TDA.Metrics()
        \(line)

        """
    }
}
