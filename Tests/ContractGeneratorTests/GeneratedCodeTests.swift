import ContractExchange
import EventContracts
import Foundation
import SchemaCompiler
import SchemaPlan
import TDAContracts
import TestSupport
import Testing

/// The generated TDA library, held against the interpreter of its own plans and against Foundation.
@Suite struct GeneratedCodeTests {
    private static let context = MessageContext(
        service: "test", now: { Timestamp(secondsSince1970: 1_700_000_000, attoseconds: 5 << 50, fractionDigits: 6) },
        makeID: { "id-1" })

    private static var samples: [any Message] {
        [
            JobMessage.submitted(jobID: "j", algorithm: "rips").stamped(in: context),
            JobMessage.started(jobID: "", userID: "u\"\\é").stamped(in: context),
            JobMessage.completed(jobID: "j", resultID: "r", executionTime: 0.1).stamped(in: context),
            JobMessage.failed(jobID: "j", errorMessage: "no\nluck").stamped(in: context),
            JobMessage.cancelled(jobID: "j").stamped(in: context),
            ResultMessage.generated(
                jobID: "j", resultID: "r", resultType: "t", resultSize: 12.5, generatedAt: context.now(),
                metadata: ["a": [1, 2.5, nil, ["b": true]]]
            ).stamped(in: context),
            ResultMessage.cached(jobID: "j", resultID: "r", resultType: "t").stamped(in: context),
            EventMessage.fileUploaded(data: [:]).stamped(in: context),
            EventMessage.warningIssued(data: ["x": "y"], context: ["z": -1]).stamped(in: context),
            MonitoringMessage.healthReported(
                component: "kafka", status: .degraded,
                checks: [
                    .init(name: "broker", status: .healthy, latencyMs: 3),
                    .init(name: "registry", status: .unhealthy, detail: "down"),
                ]
            ).stamped(in: context),
            MonitoringMessage.metricsReported(
                component: "kafka", status: .healthy, metrics: ["b": 2, "a": 0.5], host: "h", uptimeSeconds: 1
            ).stamped(in: context),
        ]
    }

    /// The message that was read, whatever its type; `nil` where its event is unknown.
    private static func content(_ received: TDA.ReceivedMessage) -> (any Message)? {
        switch received {
        case .jobMessage(let message): message
        case .resultMessage(let message): message
        case .eventMessage(let message): message
        case .monitoringMessage(let message): message
        case .unknownEvent: nil
        }
    }

    @Test("a message is the same after direct coding, Codable, and one followed by the other")
    func roundTrips() throws {
        func check<M: Message>(_ message: M) throws {
            let direct = try message.encoded()
            let foundation = try JSONEncoder().encode(message)
            #expect(try M(validating: direct) == message)
            #expect(try JSONDecoder().decode(M.self, from: foundation) == message)
            #expect(try JSONDecoder().decode(M.self, from: Data(direct)) == message)
            #expect(try M(validating: foundation) == message)
            #expect(TDA.validate(direct) == .valid(message: M.messageName))
            #expect(Self.content(try TDA.read(direct)) as? M == message)
        }
        for sample in Self.samples { try check(sample) }
    }

