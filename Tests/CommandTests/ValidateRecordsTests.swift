import Foundation
import Testing

/// `validate` without `--message`, and on the records of a transport.
@Suite struct ValidateRecordsTests {
    private let job =
        #"{"metadata":{"message_id":"m","message_type":"job.started","timestamp":"2024-01-01T00:00:00Z","source_service":"s"},"payload":{"job_id":"j","status":"running"}}"#

    private func record(_ value: String, topic: String = "tda_jobs") -> String {
        #"{"topic":"\#(topic)","partition":0,"offset":0,"timestamp":"2024-01-01T00:00:00Z","key":"j","headers":[],"value":\#(value)}"#
    }

    private func base64(_ text: String) -> String { #"{"base64":"\#(Data(text.utf8).base64EncodedString())"}"# }

    @Test("without --message, each text is validated as the message of its discriminator")
    func discriminator() throws {
        let other = job.replacing("job.started", with: "result.generated")
        let tool = try Tool.run("validate", "schemas", "-", input: [job, other].joined(separator: "\n"))
        #expect(tool.status == 1 && tool.output == "2 checked, 1 not valid\n")
        #expect(tool.errors.contains("<stdin>:2:"))
        #expect(tool.errors.contains("result.schema.json#"))
        #expect(!tool.errors.contains("job.schema.json#"))
    }

    @Test("an unknown event, and a text without a discriminator, are errors at their places")
    func unknown() throws {
        let texts = [job.replacing("job.started", with: "job.startd"), "{}", "7"].joined(separator: "\n")
        let tool = try Tool.run("validate", "schemas", "-", input: texts)
        #expect(tool.status == 1 && tool.output == "3 checked, 3 not valid\n")
        #expect(
            tool.errors == """
                <stdin>:1:46: error: /metadata/message_type: the contract has no event 'job.startd' [invalid-message]
                <stdin>:1:46: note: did you mean 'job.started'?
                <stdin>:2:1: error: the message of the value is unknown: messages are identified by /metadata/message_type [invalid-message]
                <stdin>:2:1: note: state the message with --message where it is always the same
                <stdin>:3:1: error: the message of the value is unknown: messages are identified by /metadata/message_type [invalid-message]
                <stdin>:3:1: note: state the message with --message where it is always the same

                """)
    }

    @Test("the value of each record is validated; a failure has its place in the line")
    func records() throws {
        let wrong = job.replacing("running", with: "ruNning")
        let tool = try Tool.run(
            "validate", "schemas", "--records", "-", input: record(job) + "\n" + record(wrong) + "\n")
        #expect(tool.status == 1 && tool.output == "2 checked, 1 not valid\n")
        let column = try #require(record(wrong).range(of: "\"ruNning\""))
        let place = "<stdin>:2:\(record(wrong).distance(from: record(wrong).startIndex, to: column.lowerBound) + 1)"
        #expect(tool.errors.hasPrefix("\(place): error: /value/payload/status: expected one of "))
        #expect(tool.errors.contains("\(place): error: /value/payload/status: expected 'running', found 'ruNning'"))
        let stated = try Tool.run(
            "validate", "schemas", "--records", "--message", "ResultMessage", "-", input: record(job))
        #expect(stated.status == 1 && stated.errors.contains("result.schema.json#"))
    }

    @Test("an unknown event has its place in the record, in words and in JSON")
    func unknownEventOfRecord() throws {
        let text = record(job.replacing("job.started", with: "job.startd"))
        let words = try Tool.run("validate", "schemas", "--records", "-", input: text)
        #expect(
            words.errors.contains(": error: /value/metadata/message_type: the contract has no event 'job.startd' ["))
        let json = try Tool.run("validate", "schemas", "--records", "--format", "json", "-", input: text)
        #expect(json.output.contains(#""instanceLocation":"/value/metadata/message_type""#))
        let unidentified = try Tool.run(
            "validate", "schemas", "--records", "--format", "json", "-", input: record("{}"))
        #expect(unidentified.output.contains(#""instanceLocation":"/value""#))
    }

    @Test("a value in Base64 is validated as the bytes that it encodes")
    func encodedValues() throws {
        let lines = [base64(job), base64("{}"), base64("no"), #"{"base64":"?"}"#].map { record($0) }
        let tool = try Tool.run("validate", "schemas", "--records", "-", input: lines.joined(separator: "\n"))
        #expect(tool.status == 1 && tool.output == "4 checked, 3 not valid\n")
        let column = record("").count
        #expect(tool.errors.contains("<stdin>:2:\(column): error: the message of the value is unknown"))
        #expect(tool.errors.contains("<stdin>:3:\(column): error: in the value's bytes: "))
        #expect(tool.errors.contains("<stdin>:4:\(column): error: /value/base64: invalid Base64 [invalid-message]"))
    }

    @Test("a tombstone is valid")
    func tombstone() throws {
        let tool = try Tool.run("validate", "schemas", "--records", "-", input: record("null"))
        #expect(tool.status == 0 && tool.errors.isEmpty && tool.output == "1 checked, 0 not valid\n")
    }

    @Test("a line that is not a record is an error")
    func notRecords() throws {
        let tool = try Tool.run("validate", "schemas", "--records", "-", input: job)
        #expect(
            tool.errors == """
                <stdin>:1:1: error: expected a record, an object with the member 'value' [invalid-message]
                <stdin>:1:1: note: leave out --records where the lines are messages

                """)
    }
}
