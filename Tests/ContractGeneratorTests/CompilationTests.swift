import ContractGenerator
import Foundation
import Testing

/// What is generated is handed to the compiler, as strict as it can be.
@Suite struct CompilationTests {
    @Test(
        "code generated from odd contracts compiles without a warning", arguments: ["Names", "Odd", "Metrics", "Deep"])
    func compiles(name: String) throws {
        let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/\(name)").path
        let files = try Contracts.generate(try Contracts.compile(fixture))
        let outcome = try typecheck(Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.contents) }))
        #expect(outcome.isSound, "\(outcome.text.prefix(4000))")
    }

    @Test(
        "what the contract allows compiles",
        arguments: [
            "metrics.kafkaMessagesProduced.increment(topic: .tdaJobs, messageType: .jobCompleted, status: .success)",
            "metrics.kafkaProducerLatencySeconds.observe(.milliseconds(3), topic: .tdaJobs, messageType: .jobCompleted)",
            "metrics.computationResults.increment(resultType: anything)",
            "_ = JobMessage.completed(jobID: anything, resultID: anything)",
        ])
    func allowed(line: String) throws {
        let outcome = try typecheck(["main.swift": Self.program(line)])
        #expect(outcome.isSound, "\(outcome.text)")
    }

    @Test(
        "what the contract does not know can't compile",
        arguments: [
            (
                "metrics.kafkaMessagesProduced.increment(topic: .tdaJob, messageType: .jobCompleted, status: .success)",
                "tdaJob"
            ),
            (
                "metrics.kafkaMessagesProduced.increment(topic: .tdaJobs, messageType: .jobCompleted, status: .eror)",
                "eror"
            ),
            ("metrics.kafkaMessagesProduced.increment(topic: .tdaJobs, messageType: .jobCompleted)", "status"),
            (
                "metrics.kafkaMessagesProduced.increment(topic: anything, messageType: .jobCompleted, status: .success)",
                "TopicLabel"
            ),
            ("metrics.kafkaProducerLatencySeconds.increment(topic: .tdaJobs, messageType: .jobCompleted)", "increment"),
            ("_ = JobMessage.completed(jobID: anything)", "resultID"),
            ("_ = JobMessage.completed(jobID: anything, resultID: anything, status: .failed)", "status"),
            ("_ = JobMessage.paused(jobID: anything)", "paused"),
        ])
    func refused(line: String, word: String) throws {
        let outcome = try typecheck(["main.swift": Self.program(line)])
        #expect(!outcome.isSound)
        #expect(outcome.text.contains("error: ") && outcome.text.contains(word), "\(outcome.text)")
    }

    @Test(
        "what an event requires deep in the payload is demanded, and what it fixes there is not asked for",
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
        let outcome = try typecheck(sources)
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

    private func typecheck(_ sources: [String: String]) throws -> (isSound: Bool, text: String) {
        try Contracts.inFolder(sources) { folder in
            let modules = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "Modules")
                .path
            let fallback = Contracts.root.appending(path: ".build/debug/Modules").path
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments =
                ["swiftc", "-typecheck", "-swift-version", "6", "-warnings-as-errors", "-I"]
                + [FileManager.default.fileExists(atPath: modules) ? modules : fallback]
                + ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
                .flatMap { ["-enable-upcoming-feature", $0] }
                + sources.keys.sorted().map { folder + "/" + $0 }
            let output = Pipe()
            process.standardError = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return (process.terminationStatus == 0, text)
        }
    }
}
