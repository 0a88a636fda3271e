import Foundation
import Testing

@Suite struct ValidateCommandTests {
    private let good =
        #"{"metadata":{"message_id":"m","message_type":"job.started","timestamp":"2024-01-01T00:00:00Z","source_service":"s"},"payload":{"job_id":"j","status":"running"}}"#

    @Test("a valid message on standard input")
    func valid() throws {
        let tool = try Tool.run("validate", "schemas", "--message", "JobMessage", "-", input: good)
        #expect(tool.status == 0 && tool.errors.isEmpty)
        #expect(tool.output == "1 checked, 0 not valid\n")
    }

    @Test("JSON lines: each failure has its line, its column and its pointer")
    func lines() throws {
        let text = [good, "", good.replacing("\"running\"", with: "\"ruNning\""), "{oops}", good].joined(
            separator: "\n")
        let tool = try Tool.run("validate", "schemas", "--message", "JobMessage", "-", input: text)
        #expect(tool.status == 1)
        #expect(tool.output == "4 checked, 2 not valid\n")
        #expect(
            tool.errors == """
                <stdin>:3:150: error: /payload/status: expected one of 'submitted', 'running', 'completed', 'failed', 'cancelled', found 'ruNning' [invalid-message]
                <stdin>:3:150: note: by job.schema.json#/properties/payload/properties/status/enum
                <stdin>:3:150: error: /payload/status: expected 'running', found 'ruNning' [invalid-message]
                <stdin>:3:150: note: by topics.yaml#/messages/JobMessage/events/job.started/fixed
                <stdin>:4:2: error: expected a member's name in double quotes [invalid-json]

                """)
    }

    @Test("lines are recognized although the first is invalid; an empty file has no messages")
    func brokenLines() throws {
        let tool = try Tool.run("validate", "schemas", "--message", "JobMessage", "-", input: "{bad\n{}\n[]\n")
        #expect(tool.output == "3 checked, 3 not valid\n")
        try Tool.inFolder { folder in
            try Data().write(to: URL(filePath: folder + "/none.jsonl"))
            let none = try Tool.run(
                "validate", Tool.root + "/schemas", "--message", "JobMessage", "none.jsonl", in: folder)
            #expect(none.status == 0 && none.output == "0 checked, 0 not valid\n")
        }
    }

    @Test("the number of failures beyond the limit of one text is reported")
    func manyFailures() throws {
        let checks = Array(repeating: "1", count: 150).joined(separator: ",")
        let tool = try Tool.run(
            "validate", "schemas", "--message", "MonitoringMessage", "-",
            input: "{\"payload\":{\"checks\":[\(checks)]}}")
        #expect(tool.errors.split(separator: "\n").count { $0.contains("error:") } == 100)
        #expect(
            tool.errors.contains(
                "warning: there may be more: only the first 100 failures of a message are shown [invalid-message]"))
    }

    @Test("a text over several lines: a failure has its own line")
    func severalLines() throws {
        let tool = try Tool.run(
            "validate", "schemas", "--message", "EventMessage", "-",
            input: "{\n  \"metadata\": {},\n  \"payload\": 7\n}\n")
        #expect(tool.status == 1)
        #expect(tool.errors.contains("<stdin>:3:14: error: /payload: expected an object, found 7 [invalid-message]"))
        #expect(
            tool.errors.contains("<stdin>:2:15: error: /metadata: missing member 'message_id' [invalid-message]")
        )
    }

    @Test("a named pipe is read; several JSON texts in one line are an error with a hint")
    func streams() throws {
        let tool = try Tool.run(
            "validate", "schemas", "--message", "JobMessage", "/dev/stdin", input: "{\n}\n{\n}\n")
        #expect(tool.status == 1)
        #expect(
            tool.errors == """
                /dev/stdin:3:1: error: expected nothing after the value [invalid-json]
                /dev/stdin:3:1: note: write each of several values on a line of its own (JSON lines)

                """)
    }

    @Test("unknown messages and missing files are errors")
    func strangers() throws {
        let tool = try Tool.run("validate", "schemas", "--message", "JobMesage", "-")
        #expect(tool.status == 64)
        #expect(tool.errors.contains("did you mean 'JobMessage'?"))
        let missing = try Tool.run("validate", "schemas", "--message", "JobMessage", "nowhere.json")
        #expect(missing.status == 1)
        #expect(missing.errors == "nowhere.json:1:1: error: no such file [missing-file]\n")
        let empty = try Tool.run("validate", "schemas", "--message", "JobMessage", "-")
        #expect(empty.status == 1)
        #expect(empty.errors == "<stdin>:1:1: error: the text ends too early [invalid-json]\n")
    }

    @Test("lines of a pipe are validated as they arrive")
    func stream() throws {
        let broken = good.replacing("\"running\"", with: "7")
        let (input, errors) = (Pipe(), Pipe())
        let tool = try Tool.start(
            "validate", "schemas", "--message", "JobMessage", "-", input: input, errors: errors)
        try input.fileHandleForWriting.write(contentsOf: Data((good + "\n" + broken + "\n").utf8))
        // Returns once something has been written, while the pipe is open.
        let first = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
        #expect(first.hasPrefix("<stdin>:2:150: error: /payload/status: "))
        try input.fileHandleForWriting.close()
        tool.waitUntilExit()
        #expect(tool.terminationStatus == 1)
    }

    @Test("findings beyond --max-findings are counted, and --stop-after ends the run")
    func limits() throws {
        let input = String(repeating: "{}\n", count: 5)
        let limited = try Tool.run(
            "validate", "schemas", "--message", "JobMessage", "-", "--max-findings", "3", input: input)
        #expect(limited.status == 1 && limited.output == "5 checked, 5 not valid\n")
        #expect(limited.errors.split(separator: "\n").count { $0.contains(" error: ") } == 3)
        #expect(
            limited.errors.hasSuffix(
                """
                <stdin>:2:1: warning: 7 more findings are not shown [invalid-message]
                <stdin>:2:1: note: --max-findings shows more of them

                """))
        let stopped = try Tool.run(
            "validate", "schemas", "--message", "JobMessage", "-", "--stop-after", "2", input: input)
        #expect(stopped.status == 1 && stopped.output == "2 checked, 2 not valid; stopped there\n")
        #expect(try Tool.run("validate", "--message", "JobMessage", "-", "--stop-after", "0").status == 64)
        #expect(try Tool.run("validate", "--message", "JobMessage", "-", "--max-findings", "-1").status == 64)
    }

    @Test("with --format json, each text has its result as JSON Schema defines it")
    func json() throws {
        let broken = good.replacing("\"running\"", with: "7")
        let input = [good, broken, "{", "{\"metadata\":{\"message_type\":\"job.unknown\"}}"].joined(separator: "\n")
        let basic = try Tool.run("validate", "schemas", "-", "--format", "json", input: input)
        #expect(basic.status == 1 && basic.errors == "")
        let lines = basic.output.split(separator: "\n")
        let results = try lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(lines.first == "{\"line\":1,\"valid\":true}")
        #expect(results.map { $0["valid"] as? Bool } == [true, false, false, false])
        let errors = try #require(results[1]["errors"] as? [[String: Any]])
        #expect(errors.first?["instanceLocation"] as? String == "/payload/status")
        #expect(errors.first?["keywordLocation"] as? String == "/properties/payload/properties/status/enum")
        let absolute = try #require(errors.first?["absoluteKeywordLocation"] as? String)
        #expect(absolute.hasSuffix("#/properties/payload/properties/status/enum"))
        #expect((errors.first?["error"] as? String)?.isEmpty == false)
        let unknown = try #require(results[3]["errors"] as? [[String: Any]])
        #expect(unknown.first?["instanceLocation"] as? String == "/metadata/message_type")
        #expect(unknown.first?["error"] as? String == "the contract has no event 'job.unknown'")
        let flag = try Tool.run("validate", "schemas", "-", "--format", "json", "--detail", "flag", input: input)
        #expect(flag.output.split(separator: "\n").dropFirst().first == "{\"line\":2,\"valid\":false}")
    }

    @Test("a text that is too long is an error at its line, and the next is read")
    func longLine() throws {
        let long = "\"" + String(repeating: "x", count: 65 << 20) + "\""
        let tool = try Tool.run(
            "validate", "schemas", "--message", "JobMessage", "-", input: [good, long, good].joined(separator: "\n"))
        #expect(tool.output == "3 checked, 1 not valid\n")
        #expect(
            tool.errors.hasPrefix(
                "<stdin>:2:1: error: the text is longer than the 67108864 bytes that are read [file-too-large]\n"))
        try Tool.inFolder { folder in
            try Data(long.utf8).write(to: URL(filePath: folder + "/one.json"))
            let whole = try Tool.run("validate", "schemas", "--message", "JobMessage", folder + "/one.json")
            #expect(whole.status == 1 && whole.errors.contains("one.json:1:1: error: the text is longer"))
        }
    }
}

