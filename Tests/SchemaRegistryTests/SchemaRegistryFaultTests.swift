import EventContracts
import Foundation
import JSONTape
import SchemaRegistry
import TestSupport
import Testing

@Suite("Schema registry with faults")
struct SchemaRegistryFaultTests {
    @Test("a request is sent again while no primary is elected, and after a server error")
    func retries() async throws {
        let registry = try TestRegistry()
        try await registry.behave([
            "times": 1, "status": 500, "body": ["error_code": 50003, "message": "no primary"],
        ])
        try await registry.behave(["times": 1, "status": 502, "body": "<html>"])
        try await registry.behave(["times": 1, "close": true])
        #expect(try await registry.client.register(open, subject: "s").id == 1)
        #expect(try await registry.requests().count == 4)
    }

    @Test("retries end")
    func retriesEnd() async throws {
        let registry = try TestRegistry(try RegistryServer(), retries: 1)
        try await registry.behave(["times": 2, "status": 500, "body": ["error_code": 50001, "message": "store"]])
        let error = await failure { () async throws(SchemaRegistryError) in try await registry.client.subjects() }
        #expect(error?.kind == .serverFailed)
        #expect(error?.code == 50001)
        #expect(try await registry.requests().count == 2)
    }

    @Test("a deletion that a server may have seen is not sent again")
    func deletions() async throws {
        let registry = try TestRegistry()
        _ = try await registry.client.register(open, subject: "s")
        try await registry.behave(["status": 500, "body": ["error_code": 50001, "message": "store"]])
        let error = await failure { () async throws(SchemaRegistryError) in
            try await registry.client.deleteSubject("s")
        }
        #expect(error?.kind == .serverFailed)
        try await registry.behave(["status": 500, "body": ["error_code": 50003, "message": "no primary"]])
        #expect(try await registry.client.deleteSubject("s") == [1])
    }

    @Test("a URL that does not answer is skipped, and later not tried")
    func failover() async throws {
        let registry = try TestRegistry()
        let client = try TestRegistry.client(["http://127.0.0.1:9", registry.server.url + "/"], retries: 0)
        #expect(try await client.subjects() == [])
        try await registry.behave(["status": 503, "body": [:]])
        let error = await failure { () async throws(SchemaRegistryError) in try await client.subjects() }
        // The other URL was asked last.
        #expect(error?.kind == .unreachable)
        #expect(error?.url == "http://127.0.0.1:9")
    }

    @Test("a stalled server is abandoned after the timeout")
    func stall() async throws {
        let registry = try TestRegistry(try RegistryServer(), retries: 0, timeout: .milliseconds(200))
        try await registry.behave(["stall": 3])
        let error = await failure { () async throws(SchemaRegistryError) in try await registry.client.subjects() }
        #expect(error?.kind == .timeout)
    }

    @Test("a redirect keeps the method and the body")
    func redirect() async throws {
        let (first, second) = (try TestRegistry(), try TestRegistry())
        try await first.behave(["redirect": .string(second.server.url)])
        #expect(try await first.client.register(open, subject: "s").id == 1)
        #expect(try await second.requests() == ["POST /subjects/s/versions"])
        try await first.behave(["times": 100, "redirect": .string(first.server.url)])
        let error = await failure { () async throws(SchemaRegistryError) in try await first.client.subjects() }
        #expect(error?.kind == .unusableAnswer)
    }

    @Test("cancellation ends a request, and not that of others")
    func cancellation() async throws {
        let registry = try TestRegistry()
        try await registry.behave(["times": 1, "path": "/subjects", "stall": 60])
        let cancelled = Task {
            await failure { () async throws(SchemaRegistryError) in try await registry.client.subjects() }
        }
        while try await !registry.requests().contains("GET /subjects") { await Task.yield() }
        cancelled.cancel()
        #expect(await cancelled.value?.kind == .cancelled)
        #expect(try await registry.client.subjects() == [])
    }

