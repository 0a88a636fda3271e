import Foundation
import Testing

@Suite("event-contracts diff and snapshot") struct DiffCommandTests {
    /// A new folder with the contract of `schemas`, as a repository of one commit.
    private struct Repository {
        let folder = FileManager.default.temporaryDirectory.appending(path: "diff-\(UUID().uuidString)")

        init() throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: Tool.root + "/schemas", toPath: folder.path + "/schemas")
            try git("init", "--quiet")
            try git("add", ".")
            try git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "First")
        }

        func git(_ arguments: String...) throws {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["git"] + arguments
            process.currentDirectoryURL = folder
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
        }

        func replace(_ text: String, by other: String, in file: String) throws {
            let url = folder.appending(path: file)
            let old = try String(contentsOf: url, encoding: .utf8)
            try #require(old.contains(text))
            try Data(old.replacingOccurrences(of: text, with: other).utf8).write(to: url)
        }

        func diff(_ arguments: String...) throws -> Tool { try Tool.run(["diff"] + arguments, in: folder.path) }

        func remove() { try? FileManager.default.removeItem(at: folder) }
    }

    @Test("a git revision is compared with the folder, and a snapshot as well")
    func versions() throws {
        let repository = try Repository()
        defer { repository.remove() }
        let snapshot = try Tool.run("snapshot", "--output", "v1.json", in: repository.folder.path)
        #expect(snapshot.status == 0 && snapshot.output == "wrote ./v1.json\n")
        let again = try Tool.run("snapshot", "--output", "v1.json", in: repository.folder.path)
        #expect(again.status == 0 && again.output == "wrote ./v1.json\n")
        let other = try Tool.run("snapshot", "--output", "schemas/job.schema.json", in: repository.folder.path)
        #expect(other.status == 1)
        #expect(
            other.errors
                == "schemas/job.schema.json:1:1: error: already exists; nothing was written [unwritable-output]\n")
        for old in ["HEAD:schemas", "HEAD:schemas/topics.yaml", "HEAD:./schemas", "v1.json", "schemas"] {
            let same = try repository.diff(old, "schemas")
            #expect(same.status == 0 && same.output == "no changes\n" && same.errors.isEmpty, "\(old): \(same.errors)")
        }
        let required = #""required": ["job_id", "status""#
        try repository.replace(required, by: required + #", "priority""#, in: "schemas/job.schema.json")
        for arguments in [["HEAD:schemas", "schemas"], ["v1.json"], ["--against", "v1.json", "schemas"]] {
            let tool = try Tool.run(["diff"] + arguments, in: repository.folder.path)
            #expect(tool.status == 1 && tool.output == "1 change, 1 of them breaking\n")
            #expect(tool.errors.hasPrefix("schemas/job.schema.json:36:7: error: the property '/payload/priority'"))
            #expect(tool.errors.contains("[property-required]\n"))
        }
    }

    @Test("a registry's answer is forecast by the option and by the manifest, and is not a change")
    func forecasts() throws {
        let repository = try Repository()
        defer { repository.remove() }
        let required = #""required": ["job_id", "status""#
        try repository.replace(required, by: required + #", "priority""#, in: "schemas/job.schema.json")
        let answer = "karapace would accept the schema of 'JobMessage' at BACKWARD_TRANSITIVE; though messages break"
        let tool = try repository.diff("HEAD:schemas", "schemas", "--profile", "karapace")
        #expect(tool.status == 1 && tool.output == "1 change, 1 of them breaking\n")
        #expect(tool.errors.contains(": warning: \(answer) [registry-answer]\n"))
        #expect(try repository.diff("HEAD:schemas", "schemas", "--profile", "other").status == 64)
        let json = try repository.diff("HEAD:schemas", "schemas", "--profile", "confluent-strict", "--format", "json")
        #expect(
            json.output.contains(
                "confluent-strict: REQUIRED_ATTRIBUTE_ADDED at '#/properties/payload/required/priority'"))
        try repository.replace("registry:\n", by: "registry:\n  profile: karapace\n", in: "schemas/topics.yaml")
        #expect(try repository.diff("HEAD:schemas", "schemas").errors.contains("\(answer) [registry-answer]\n"))
    }

    @Test("a git revision has the folders of its manifest, from every working folder")
    func foldersOutside() throws {
        let repository = try Repository()
        defer { repository.remove() }
        let files = FileManager.default
        let own = repository.folder.path + "/service/schemas"
        try files.createDirectory(atPath: own, withIntermediateDirectories: true)
        try files.createDirectory(atPath: repository.folder.path + "/shared", withIntermediateDirectories: true)
        let address = repository.folder.appending(path: "shared/address.json")
        try Data(#"{"type":"object","properties":{"street":{"type":"string"}}}"#.utf8).write(to: address)
        try Data(#"{"type":"object","properties":{"to":{"$ref":"../../shared/address.json"}}}"#.utf8)
            .write(to: URL(filePath: own + "/order.schema.json"))
        let manifest = """
            contract: Shop
            version: 1.0.0
            service: shop
            schemas: {folders: [../../shared]}
            topics:
              orders: {partitions: 1, replication: 1}
            messages:
              Order: {schema: order.schema.json, topic: orders}
            """
        try Data(manifest.utf8).write(to: URL(filePath: own + "/topics.yaml"))
        try repository.git("add", ".")
        try repository.git(
            "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "Shared")
        try Data(#"{"type":"object","properties":{"street":{"type":"string"}},"required":["street"]}"#.utf8)
            .write(to: address)
        let fromRoot = try repository.diff("HEAD:service/schemas", "service/schemas")
        #expect(fromRoot.status == 1 && fromRoot.errors.contains("'/to/street' is now required"), "\(fromRoot.errors)")
        let inside = try Tool.run(
            ["diff", "HEAD:./schemas", "schemas"], in: repository.folder.path + "/service")
        #expect(inside.status == 1 && inside.errors.contains("'/to/street' is now required"), "\(inside.errors)")
    }

    @Test("JSON states whom each change breaks, with an example message")
    func json() throws {
        let repository = try Repository()
        defer { repository.remove() }
        try repository.replace(
            #""algorithm": {"type": "string"}"#, by: #""algorithm": {"type": "integer"}"#, in: "schemas/job.schema.json"
        )
        let tool = try repository.diff("HEAD:schemas", "--format", "json")
        #expect(tool.status == 1 && tool.errors.isEmpty)
        let changes = try #require(
            try JSONSerialization.jsonObject(with: Data(tool.output.utf8)) as? [[String: Any]])
        #expect(changes.count == 1)
        #expect(changes[0]["rule"] as? String == "type-changed")
        #expect(changes[0]["breaks"] as? [String] == ["readers", "data", "source"])
        let messages = try #require(changes[0]["counterexamples"] as? [String: Any])
        #expect(Set(messages.keys) == ["readers", "data"])
    }

    @Test("versions that can't be read are errors at their place")
    func errors() throws {
        let repository = try Repository()
        defer { repository.remove() }
        let revision = try repository.diff("nosuch:schemas", "schemas")
        #expect(revision.status == 1)
        #expect(revision.errors.contains("nosuch:schemas:1:1: error: git can't read this revision and folder"))
        try repository.replace("partitions: 6", by: "partitions: none", in: "schemas/topics.yaml")
        let broken = try repository.diff("HEAD:schemas", "schemas")
        #expect(broken.status == 1 && broken.errors.hasPrefix("schemas/topics.yaml:"))
        for arguments in [[], ["a", "b", "c"], ["--against", "a", "b", "c"], [""]] {
            #expect(try Tool.run(["diff"] + arguments, in: repository.folder.path).status == 64, "\(arguments)")
        }
    }
}
