import EventContracts
import Foundation
import JSONTape
import KafkaTransport
import Logging
import SchemaRegistry
import TDAContracts
import TestSupport
import Testing

@Suite("Schema registry used by other clients", .timeLimit(.minutes(10)))
struct RegistryJudgeTests {
    private func judge(_ arguments: String..., input: [UInt8] = []) throws -> JSONValue {
        let script = try String(
            contentsOf: OutsideProgram.root.appending(path: "Tests/RegistryJudge/judge.py"), encoding: .utf8)
        let program = try OutsideProgram.python(script)
        let outcome =
            switch arguments.count {
            case 2: try program.run(arguments[0], arguments[1], input: input)
            case 3: try program.run(arguments[0], arguments[1], arguments[2], input: input)
            case 4: try program.run(arguments[0], arguments[1], arguments[2], arguments[3], input: input)
            default:
                try program.run(
                    arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], input: input)
            }
        #expect(outcome.status == 0, "\(outcome.output)")
        let tape = try JSONTape(parsing: Array(outcome.output.utf8))
        return try tape.value(at: .root)
    }

    private static func elements(_ value: JSONValue) -> [JSONValue] {
        if case .array(let elements) = value { elements } else { [] }
    }

    private static func text(_ value: JSONValue?) -> String {
        if case .string(let text)? = value { text } else { "" }
    }

    private static func member(_ name: String, of value: JSONValue) -> JSONValue? {
        if case .object(let members) = value { members[name] } else { nil }
    }

    private static func bytes(hex: String) -> [UInt8] {
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
        }
    }

    @Test("two independent clients share the tests' registry")
    func server() throws {
        let server = try RegistryServer()
        defer { withExtendedLifetime(server) {} }
        #expect(try judge("clients", server.url) == "fine")
        let older = try RegistryServer("--answers", "id", "--stored", "sorted")
        defer { withExtendedLifetime(older) {} }
        #expect(try judge("clients", older.url) == "fine")
    }

    @Test("two independent clients find schemas registered by the client")
    func found() async throws {
        let registry = try TestRegistry()
        _ = try await registry.client.marks(for: [PrefixedTDA.self], registers: true)
        let schema = try #require(TDA.registrySchemas?.schemas.first)
        let tape = try JSONTape(parsing: Array(schema.text.utf8))
        let expected: JSONValue = ["id": 1, "version": 1, "schema": try tape.value(at: .root)]
        #expect(try judge("find", registry.server.url, "tda_jobs-value") == [expected, expected])
    }

    @Test("confluent-kafka reads our records by the schemas that they name, and we read its, in both forms")
    func wire() async throws {
        let (broker, registry) = (try Broker(), try TestRegistry())
        var configuration = KafkaConfiguration(service: "judged")
        configuration.bootstrapServers = [broker.address]
        let admin = try TopicAdmin(configuration)
        try await admin.ensureTopics(TDA.topics, replication: 1)
        await admin.close()

        let job = JobMessage.completed(jobID: "job-ü", resultID: "r-7").stamped(
            in: MessageContext(service: "judged"))
        for contract in [PrefixedTDA.self, HeadedTDA.self] as [any EventContract.Type] {
            let producer = Producer(
                transport: try KafkaTransport(configuration), contracts: [TDA.self],
                context: MessageContext(service: "judged"),
                schemaMarks: try await registry.client.marks(for: [contract], registers: true))
            try await producer.start()
            try await producer.send(job)
            #expect(await producer.shutdown().isClean)
        }
        let text = try job.encoded()
        let tape = try JSONTape(parsing: text)
        let value = try tape.value(at: .root)
        #expect(try judge("read", registry.server.url, broker.address, "tda_jobs", "2") == [value, value])

        let result = ResultMessage.cached(jobID: "j", resultID: "r", resultType: "table").stamped(
            in: MessageContext(service: "judged"))
        let written = try judge(
            "write", registry.server.url, broker.address, "tda_results", input: try result.encoded() + [10])
        let id = UInt32(try await registry.client.version(.latest, of: "tda_results-value").id)
        let guid = try #require(try await registry.client.version(.latest, of: "tda_results-value").guid)
        let schemas = try Self.elements(written).map { record in
            let headers = Self.elements(Self.member("headers", of: record) ?? []).map { header in
                let parts = Self.elements(header)
                return RecordHeader(name: Self.text(parts.first), value: Self.bytes(hex: Self.text(parts.last)))
            }
            let value = Self.bytes(hex: Self.text(Self.member("value", of: record)))
            let read = try TDA.read(value, from: TDA.Topics.results, headers: headers)
            #expect(read == .resultMessage(result))
            return RecordSchema(of: value, headers: headers)
        }
        #expect(Set(schemas) == [.prefix(.number(id)), .header(.guid(guid))])
    }
}