    @Test("factories fill the envelope from the context, and set what the event fixes")
    func factories() throws {
        let message = JobMessage.completed(jobID: "42", resultID: "r").stamped(in: Self.context)
        #expect(message.metadata.messageID == "job-42-1700000000005-id-1")
        #expect(message.metadata.messageType == .jobCompleted && message.messageType == .jobCompleted)
        #expect(message.metadata.timestamp == Self.context.now())
        #expect(message.metadata.sourceService == "test")
        #expect(message.metadata.correlationID == "42")
        #expect(message.metadata.version == "1.0")
        #expect(message.payload.status == .completed)
        #expect(message.recordKey == "42")
        #expect(
            message.recordHeaders == [
                RecordHeader(name: "content-type", value: "application/json"),
                RecordHeader(name: "message-type", value: "job.completed"),
                RecordHeader(name: "correlation-id", value: "42"),
            ])
        #expect(JobMessage.topic.name == "tda_jobs")
        let event = EventMessage.errorOccurred(data: [:]).stamped(in: Self.context)
        #expect(event.payload.eventID == "id-1" && event.payload.eventType == "error.occurred")
        #expect(event.metadata.messageID == "event-id-1-1700000000005")
        #expect(TDA.service == "tda-backend")
    }

    @Test("topics have the settings of the manifest")
    func topics() {
        #expect(TDA.topics.map(\.name) == ["tda_jobs", "tda_results", "tda_events", "tda_monitoring"])
        #expect(TDA.topics.map(\.partitions) == [6, 3, 12, 3])
        #expect(TDA.topics.map { $0.config["retention.ms"] } == ["604800000", "2592000000", "86400000", "604800000"])
        #expect(TDA.topics.allSatisfy { $0.replication == 3 && $0.config["cleanup.policy"] == "delete" })
        #expect(TDA.Topics.jobs.purpose == "Job lifecycle events")
        #expect(TDA.Topics.results.consumers == ["flink", "webhook"])
    }

    @Test("an absent member takes its schema's default; a null is not absent")
    func defaults() throws {
        let text =
            #"{"metadata":{"message_id":"m","message_type":"job.started","timestamp":"2024-01-01T00:00:00Z","source_service":"s"},"payload":{"job_id":"j","status":"running"}}"#
        #expect(try JobMessage(validating: text.utf8).metadata.version == "1.0")
        #expect(try JSONDecoder().decode(JobMessage.self, from: Data(text.utf8)).metadata.version == "1.0")
        let null = text.replacing(#""source_service":"s""#, with: #""source_service":"s","user_id":null"#)
        #expect(throws: MessageError.self) { try JobMessage(validating: null.utf8) }
    }

    @Test("an open enum reads unknown values, and does not send them")
    func openEnums() throws {
        let text =
            #"{"metadata":{"message_id":"m","message_type":"component.started","timestamp":"2024-01-01T00:00:00Z","source_service":"s"},"payload":{"component":"c","status":"sleepy"}}"#
        let message = try MonitoringMessage(validating: text.utf8)
        #expect(message.payload.status == .unknown("sleepy"))
        #expect(try JSONDecoder().decode(MonitoringMessage.self, from: Data(text.utf8)) == message)
        #expect(!TDA.validate(try message.encoded()).isValid)
        #expect(MonitoringMessage.Payload.Status(rawValue: "healthy") == .healthy)
        #expect(MonitoringMessage.Payload.Status.allCases.map(\.rawValue) == ["healthy", "degraded", "unhealthy"])
    }

    @Test("a value that its Swift type can't represent is named by its place, without map keys and the value")
    func unrepresentable() throws {
        let text =
            #"{"metadata":{"message_id":"m","message_type":"metrics.reported","timestamp":"2024-01-01T00:00:00Z","source_service":"s"},"payload":{"component":"c","status":"healthy","metrics":{"ann@example.com":1e999}}}"#
        let error = #expect(throws: MessageError.self) { try MonitoringMessage(validating: text.utf8) }
        #expect(
            error?.description
                == "a value that its Swift type cannot represent: /payload/metrics/*: expected a number that a double "
                + "holds, found a number")
    }

    @Test("every failure is named, with its place in the message and in the contract")
    func failures() {
        let text =
            #"{"metadata":{"message_id":7,"message_type":"job.completed","timestamp":"today","version":"1"},"payload":{"status":"running","job_id":"j","job_id":"k"},"x":1}"#
        #expect(
            TDA.validate(text.utf8)
                == .invalid(
                    message: "JobMessage",
                    [
                        ValidationFailure(
                            instance: JSONPointer(tokens: ["metadata", "message_id"]), path: "/metadata/message_id",
                            schema: "job.schema.json#/properties/metadata/properties/message_id/type",
                            message: "expected a string, found 7",
                            reason: "expected a string", offset: 26),
                        ValidationFailure(
                            instance: JSONPointer(tokens: ["metadata", "timestamp"]), path: "/metadata/timestamp",
                            schema: "job.schema.json#/properties/metadata/properties/timestamp/format",
                            message: "expected an RFC 3339 date-time, found 'today'",
                            reason: "expected an RFC 3339 date-time", offset: 71),
                        ValidationFailure(
                            instance: JSONPointer(tokens: ["metadata"]), path: "/metadata",
                            schema: "job.schema.json#/properties/metadata/required",
                            message: "missing member 'source_service'",
                            reason: "missing member 'source_service'", offset: 12),
                        ValidationFailure(
                            instance: JSONPointer(tokens: ["payload", "job_id"]), path: "/payload/job_id",
                            schema: "job.schema.json#/properties/payload/properties",
                            message: "duplicate member 'job_id'",
                            reason: "duplicate member 'job_id'", offset: 137),
                        ValidationFailure(
                            instance: JSONPointer(tokens: ["payload", "status"]), path: "/payload/status",
                            schema: "topics.yaml#/messages/JobMessage/events/job.completed/fixed",
                            message: "expected 'completed', found 'running'",
                            reason: "expected 'completed'", offset: 114),
                        ValidationFailure(
                            instance: JSONPointer(tokens: ["payload"]), path: "/payload",
                            schema: "topics.yaml#/messages/JobMessage/events/job.completed/requires",
                            message: "missing member 'result_id'",
                            reason: "missing member 'result_id'", offset: 104),
                    ]))
    }

    @Test("an event forbids properties of another one")
    func forbids() throws {
        var message = JobMessage.completed(jobID: "j", resultID: "r").stamped(in: Self.context)
        message.payload.errorMessage = "no luck"
        let bytes = try message.encoded()
        guard case .invalid(let name, let failures) = TDA.validate(bytes) else {
            Issue.record("\(TDA.validate(bytes))")
            return
        }
        #expect(name == "JobMessage")
        #expect(failures.map(\.schema) == ["topics.yaml#/messages/JobMessage/events/job.completed/forbids"])
        #expect(failures.map(\.instance.description) == ["/payload/error_message"])
        let contract = try Contracts.tda()
        let index = try #require(contract.messages.firstIndex { $0.name == "JobMessage" })
        var tape = JSONTape()
        try tape.parse(bytes)
        #expect(MessageInterpreter.all(of: contract)[index].failures(in: tape).map(\.failure) == failures)
    }

    @Test("generated validators and the interpreter agree on every value")
    func agreesWithInterpreter() throws {
        let contract = try Contracts.tda()
        let interpreters = MessageInterpreter.all(of: contract)
        var generator = SeededGenerator(seed: 11)
        var tape = JSONTape()
        var invalid = 0
        for round in 0..<6000 {
            let sample = Self.samples[round % Self.samples.count]
            let index = try #require(contract.messages.firstIndex { $0.name == type(of: sample).messageName })
            try tape.parse(try sample.encoded())
            var writer = JSONWriter()
            writer.write(Mutation.apply(to: try tape.value(at: .root), using: &generator))
            try tape.parse(writer)
            let generated = type(of: sample).validate(tape)
            let interpreted = interpreters[index].failures(in: tape).map(\.failure)
            let text = String(decoding: try writer.text(), as: UTF8.self)
            #expect(generated == interpreted, "\(text)")
            if !generated.isEmpty { invalid += 1 }
        }
        #expect(invalid > 2000 && invalid < 5900)
    }

    @Test("reading arbitrary bytes never traps")
    func fuzzing() throws {
        var generator = SeededGenerator(seed: 12)
        for round in 0..<20_000 {
            var bytes = try Self.samples[round % Self.samples.count].encoded()
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: bytes.indices, using: &generator)
                if Bool.random(using: &generator) {
                    bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
                } else {
                    bytes.remove(at: index)
                }
            }
            if TDA.validate(bytes).isValid {
                _ = try? TDA.read(bytes)
            }
        }
    }
}

/// Changes a value somewhere.
private enum Mutation {
    static func apply(to value: JSONValue, using generator: inout SeededGenerator) -> JSONValue {
        switch value {
        case .object(let object) where !object.isEmpty && Int.random(in: 0..<8, using: &generator) > 0:
            var changed = object
            let key = object.keys.randomElement(using: &generator) ?? ""
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: changed[key] = nil
            case 1: changed["extra"] = 1
            default: changed[key] = object[key].map { apply(to: $0, using: &generator) }
            }
            return .object(changed)
        case .array(let values) where !values.isEmpty && Int.random(in: 0..<4, using: &generator) > 0:
            var changed = values
            let index = values.indices.randomElement(using: &generator) ?? 0
            changed[index] = apply(to: values[index], using: &generator)
            return .array(changed)
        default:
            let replacements: [JSONValue] = [
                nil, true, -1, 0, 1.5, "", "x", "healthy", "completed", "job.completed", "job.failed",
                "2024-01-01T00:00:00Z",
                [], [1], [:], ["a": 1], .string(String(repeating: "é", count: 200)),
            ]
            return replacements.randomElement(using: &generator) ?? nil
        }
    }
}
