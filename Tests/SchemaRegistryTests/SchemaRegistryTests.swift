import EventContracts
import JSONTape
import Logging
@testable import SchemaRegistry
import TestSupport
import Testing

/// A registry of its own for each test, over HTTP.
struct TestRegistry {
    let server: RegistryServer
    let client: SchemaRegistryClient

    init(_ server: RegistryServer, retries: Int = 3, timeout: Duration = .seconds(20)) throws {
        self.server = server
        client = try Self.client([server.url], retries: retries, timeout: timeout)
    }

    init() throws { try self.init(try RegistryServer()) }

    static func client(
        _ urls: [String], retries: Int = 3, timeout: Duration = .seconds(20), absenceLifetime: Duration = .seconds(5),
        _ change: (inout SchemaRegistrySettings) -> Void = { _ in }
    ) throws -> SchemaRegistryClient {
        var settings = SchemaRegistrySettings(urls: urls)
        settings.retries = retries
        settings.requestTimeout = timeout
        change(&settings)
        return try SchemaRegistryClient(
            settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            absenceLifetime: absenceLifetime)
    }

    /// Sets how the server answers the next requests.
    func behave(_ behavior: JSONValue) async throws {
        #expect(try await TestControl.post(server.url + "/test/behavior", behavior) == [:])
    }

    /// The requests that the server has seen, as `GET /subjects`.
    func requests() async throws -> [String] {
        guard case .array(let lines) = try await TestControl.get(server.url + "/test/requests") else { return [] }
        return lines.compactMap { if case .string(let line) = $0 { line } else { nil } }
    }
}

