import EventContracts
import EventContractsEndpoints
import Logging
import SchemaRegistry
import TDAContracts
import TestSupport
import Testing

/// The platform's contract, whose records name their schemas by a prefix.
enum PrefixedTDA: EventContract {
    typealias ReceivedMessage = TDA.ReceivedMessage
    static let contractName = TDA.contractName
    static let version = TDA.version
    static let service = TDA.service
    static let topics = TDA.topics
    static let messages = TDA.messages
    static let messageIndex = TDA.messageIndex
    static let registrySchemas = schemas(as: .prefix)

    static func schemas(as form: ContractSchemas.WireForm) -> ContractSchemas? {
        var schemas = TDA.registrySchemas
        schemas?.wire = form
        return schemas
    }
}

/// The same with a header.
enum HeadedTDA: EventContract {
    typealias ReceivedMessage = TDA.ReceivedMessage
    static let contractName = TDA.contractName
    static let version = TDA.version
    static let service = TDA.service
    static let topics = TDA.topics
    static let messages = TDA.messages
    static let messageIndex = TDA.messageIndex
    static let registrySchemas = PrefixedTDA.schemas(as: .header)
}

@Suite("Records that name their schema")
struct SchemaMarkTests {
    /// Sends a message through a transport in memory, and returns its record.
    private func record(marks: SchemaMarks?, maximumRecordSize: Int? = nil) async throws -> Record {
        let transport = InMemoryTransport()
        var configuration = ProducerConfiguration()
        if let maximumRecordSize { configuration.maximumRecordSize = maximumRecordSize }
        let producer = Producer(
            transport: transport, contracts: [TDA.self], configuration: configuration,
            context: MessageContext(service: "test"), schemaMarks: marks,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await producer.start()
        try await producer.send(JobMessage.completed(jobID: "42", resultID: "r-7"))
        await producer.shutdown()
        return try #require(transport.records.first).record
    }

    @Test("a schema that is not registered is an error before the first message, with all their names")
    func unregistered() async throws {
        let registry = try TestRegistry()
        let error = await failure { () async throws(SchemaRegistryError) in
            try await registry.client.marks(for: [PrefixedTDA.self])
        }
        #expect(error?.kind == .schemaNotFound)
        #expect(
            error?.message.hasPrefix(
                "the schema of 'JobMessage' is not registered in the subject 'tda_jobs-value', the schema of 'ResultMessage'"
            )
                == true)
        #expect(try await registry.client.subjects() == [])
    }

    @Test("a contract without a wire form sends no request to the registry")
    func off() async throws {
        let registry = try TestRegistry()
        let marks = try await registry.client.marks(for: [TDA.self])
        #expect(try await registry.requests() == [])
        let record = try await record(marks: marks)
        #expect(record.value?.first == UInt8(ascii: "{"))
        #expect(RecordSchema(of: record.value ?? [], headers: record.headers) == .none)
    }

    @Test("with a prefix, the value begins with the id, and is read as the message")
    func prefix() async throws {
        let registry = try TestRegistry()
        let names = TopicNames(prefix: "stage_")
        let marks = try await registry.client.marks(for: [PrefixedTDA.self], topicNames: names, registers: true)
        let registered = try await registry.client.version(.latest, of: "stage_jobs-value")
        let record = try await record(marks: marks)
        let value = try #require(record.value)
        #expect(value.starts(with: [0, 0, 0, 0, UInt8(registered.id)]))
        #expect(value[5] == UInt8(ascii: "{"))
        #expect(RecordSchema(of: value, headers: record.headers) == .prefix(.number(UInt32(registered.id))))

        let job = try JobMessage(validating: value)
        #expect(job.payload.resultID == "r-7")
        #expect(try TDA.read(value, headers: record.headers) == .jobMessage(job))
        #expect(TDA.validate(value, headers: record.headers).isValid)
        #expect(try JobMessage(validating: value[5...]) == job)
    }