@Suite("event-contracts validate, sensitive values") struct ValidateSensitiveTests {
    private let contract = Tool.root + "/Tests/Fixtures/Contracts/Sensitive"

    private func text(email: String, address: String) -> String {
        #"{"encrypted":true,"metadata":{"id":"1","time":"2026-01-01T00:00:00Z","type":"patient.admitted"},"#
            + #""payload":{"patient_id":"1","ward":"north","email":\#(email),"address":\#(address)}}"#
    }

    @Test("a failure of a sensitive value does not quote the value")
    func redacted() throws {
        let email = #""\#(String(repeating: "secret", count: 9))""#
        let tool = try Tool.run("validate", contract, "-", input: text(email: email, address: "{}"))
        #expect(tool.status == 1 && !tool.errors.contains("secret"))
        #expect(tool.errors.contains("/payload/email: expected at most 40 characters [invalid-message]"))
        #expect(tool.errors.contains("/payload/address: missing member 'city' [invalid-message]"))
    }

    /// A text of the form of AES-GCM's tokens.
    private let token = #""AQ\#(String(repeating: "token", count: 20))""#

    @Test("with --encrypted, encrypted values are tokens, whatever their schemas say; others keep their schemas")
    func encrypted() throws {
        let sent = try Tool.run("validate", contract, "--encrypted", "-", input: text(email: token, address: token))
        #expect(sent.status == 0, "\(sent.errors)")
        let plain = try Tool.run("validate", contract, "--encrypted", "-", input: text(email: token, address: "{}"))
        #expect(plain.status == 1)
        #expect(plain.errors.contains("/payload/address: expected a string [invalid-message]"))
        let clear = try Tool.run(
            "validate", contract, "--encrypted", "-", input: text(email: "\"ann@example.org\"", address: token))
        #expect(clear.status == 1 && !clear.errors.contains("ann"))
        #expect(clear.errors.contains("/payload/email: expected a string that matches '^A[Q-U]"))
    }

