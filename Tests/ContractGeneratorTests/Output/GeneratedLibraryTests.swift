import ContractGenerator
import Foundation
import Testing

@Suite struct GeneratedLibraryTests {
    @Test("Generated/ is what schemas/ generates, byte for byte")
    func isCurrent() throws {
        let files = try Contracts.generate(try Contracts.tda())
        let folder = Contracts.root.appending(path: "Generated")
        for file in files {
            let text = try String(contentsOf: folder.appending(path: file.name), encoding: .utf8)
            #expect(text == file.contents, "run make generate: \(file.name) differs")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        #expect(Set(names) == Set(files.map(\.name)))
    }

    @Test("generating twice gives the same bytes")
    func isDeterministic() throws {
        let contract = try Contracts.tda()
        #expect(try Contracts.generate(contract) == Contracts.generate(contract))
    }

    @Test("the templates in the tool are those in templates/")
    func templatesAreEmbedded() throws {
        for name in TemplateName.allCases {
            let text = try String(
                contentsOf: Contracts.root.appending(path: "templates/\(name.fileName)"), encoding: .utf8)
            #expect(text == name.source, "run make templates: \(name.fileName) differs")
        }
    }

    @Test("a schema's descriptions become documentation, and never code")
    func wordsStayComments() throws {
        let files = try Contracts.inFolder([
            "topics.yaml": """
            contract: Odd
            version: 1.0.0
            service: odd
            topics: {odd: {partitions: 1, replication: 1, purpose: "a\\nb*/"}}
            messages:
              OddMessage:
                schema: odd.schema.json
                topic: odd
                discriminator: /kind
                headers: {"a\\"b": "\\\\(x)"}
                events: {"odd.event": {description: "first\\nfatalError()"}}
            """,
            "odd.schema.json": #"""
            {"type": "object", "title": "x\nimport Evil", "properties": {
              "kind": {"type": "string", "enum": ["odd.event"], "description": "*/ }\n struct Evil {}"},
              "class": {"type": "string", "default": "\"\\(evil)\n"},
              "we\"ird\\name": {"type": "integer"}},
             "required": ["kind"]}
            """#,
        ]) { try Contracts.generate(try Contracts.compile($0)) }
        for file in files {
            for line in file.contents.split(separator: "\n") where line.contains("Evil") || line.contains("fatalError")
            {
                #expect(line.drop { $0 == " " }.hasPrefix("///"), "\(file.name): \(line)")
            }
        }
        let types = try #require(files.first { $0.name == "odd.schema.swift" }).contents
        #expect(types.contains(#"public var `class`: String"#))
        #expect(
            types.contains(#"`class`: String = "\"\\(evil)\n""#) || types.contains(#"class: String = "\"\\(evil)\n""#))
        let coding = try #require(files.first { $0.name == "odd.coding.swift" }).contents
        #expect(coding.contains(#"writer.member("we\\\"ird\\\\name", "#))
    }

    @Test("a schema's path stays in comments, and names no file that SwiftPM can't build")
    func pathsStayComments() throws {
        let files = try Contracts.inFolder([
            "topics.yaml": """
            contract: Odd
            version: 1.0.0
            service: odd
            topics: {odd: {partitions: 1, replication: 1, purpose: odd}}
            messages: {OddMessage: {schema: "a\\nlet Evil\\".json", topic: odd}}
            """,
            "a\nlet Evil\".json": #"{"type": "object"}"#,
        ]) { try Contracts.generate(try Contracts.compile($0)) }
        #expect(
            files.map(\.name).filter { $0.contains("Evil") } == [
                "a_let Evil_.coding.swift", "a_let Evil_.schema.swift",
            ])
        #expect(!files.contains { $0.contents.contains("\nlet Evil") })
    }
}
