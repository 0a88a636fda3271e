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

    @Test("lines are lines though the first of them is broken; a file of no lines holds no messages")
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

    @Test("where one text breaks the contract more often than can be shown, that is said")
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

    @Test("a named pipe is read, as a shell's <(...) makes it; several texts that are not lines are told how to be")
    func streams() throws {
        let tool = try Tool.run(
            "validate", "schemas", "--message", "JobMessage", "/dev/stdin", input: "{\n}\n{\n}\n")
        #expect(tool.status == 1)
        #expect(
            tool.errors == """
                /dev/stdin:3:1: error: expected nothing after the value [invalid-json]
                /dev/stdin:3:1: note: of several texts, write each on one line (JSON lines)

                """)
    }

    @Test("what is no message of the contract, or no file")
    func strangers() throws {
        let tool = try Tool.run("validate", "schemas", "--message", "JobMesage", "-")
        #expect(tool.status == 64)
        #expect(tool.errors.contains("did you mean 'JobMessage'?"))
        let missing = try Tool.run("validate", "schemas", "--message", "JobMessage", "nowhere.json")
        #expect(missing.status == 1)
        #expect(missing.errors == "nowhere.json:1:1: error: there is no such file [missing-file]\n")
        let empty = try Tool.run("validate", "schemas", "--message", "JobMessage", "-")
        #expect(empty.status == 1)
        #expect(empty.errors == "<stdin>:1:1: error: the text ends too early [invalid-json]\n")
    }
}