    @Test("with a header, the value stays as it is, and the header has the GUID, or the id of older servers")
    func header() async throws {
        for answers in ["full", "id"] {
            let registry = try TestRegistry(try RegistryServer("--answers", answers))
            let marks = try await registry.client.marks(for: [HeadedTDA.self], registers: true)
            let registered = try await registry.client.version(.latest, of: "tda_jobs-value")
            let record = try await record(marks: marks)
            let value = try #require(record.value)
            #expect(value.first == UInt8(ascii: "{"))
            let id = try #require(
                registered.guid.map(SchemaID.guid) ?? UInt32(exactly: registered.id).map(SchemaID.number))
            #expect(RecordSchema(of: value, headers: record.headers) == .header(id))
            let header = try #require(record.headers.last)
            #expect(header.name == "__value_schema_id")
            #expect(header.value.count == (answers == "full" ? 17 : 5))
            #expect(try TDA.read(value, headers: record.headers) == .jobMessage(try JobMessage(validating: value)))
        }
    }

    @Test("a service that must not change the registry finds what has been registered")
    func registeredBefore() async throws {
        let registry = try TestRegistry(try RegistryServer("--stored", "sorted"))
        _ = try await registry.client.marks(for: [PrefixedTDA.self], registers: true)
        let fresh = try TestRegistry.client([registry.server.url])
        _ = try await fresh.marks(for: [PrefixedTDA.self])
        #expect(try await registry.client.versions(of: "tda_jobs-value") == [1])
    }

    @Test("the mark counts against the largest size of a record")
    func size() async throws {
        var marks = SchemaMarks()
        marks.add(.number(7), of: JobMessage.self, as: .prefix)
        let plain = try await record(marks: nil)
        let size =
            (plain.value?.count ?? 0) + (plain.key?.count ?? 0)
            + plain.headers.map { $0.name.utf8.count + $0.valueSize }.reduce(0, +)
        _ = try await record(marks: nil, maximumRecordSize: size)
        await #expect(throws: ProducerError.self) { try await record(marks: marks, maximumRecordSize: size) }
    }

    @Test("subjects are named by topic, record, or both")
    func subjects() throws {
        var schemas = try #require(TDA.registrySchemas)
        let names = TopicNames(prefix: "p_")
        let subjects = ContractSchemas.SubjectNaming.allCases.map { naming in
            schemas.naming = naming
            return schemas.subject(of: schemas.schemas[0], topicNames: names)
        }
        #expect(subjects == ["p_jobs-value", "TDA Job Message", "p_jobs-TDA Job Message"])
    }

    @Test("health includes the availability of the registry")
    func health() async throws {
        let registry = try TestRegistry()
        let health = await registry.client.health()
        #expect(health.status == .healthy)
        #expect(health.details["compatibility"] == "BACKWARD")
        let report = HealthReport(health)
        #expect(report.details["compatibility"] == "BACKWARD")
        let gone = await (try TestRegistry.client(["http://127.0.0.1:9"], retries: 0)).health()
        #expect(gone.status == .unhealthy)
        #expect(gone.details["reason"]?.contains("127.0.0.1:9") == true)
    }
}

@Suite("Schema ids in records")
struct RecordSchemaTests {
    private static let guid = SchemaGUID("89791762-2336-4186-9674-299b90a802e2")

    @Test("ids of both kinds are read at the value's beginning and in the header")
    func forms() throws {
        let guid = try #require(Self.guid)
        let bytes: [UInt8] = [0, 0x12, 0x34, 0x56, 0x78]
        #expect(RecordSchema(of: bytes + Array("{}".utf8)) == .prefix(.number(0x1234_5678)))
        #expect(RecordSchema(of: [1] + guid.bytes + Array("{}".utf8)) == .prefix(.guid(guid)))
        let header = RecordHeader(name: "__value_schema_id", value: [1] + guid.bytes)
        #expect(RecordSchema(of: Array("{}".utf8), headers: [header]) == .header(.guid(guid)))
        #expect(RecordSchema(of: bytes, headers: [header]) == .header(.guid(guid)))
    }

    @Test(
        "bytes that are too short or have another version are not an id",
        arguments: [[], [0], [0, 1, 2, 3], [1, 2, 3], [2, 0, 0, 0, 0], Array("{}".utf8)] as [[UInt8]])
    func others(bytes: [UInt8]) {
        #expect(RecordSchema(of: bytes) == .none)
        let header = RecordHeader(name: "__value_schema_id", value: bytes)
        #expect(RecordSchema(of: Array("{}".utf8), headers: [header]) == .none)
    }

    @Test("a GUID is read and written")
    func guids() {
        #expect(Self.guid?.description == "89791762-2336-4186-9674-299b90a802e2")
        for text in ["", "89791762", "89791762-2336-4186-9674-299b90a802e", "+9791762-2336-4186-9674-299b90a802e2"] {
            #expect(SchemaGUID(text) == nil)
        }
    }
}