    @Test("one request serves all who wait, and its answer is kept")
    func coalescing() async throws {
        let registry = try TestRegistry()
        let id = try await registry.client.register(open, subject: "s").id
        try await registry.behave(["path": "/schemas", "stall": 0.3])
        try await withThrowingTaskGroup(of: RegistrySchema.self) { group in
            for _ in 0..<100 { group.addTask { try await registry.client.schema(id: id) } }
            for try await schema in group { #expect(schema == open) }
        }
        #expect(try await registry.client.schema(id: id) == open)
        #expect(try await registry.requests().count { $0.hasPrefix("GET /schemas") } == 1)
    }

    @Test("that a schema is missing is kept for a time, until it is registered")
    func absence() async throws {
        let registry = try TestRegistry()
        // Longer than a busy machine can take.
        let client = try TestRegistry.client([registry.server.url], absenceLifetime: .seconds(3600))
        for _ in 0..<3 {
            let error = await failure { () async throws(SchemaRegistryError) in
                try await client.registration(of: open, subject: "s")
            }
            #expect(error?.kind == .subjectNotFound)
        }
        #expect(try await registry.requests().count == 1)
        _ = try await client.register(open, subject: "s")
        #expect(try await client.registration(of: open, subject: "s").id == 1)
    }

    @Test("a failure is not kept")
    func failuresAreNotKept() async throws {
        let registry = try TestRegistry(try RegistryServer(), retries: 0)
        let id = try await registry.client.register(open, subject: "s").id
        try await registry.behave(["status": 500, "body": [:]])
        _ = await failure { () async throws(SchemaRegistryError) in try await registry.client.schema(id: id) }
        #expect(try await registry.client.schema(id: id) == open)
    }

    @Test("a password or a token is sent, and never part of an error")
    func credentials() async throws {
        let server = try RegistryServer("--user", "me:hunter2", "--token", "t0ken")
        let basic = try TestRegistry.client([server.url]) {
            $0.username = "me"
            $0.password = Secret("hunter2")
        }
        #expect(try await basic.subjects() == [])
        #expect(try await TestRegistry.client([server.url]) { $0.token = Secret("t0ken") }.subjects() == [])
        let wrong = try TestRegistry.client([server.url]) { $0.token = Secret("hunter3") }
        let error = await failure { () async throws(SchemaRegistryError) in try await wrong.subjects() }
        #expect(error?.kind == .unauthorized)
        #expect(error?.description.contains("hunter3") == false)
    }

    @Test("both sides authenticate by certificates")
    func mutualTLS() async throws {
        let files = try CertificateFiles()
        let server = try RegistryServer(
            "--certificate", files.server.certificate, "--key", files.server.key, "--authorities", files.authority)
        let trusting = try TestRegistry.client([server.url], retries: 0) {
            $0.authoritiesFile = files.authority
            $0.certificateFile = files.client.certificate
            $0.keyFile = files.client.key
        }
        #expect(try await trusting.subjects() == [])
        let anonymous = try TestRegistry.client([server.url], retries: 0) { $0.authoritiesFile = files.authority }
        let refused = await failure { () async throws(SchemaRegistryError) in try await anonymous.subjects() }
        #expect([.security, .unreachable].contains(refused?.kind))
        let strict = try TestRegistry.client([server.url], retries: 0)
        let unknown = await failure { () async throws(SchemaRegistryError) in try await strict.subjects() }
        #expect(unknown?.kind == .security)
    }
}

/// Certificates of a server and a client, and the authority that signed them.
private final class CertificateFiles {
    struct Failure: Error {}

    struct Pair {
        let certificate: String
        let key: String
    }

    let authority: String
    let server: Pair
    let client: Pair
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "registry-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.path
        authority = path + "/ca.pem"
        (server, client) = (
            Pair(certificate: path + "/server.pem", key: path + "/server.key"),
            Pair(certificate: path + "/client.pem", key: path + "/client.key")
        )
        let new = ["req", "-newkey", "rsa:2048", "-nodes"]
        try Self.openssl(
            new + ["-x509", "-days", "2", "-subj", "/CN=authority", "-keyout", path + "/ca.key", "-out", authority])
        try "subjectAltName=DNS:localhost".write(toFile: path + "/names", atomically: true, encoding: .utf8)
        for (name, pair) in [("localhost", server), ("client", client)] {
            let request = path + "/request"
            try Self.openssl(new + ["-subj", "/CN=\(name)", "-keyout", pair.key, "-out", request])
            try Self.openssl([
                "x509", "-req", "-days", "2", "-in", request, "-CA", authority, "-CAkey", path + "/ca.key",
                "-CAcreateserial", "-extfile", path + "/names", "-out", pair.certificate,
            ])
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure() }
    }
}