/// Runs a body that must fail, and returns its error.
func failure<Value>(
    of body: () async throws(SchemaRegistryError) -> Value, sourceLocation: SourceLocation = #_sourceLocation
) async -> SchemaRegistryError? {
    do throws(SchemaRegistryError) {
        let value = try await body()
        Issue.record("expected an error, found \(value)", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}

let open = RegistrySchema(#"{"type":"object","properties":{"a":{"type":"string"}}}"#)
let withRequired = RegistrySchema(#"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}"#)

@Suite("Schema registry")
struct SchemaRegistryTests {
    @Test("a schema is registered once, and found by id, GUID, subject and text")
    func registering() async throws {
        let registry = try TestRegistry()
        let client = registry.client
        let first = try await client.register(open, subject: "shop/orders-value")
        #expect(first.version == 1)
        #expect(try await client.register(open, subject: "shop/orders-value").id == first.id)
        #expect(try await client.register(open, subject: "copy").id == first.id)
        #expect(try await client.schema(id: first.id) == open)
        let guid = try #require(first.guid)
        #expect(try await client.schema(guid: guid) == open)
        let found = try await client.registration(of: open, subject: "shop/orders-value")
        #expect(found == first)
        #expect(try await client.version(.latest, of: "copy").subject == "copy")
        #expect(try await client.subjects() == ["copy", "shop/orders-value"])
        #expect(try await client.versions(of: "copy") == [1])
    }

    @Test("a server that answers with the id alone is enough")
    func shortAnswers() async throws {
        let registry = try TestRegistry(try RegistryServer("--answers", "id"))
        let registered = try await registry.client.register(open, subject: "s")
        #expect(registered == RegisteredSchema(subject: "s", version: nil, id: 1, guid: nil, schema: open))
    }

    @Test("text that a server writes anew has the same content, and normal forms are one schema")
    func sortedText() async throws {
        let registry = try TestRegistry(try RegistryServer("--stored", "sorted"))
        let id = try await registry.client.register(open, subject: "s").id
        let stored = try await registry.client.schema(id: id)
        #expect(stored.text != open.text)
        #expect(stored.hasSameContent(as: open))
        #expect(!stored.hasSameContent(as: withRequired))

        let exact = try TestRegistry()
        let spaced = RegistrySchema(#"{"properties": {"a": {"type": "string"}}, "type": "object"}"#)
        let first = try await exact.client.register(open, subject: "s", normalize: true)
        #expect(try await exact.client.registration(of: spaced, subject: "s", normalize: true).id == first.id)
        #expect(
            await failure { () async throws(SchemaRegistryError) in
                try await exact.client.registration(of: open, subject: "s")
            }?.kind == .schemaNotFound)
    }

    @Test("references are sent and returned")
    func references() async throws {
        let registry = try TestRegistry()
        let client = registry.client
        _ = try await client.register(open, subject: "address")
        let schema = RegistrySchema(
            #"{"$ref":"address.json"}"#, references: [.init(name: "address.json", subject: "address", version: 1)])
        let id = try await client.register(schema, subject: "order").id
        #expect(try await client.schema(id: id) == schema)
        let error = await failure { () async throws(SchemaRegistryError) in
            try await client.deleteSubject("address")
        }
        #expect(error?.kind == .referenceExists)
        #expect(error?.code == 42206)
    }

    @Test("levels decide what is compatible, and what can be registered")
    func levels() async throws {
        let registry = try TestRegistry()
        let client = registry.client
        #expect(try await client.level(of: .global) == .backward)
        #expect(try await client.level(of: .subject("s")) == nil)
        _ = try await client.register(open, subject: "s")
        let verdict = try await client.verdict(on: withRequired, subject: "s", comparedWith: .one(.latest))
        #expect(verdict == RegistryVerdict(isCompatible: false, messages: ["#/required: 'a' became required"]))
        let error = await failure { () async throws(SchemaRegistryError) in
            try await client.register(withRequired, subject: "s")
        }
        #expect(error?.kind == .incompatible)
        #expect(error?.status == 409)

        try await client.setLevel(.none, of: .subject("s"))
        #expect(try await client.level(of: .subject("s")) == RegistryLevel.none)
        #expect(try await client.verdict(on: withRequired, subject: "s").isCompatible)
        #expect(try await client.register(withRequired, subject: "s").version == 2)
        try await client.removeLevel(ofSubject: "s")
        #expect(try await client.level(of: .subject("s")) == nil)
        try await client.setLevel(.fullTransitive, of: .global)
        #expect(try await client.level(of: .global) == .fullTransitive)
    }

    @Test("modes are set and returned")
    func modes() async throws {
        let registry = try TestRegistry()
        let client = registry.client
        #expect(try await client.mode(of: .global) == .readWrite)
        try await client.setMode(.readOnly, of: .subject("s"))
        #expect(try await client.mode(of: .subject("s")) == .readOnly)
        let error = await failure { () async throws(SchemaRegistryError) in
            try await client.register(open, subject: "s")
        }
        #expect(error?.kind == .operationNotPermitted)
    }

    @Test("subjects and versions are deleted, first so that it can be undone")
    func deleting() async throws {
        let registry = try TestRegistry()
        let client = registry.client
        _ = try await client.register(open, subject: "s")
        let early = await failure { () async throws(SchemaRegistryError) in
            try await client.deleteSubject("s", permanently: true)
        }
        #expect(early?.kind == .notDeletedYet)
        #expect(try await client.deleteVersion(.number(1), of: "s") == 1)
        let gone = await failure { () async throws(SchemaRegistryError) in try await client.versions(of: "s") }
        #expect(gone?.kind == .subjectNotFound)
        #expect(try await client.versions(of: "s", includesDeleted: true) == [1])
        #expect(try await client.deleteVersion(.number(1), of: "s", permanently: true) == 1)
        #expect(try await client.subjects(includesDeleted: true) == [])
    }

    @Test("each documented error has its kind")
    func codes() async throws {
        let kinds: [(Int, SchemaRegistryError.Kind)] = [
            (40401, .subjectNotFound), (40402, .versionNotFound), (40403, .schemaNotFound), (40404, .deletedAlready),
            (40405, .notDeletedYet), (40406, .deletedAlready), (40407, .notDeletedYet), (40408, .levelNotSet),
            (40409, .modeNotSet), (42201, .invalidSchema), (42202, .invalidVersion), (42203, .invalidLevel),
            (42204, .invalidMode), (42205, .operationNotPermitted), (42206, .referenceExists), (42207, .idMismatch),
            (42208, .invalidSubject), (42299, .invalidRequest), (50001, .serverFailed), (50002, .serverFailed),
            (50003, .noPrimary), (50004, .noPrimary), (401, .unauthorized), (403, .forbidden), (404, .notFound),
            (409, .incompatible), (429, .serverFailed), (400, .invalidRequest),
        ]
        let registry = try TestRegistry(try RegistryServer(), retries: 0)
        for (code, kind) in kinds {
            let status = Int(String(code).prefix(3)) ?? 0
            try await registry.behave([
                "status": .number(JSONNumber(status)),
                "body": ["error_code": .number(JSONNumber(code)), "message": "because"],
            ])
            let error = await failure { () async throws(SchemaRegistryError) in try await registry.client.subjects() }
            #expect(error?.kind == kind)
            #expect(error?.code == code)
            #expect(error?.message == "because")
        }
    }

    @Test("answers in other forms are understood")
    func oddAnswers() async throws {
        let answers: [(JSONValue, Int, String)] = [
            (["error_code": 422, "message": [["msg": "a"], ["type": "b"]]], 422, "a; {\"type\":\"b\"}"),
            ("no such page", 404, "no such page"), ("<html>\nBad</html>", 404, "<html> Bad</html>"),
            ([:], 404, "{}"), (["error_code": "40401", "message": "text"], 404, "text"),
            ([["loc": "x", "msg": "wrong"]], 422, "wrong"),
        ]
        let registry = try TestRegistry(try RegistryServer(), retries: 0)
        for (body, status, message) in answers {
            try await registry.behave(["status": .number(JSONNumber(status)), "body": body])
            let error = await failure { () async throws(SchemaRegistryError) in try await registry.client.subjects() }
            #expect(error?.status == status)
            #expect(error?.message == message)
        }
    }

    @Test("an answer that is not a registry's is an error")
    func unusableAnswers() async throws {
        let registry = try TestRegistry()
        for body in ["<html>", "text", [:], [1]] as [JSONValue] {
            try await registry.behave(["status": 200, "body": body])
            let error = await failure { () async throws(SchemaRegistryError) in try await registry.client.subjects() }
            #expect(error?.kind == .unusableAnswer)
        }
    }
}
