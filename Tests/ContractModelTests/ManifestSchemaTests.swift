@testable import ContractModel
import Foundation
import JSONTape
import Testing

/// `docs/manifest.schema.json`, by which editors complete and check a manifest, says what the reader does.
@Suite struct ManifestSchemaTests {
    static let schema = "docs/manifest.schema.json"

    @Test("the reader and the JSON Schema of manifests agree")
    func agreement() throws {
        let cases =
            [(Manifest.whole, true), (try Repository.text("schemas/topics.yaml"), true)]
            + SchemaCases.sound.map { (Manifest.with($0), true) }
            + SchemaCases.unsound.map { (Manifest.with($0), false) }
        let values = try cases.map { try #require(Self.value(of: $0.0), "\($0.0)") }
        let verdicts = try IndependentValidator.areValid(values, schema: Repository.path(Self.schema))
        #expect(verdicts.count == cases.count)
        for ((manifest, isSound), isValid) in zip(cases, verdicts) {
            #expect(isValid == isSound, "the schema's verdict on:\n\(manifest)")
        }
    }

    @Test("the reader accepts valid manifests", arguments: SchemaCases.sound)
    func sound(change: Manifest.Change) throws {
        // What is sound may still be probably not intended.
        #expect(try !Reading.of(Manifest.with(change)).diagnostics.contains { $0.severity == .error })
    }

    @Test("the reader rejects invalid manifests", arguments: SchemaCases.unsound + SchemaCases.beyondSchema)
    func unsound(change: Manifest.Change) throws {
        #expect(try !Reading.of(Manifest.with(change)).diagnostics.isEmpty)
    }

    @Test("the schema accepts manifests whose errors only the reader can find")
    func beyondSchema() throws {
        let values = try SchemaCases.beyondSchema.map { try #require(Self.value(of: Manifest.with($0))) }
        let verdicts = try IndependentValidator.areValid(values, schema: Repository.path(Self.schema))
        for (change, isValid) in zip(SchemaCases.beyondSchema, verdicts) {
            #expect(isValid, "\(change)")
        }
    }

    @Test("the schema lists exactly the topic configs and the reserved names")
    func tables() throws {
        let schema = try Self.schemaNode()
        let definitions = try #require(schema["$defs"])
        #expect(definitions["config"]?["properties"]?.keys.sorted() == TopicConfigKeys.all.keys.sorted())
        #expect(
            definitions["typeName"]?["not"]?["enum"]?.strings.sorted()
                == ManifestNames.keywords.union(ManifestNames.takenNames).sorted())
        let renamed = try #require(schema["properties"]?["messages"]?["patternProperties"]?.keys.first)
        #expect(
            renamed.dropFirst(2).dropLast(2).split(separator: "|").map(String.init)
                == ManifestNames.keywords.union(ManifestNames.takenNames).sorted())
        #expect(definitions["allowedRule"]?["enum"]?.strings.sorted() == Rule.allowable.map(\.rawValue).sorted())
        #expect(
            schema["properties"]?["schemas"]?["properties"]?["dialect"]?["enum"]?.strings
                == SchemaDraft.allCases.map(\.rawValue))
        for settings in ["topic", "topicDefaults"] {
            let keys = try #require(definitions[settings]?["properties"]?.keys)
            #expect(Set(keys).isSuperset(of: TopicSettings.keys))
        }
    }

    @Test("an editor shows a title and a description for each key")
    func documentation() throws {
        let schema = try Self.schemaNode()
        let definitions = try #require(schema["$defs"])
        func check(_ node: SourceNode) {
            guard case .mapping(let entries)? = node["properties"]?.content else { return }
            for entry in entries {
                let reference = entry.value["$ref"]?.strings.first?.split(separator: "/").last.map(String.init)
                let target = reference.flatMap { definitions[$0] }
                #expect((entry.value["description"] ?? target?["description"]) != nil, "\(entry.key.value)")
                check(entry.value)
            }
        }
        check(schema)
        for name in definitions.keys {
            let definition = try #require(definitions[name])
            #expect(definition["title"] != nil && definition["description"] != nil, "\(name)")
            check(definition)
        }
    }

    @Test("the platform's manifest names the schema, for editors")
    func modeline() throws {
        let line = try Repository.text("schemas/topics.yaml").prefix { $0 != "\n" }
        #expect(line == "# yaml-language-server: $schema=../\(Self.schema)")
    }

    private static func schemaNode() throws -> SourceNode {
        var diagnostics = Diagnostics()
        let node = JSONReader.read(
            Array(try Repository.text(schema).utf8), file: schema, diagnostics: &diagnostics)
        #expect(diagnostics.isEmpty)
        return try #require(node)
    }

    /// The manifest as our YAML reader understands it: other readers take `no` for a boolean.
    private static func value(of manifest: String) -> JSONValue? {
        var diagnostics = Diagnostics()
        return YAMLReader.read(Array(manifest.utf8), file: "topics.yaml", diagnostics: &diagnostics)?.jsonValue
    }
}

extension SourceNode {
    fileprivate var keys: [String] {
        guard case .mapping(let entries) = content else { return [] }
        return entries.map(\.key.value)
    }

    /// The text of a string, or of each in a list.
    fileprivate var strings: [String] {
        switch content {
        case .string(let text): [text]
        case .sequence(let nodes): nodes.flatMap(\.strings)
        case .null, .bool, .number, .mapping: []
        }
    }
}
