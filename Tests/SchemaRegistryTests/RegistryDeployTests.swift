import Foundation
import JSONTape
import SchemaRegistry
import TestSupport
import Testing

@Suite("Registry deployment from the command line")
struct RegistryDeployTests {
    private struct Run {
        var status: Int32
        var output: String
    }

    /// Runs the program as a user does.
    private func deploy(
        _ command: String, _ folder: Folder, _ arguments: String..., on url: String,
        _ variables: [String: String] = [:]
    ) throws -> Run {
        // The folder is there as long as it is used.
        defer { withExtendedLifetime(folder) {} }
        let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates = [products.path, OutsideProgram.root.path + "/.build/debug"].map {
            URL(filePath: $0 + "/event-contracts-deploy")
        }
        let process = Process()
        let program: URL = try #require(candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) })
        process.executableURL = program
        process.arguments = ["registry", command, folder.path] + arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["SCHEMA_REGISTRY_URL": url, "SCHEMA_REGISTRY_RETRIES": "0"]) { _, new in new }
            .merging(variables) { _, new in new }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Run(status: process.terminationStatus, output: String(decoding: text, as: UTF8.self))
    }

    private static func manifest(_ registry: String = "registry: {}", level: String = "BACKWARD") -> String {
        """
        contract: Shop
        version: 1.0.0
        service: shop-backend
        topic_prefix: shop_
        topics:
          orders: {partitions: 1, replication: 1}
        messages:
          OrderPlaced: {schema: placed.schema.json, topic: orders, compatibility: \(level)}
        \(registry)
        """
    }

    private static let placed = #"{"type":"object","properties":{"id":{"type":"string"}},"required":["id"]}"#

    /// A contract in a folder of its own.
    private final class Folder {
        let path: String

        init(_ manifest: String = manifest(), schema: String = placed) throws {
            path = FileManager.default.temporaryDirectory.appending(path: "registry-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try write(manifest, "topics.yaml")
            try write(schema, "placed.schema.json")
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ text: String, _ name: String) throws {
            try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    @Test("plan lists missing schemas, apply registers them, and a second apply changes nothing")
    func course() throws {
        let (server, folder) = (try RegistryServer(), try Folder())
        let plan = try deploy("plan", folder, on: server.url)
        #expect(
            plan.output == """
                shop_orders-value: missing; register the schema of OrderPlaced
                1 schema: 1 to register or change, 0 as in the contract

                """)
        #expect(plan.status == 2)
        let apply = try deploy("apply", folder, on: server.url)
        #expect(apply.output == "done:    shop_orders-value: registered version 1, id 1\n")
        #expect(apply.status == 0)
        let again = try deploy("apply", folder, on: server.url)
        #expect(again.output == "nothing to do: all schemas are as in the contract\n")
        let json = try deploy("plan", folder, "--format", "json", on: server.url)
        #expect(
            json.output
                == #"{"drift":false,"subjects":[{"subject":"shop_orders-value","message":"OrderPlaced","level":"BACKWARD","current_level":"BACKWARD","state":"registered","version":1,"id":1}]}"#
                + "\n")
        #expect(json.status == 0)
    }

    @Test("an incompatible schema is shown with a message, fails the check, and is not registered")
    func incompatible() async throws {
        let (server, folder) = (try RegistryServer(), try Folder())
        #expect(try deploy("apply", folder, on: server.url).status == 0)
        try folder.write(
            #"{"type":"object","properties":{"id":{"type":"string"},"code":{"type":"string"}},"required":["id","code"]}"#,
            "placed.schema.json")
        let check = try deploy("check", folder, on: server.url)
        #expect(check.status == 1)
        #expect(check.output.contains(#"the old version accepts this message, and the new one does not: {"id":""}"#))
        #expect(check.output.contains("  * incompatible with version 1; the registry says incompatible: "))
        let apply = try deploy("apply", folder, on: server.url)
        #expect(apply.output == "refused: shop_orders-value: the schema of OrderPlaced is incompatible with BACKWARD\n")
        #expect(apply.status == 1)
        #expect(try await TestRegistry.client([server.url]).versions(of: "shop_orders-value") == [1])
    }

    @Test("a break that the manifest accepts passes the check and is registered, until the entry expires")
    func accepted() async throws {
        let (server, folder) = (try RegistryServer(), try Folder())
        #expect(try deploy("apply", folder, on: server.url).status == 0)
        try folder.write(
            #"{"type":"object","properties":{"id":{"type":"string"},"code":{"type":"string"}},"required":["id","code"]}"#,
            "placed.schema.json")
        func entry(expires date: String) -> String {
            """
            accepted_changes:
              - {rule: property-added, at: OrderPlaced/code, reason: All producers send it, expires: \(date)}
            """
        }
        let manifest = Self.manifest()
        try folder.write(manifest + "\n" + entry(expires: "2020-01-01"), "topics.yaml")
        #expect(try deploy("check", folder, on: server.url).status == 1)
        try folder.write(manifest + "\n" + entry(expires: "2999-01-01"), "topics.yaml")
        let check = try deploy("check", folder, on: server.url)
        #expect(check.status == 0)
        #expect(check.output.contains("    accepted until 2999-01-01: All producers send it\n"))
        #expect(
            check.output.contains("  * incompatible, as accepted, with version 1; the registry says incompatible: "))
        let apply = try deploy("apply", folder, on: server.url)
        #expect(apply.output == "done:    shop_orders-value: registered version 2, id 2\n")
        #expect(apply.status == 0)
        let client = try TestRegistry.client([server.url])
        #expect(try await client.versions(of: "shop_orders-value") == [1, 2])
        #expect(try await client.level(of: .subject("shop_orders-value")) == .backward)
    }

    @Test("a registry that refuses what is compatible leaves everything as it was, unless it is overridden")
    func overriding() async throws {
        let server = try RegistryServer()
        let folder = try Folder(Self.manifest(level: "FULL"))
        let client = try TestRegistry.client([server.url])
        _ = try await client.register(RegistrySchema(Self.placed), subject: "shop_orders-value")
        // The pattern allows all texts: only the registry sees a change of meaning.
        try folder.write(
            #"{"type":"object","properties":{"id":{"type":"string","pattern":""}},"required":["id"]}"#,
            "placed.schema.json")
        #expect(try deploy("plan", folder, on: server.url).output.contains("  * compatible with version 1; "))
        let refused = try deploy("apply", folder, on: server.url)
        #expect(
            refused.output
                == "refused: shop_orders-value: the registry says incompatible: #/properties/id/pattern: the limit is tighter\n"
        )
        #expect(refused.status == 1)
        #expect(try await client.level(of: .subject("shop_orders-value")) == nil)
        let overridden = try deploy("apply", folder, "--override-registry", on: server.url)
        #expect(
            overridden.output == """
                done:    shop_orders-value: level FULL
                done:    shop_orders-value: registered version 2, id 2

                """)
        #expect(try await client.level(of: .subject("shop_orders-value")) == .full)
    }

    @Test("a transitive level compares with all versions, another with the last")
    func transitive() async throws {
        let server = try RegistryServer()
        let client = try TestRegistry.client([server.url])
        try await client.setLevel(.none, of: .global)
        _ = try await client.register(RegistrySchema(#"{"type":"integer"}"#), subject: "shop_orders-value")
        _ = try await client.register(RegistrySchema(#"{"type":"object"}"#), subject: "shop_orders-value")
        let last = try deploy("plan", try Folder(), on: server.url)
        #expect(last.output.contains("  * incompatible with version 2;"))
        let all = try deploy("plan", try Folder(Self.manifest(level: "BACKWARD_TRANSITIVE")), on: server.url)
        #expect(all.output.contains("  * incompatible with versions 1 to 2;"))
        #expect(all.output.contains("shop_orders-value version 1"))
    }

    @Test(
        "subjects have the names of the manifest, with the topic's name in the environment",
        arguments: [
            ("topic_name", "stage_orders-value"), ("record_name", "OrderPlaced"),
            ("topic_record_name", "stage_orders-OrderPlaced"),
        ])
    func naming(naming: String, subject: String) throws {
        let server = try RegistryServer()
        let folder = try Folder(Self.manifest("registry: {subjects: \(naming)}"))
        let plan = try deploy("plan", folder, on: server.url, ["KAFKA_TOPIC_PREFIX": "stage_"])
        #expect(plan.output.hasPrefix("\(subject): missing"))
    }

    @Test("failed operations are errors with their reason")
    func errors() throws {
        let folder = try Folder()
        let unreachable = try deploy("plan", folder, on: "http://127.0.0.1:9")
        #expect(unreachable.status == 1)
        #expect(unreachable.output.hasPrefix("error: schema registry http://127.0.0.1:9: "))
        let without = try deploy("plan", try Folder(Self.manifest("")), on: "http://127.0.0.1:9")
        #expect(without.status == 1)
        #expect(without.output.contains("the manifest has no 'registry'"))
    }
}