    @Test("'schema' prints by what --encrypted checks, and with --plain the schema of the values")
    func schema() throws {
        let sent = try Tool.run("schema", "PatientMessage", contract)
        #expect(sent.status == 0 && sent.errors.isEmpty)
        let email =
            #""email":{"type":"string","pattern":"^A[Q-U][A-Za-z0-9_-]{44,}$","x-sensitive":"pii","x-encrypted":"#
        #expect(sent.output.contains(email) && sent.output.hasSuffix("}\n"))
        let plain = try Tool.run("schema", "PatientMessage", contract, "--plain")
        #expect(plain.output.contains(#""email":{"type":"string","maxLength":40,"x-sensitive":"pii"}"#))
        let unknown = try Tool.run("schema", "PatientMesage", contract)
        #expect(unknown.status == 64 && unknown.errors.contains("did you mean 'PatientMessage'?"))
    }

    @Test("with --encrypted, an event's rules about what is in an encrypted value are not checked")
    func encryptedRules() throws {
        let token = "gAAAAA" + String(repeating: "x", count: 94)
        let letter = #"{"id":"1","encrypted":true,"payload":"\#(token)"}"#
        let sent = try Tool.run("validate", contract, "--encrypted", "--message", "LetterMessage", "-", input: letter)
        #expect(sent.status == 0, "\(sent.errors)")
    }
}
