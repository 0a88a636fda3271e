import ContractModel
import Foundation
import Testing

@Suite struct SchemaFileTests {
    /// A manifest whose message has a schema, with other options for schemas.
    private static func manifest(schema: String, options: String = "") -> String {
        """
        contract: Shop
        version: 1.0.0
        service: shop
        \(options.isEmpty ? "" : "schemas: \(options)")
        topics:
          orders: {purpose: Orders, partitions: 1, replication: 1, retention: 7d}
        messages:
          Order: {schema: "\(schema)", topic: orders}
        """
    }

    private static func read(
        _ schema: String, options: String = "", files: [String: String]
    ) throws -> (names: [String], text: String) {
        try ContractFolder.with(files.merging(["c/topics.yaml": manifest(schema: schema, options: options)]) { $1 }) {
            let reading = Reading($0.path + "/c")
            return (reading.contract?.schemas.map(\.name) ?? [], reading.text)
        }
    }

    @Test("a message names a file of any name, and a part of one; other files are not read")
    func names() throws {
        let files = ["c/order.json": "{}", "c/order.yaml": "type: object", "c/data.json": "[1", "c/notes.yaml": "{"]
        #expect(try Self.read("order.json", files: files) == (["order.json"], ""))
        #expect(try Self.read("order.yaml", files: files) == (["order.yaml"], ""))
        #expect(try Self.read("order.json#/$defs/Order", files: files) == (["order.json"], ""))
    }

    @Test("files that references name by relative path are schemas, and those that these refer to")
    func references() throws {
        let files = [
            "c/order.json":
                #"{"properties": {"a": {"$ref": "parts/a.json#/x"}, "b": {"$ref": "https://x.org/b.json"}}}"#,
            "c/parts/a.json": #"{"x": {"$ref": "../b.yaml"}}"#, "c/b.yaml": "type: string", "c/other.json": "{",
        ]
        #expect(try Self.read("order.json", files: files).names == ["b.yaml", "order.json", "parts/a.json"])
    }

    @Test("a folder that the manifest lists may be outside of the manifest's")
    func folders() throws {
        let files = ["c/order.json": "{}", "shared/a.json": "{}", "shared/v1/b.yaml": "{}", "shared/readme.txt": ""]
        let read = try Self.read("order.json", options: "{folders: [../shared]}", files: files)
        #expect(read == (["../shared/a.json", "../shared/v1/b.yaml", "order.json"], ""))
        let named = try Self.read("../shared/a.json", options: "{folders: [../shared]}", files: files)
        #expect(named.text == "")
        let missing = try Self.read("order.json", options: "{folders: [../shred]}", files: files)
        #expect(missing.text.contains("error: no such folder: '../shred' [missing-file]"))
        let outside = try Self.read("../shared/a.json", files: files)
        #expect(outside.text.contains("error: '../shared/a.json' is outside of the manifest's folder [invalid-value]"))
    }

    @Test(
        "names that are not paths of schemas are errors",
        arguments: ["order.txt", "a/../order.json", "./order.json", ""])
    func invalidNames(name: String) throws {
        let read = try Self.read(name, files: ["c/order.json": "{}", "c/order.txt": "{}"])
        #expect(read.text.contains("error: "))
    }

    @Test("the beginnings of generated files' names are those of the schemas, without their endings")
    func stems() {
        let stems = ["a.schema.json", "v1/a.schema.yaml", "a.b.json", "../shared/a.yml"].map(SchemaFile.stem)
        #expect(stems == ["a", "v1-a", "a.b", "shared-a"])
        // SwiftPM can't build files of all names.
        #expect(SchemaFile.stem(of: "k\"q\\r\r\n\t/ü'&.json") == "k_q_r___-ü'&")
    }

    @Test("'dialects' maps unknown meta-schemas to drafts")
    func dialects() throws {
        let options =
            #"{dialects: {"iglu:a/b": draft-04, "http://json-schema.org/draft-07/schema#": draft-04, "x:y": draft-5}}"#
        let text = try Self.read("order.json", options: options, files: ["c/order.json": "{}"]).text
        #expect(text.contains("error: 'http://json-schema.org/draft-07/schema#' is the meta-schema of draft-07"))
        #expect(text.contains("error: 'x:y' can't be 'draft-5'"))
        #expect(!text.contains("iglu"))
    }
}
