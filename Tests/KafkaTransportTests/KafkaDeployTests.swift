import Foundation
import TestSupport
import Testing

@Suite("Kafka deployment from the command line")
struct KafkaDeployTests {
    private struct Run {
        var status: Int32
        var output: String
        var errors: String
    }

    private static let secret = "s3cr3t-0f-the-deployment"

    /// Runs the program as a user does.
    private func deploy(_ arguments: String..., on address: String, _ variables: [String: String] = [:]) throws -> Run {
        let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates = [products.path, OutsideProgram.root.path + "/.build/debug"].map {
            URL(filePath: $0 + "/event-contracts-deploy")
        }
        let program: URL = try #require(candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) })
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = OutsideProgram.root
        process.environment = ProcessInfo.processInfo.environment
            .merging(["KAFKA_BOOTSTRAP_SERVERS": address]) { _, new in new }
            .merging(variables) { _, new in new }
        // Errors go to a file: with the library's log, they are more than a pipe holds while nobody reads it.
        let errorFile = FileManager.default.temporaryDirectory.appending(path: "deploy-\(UUID().uuidString)")
        #expect(FileManager.default.createFile(atPath: errorFile.path, contents: nil))
        defer { try? FileManager.default.removeItem(at: errorFile) }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            errors: try String(contentsOf: errorFile, encoding: .utf8))
    }

    @Test("plan finds drift, apply ends it, a second apply does nothing, health follows")
    func course() throws {
        let broker = try Broker()
        let plan = try deploy("topics", "plan", "schemas", "--replication", "1", on: broker.address)
        #expect(plan.status == 2)
        #expect(plan.output.hasSuffix("4 topics: 4 to create, 0 to change, 0 as in the contract\n"))
        #expect(try deploy("health", "schemas", on: broker.address).status == 1)
        let apply = try deploy("topics", "apply", "schemas", "--replication", "1", on: broker.address)
        #expect(apply.status == 0)
        #expect(apply.output.contains("done:    tda_events: create with 12 partitions, replication 1\n"))
        let again = try deploy("topics", "apply", "schemas", "--replication", "1", on: broker.address)
        #expect(again.status == 0)
        #expect(again.output == "nothing to do: all topics are as in the contract\n")
        let json = try deploy("topics", "plan", "schemas", "--replication", "1", "--format", "json", on: broker.address)
        #expect(json.status == 0)
        let object = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(object["drift"] as? Bool == false)
        let registry = try RegistryServer()
        let healthy = try deploy(
            "health", "schemas", "--format", "json", on: broker.address, ["SCHEMA_REGISTRY_URL": registry.url])
        #expect(healthy.status == 0)
        #expect(healthy.output.contains(#""schema_registry":{"status":"healthy","answer_ms":"#))
        let withoutRegistry = try deploy(
            "health", "schemas", on: broker.address,
            ["SCHEMA_REGISTRY_URL": "http://127.0.0.1:9", "SCHEMA_REGISTRY_RETRIES": "0"])
        #expect(withoutRegistry.status == 2)
        #expect(withoutRegistry.output.contains("schema registry: unhealthy\n  schema registry http://127.0.0.1:9: "))
    }

    @Test("topics have the names that the environment gives them")
    func names() throws {
        let broker = try Broker()
        let variables = ["KAFKA_TOPIC_PREFIX": "staging_", "KAFKA_JOBS_TOPIC": "legacy-jobs"]
        let apply = try deploy("topics", "apply", "schemas", "--replication", "1", on: broker.address, variables)
        #expect(apply.output.contains("legacy-jobs: create"))
        #expect(apply.output.contains("staging_results: create"))
    }

    @Test("errors are reported on standard error, with exit code 1")
    func errors() throws {
        let broker = try Broker()
        let property = try deploy("topics", "plan", "schemas", "--property", "lingr.ms=5", on: broker.address)
        #expect(property.status == 1)
        #expect(property.errors.contains("has no property 'lingr.ms'; did you mean 'linger.ms'?"))
        let contract = try deploy("topics", "plan", "/no/such/folder", on: broker.address)
        #expect(contract.status == 1)
        #expect(contract.errors.contains("[missing-file]"))
        let usage = try deploy("topics", "plan", "schemas", "--replication", "0", on: broker.address)
        #expect(usage.status == 64)
        let timeout = try deploy("health", "schemas", "--timeout", "4000", on: broker.address)
        #expect(timeout.status == 64)
        #expect(timeout.errors.contains("expected a timeout of 1 to 3600 seconds, found 4000"))
        broker.kill()
        let unreachable = try deploy("topics", "plan", "schemas", "--timeout", "1", on: broker.address)
        #expect(unreachable.status == 1)
        #expect(unreachable.output.isEmpty)
        #expect(unreachable.errors.contains("KAFKA_BOOTSTRAP_SERVERS"))
    }

    @Test("no output shows a secret, however verbose")
    func secrets() throws {
        let broker = try Broker()
        let variables = [
            "KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT", "KAFKA_SASL_USERNAME": "ada",
            "KAFKA_SASL_PASSWORD": Self.secret,
        ]
        for arguments in [["topics", "plan"], ["health"]] {
            let run = try deploy(
                arguments[0], arguments.count > 1 ? arguments[1] : "schemas",
                arguments.count > 1 ? "schemas" : "--verbose",
                "--property", "debug=all", "--verbose", "--timeout", "2", on: broker.address, variables)
            #expect(!run.errors.isEmpty)
            #expect(!(run.output + run.errors).contains(Self.secret))
        }
    }
}
