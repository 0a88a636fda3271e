import ContractModel
import ContractPipeline
import Foundation
import Testing

/// Each way to declare a value sensitive, with each use that would disclose it.
@Suite("Uses of sensitive values") struct SensitiveFieldTests {
    /// How `/payload/x` is declared sensitive.
    struct Declaration: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// The members of the schema of `x` besides its type.
        var value = #""enum": ["a", "b"]"#
        /// The members of the payload besides its properties.
        var payload = ""
        var definitions = "{}"
        /// The message's `sensitive`.
        var manifest = ""
    }

    private static let declarations = [
        Declaration(testDescription: "x-sensitive", value: #""enum": ["a", "b"], "x-sensitive": "pii""#),
        Declaration(testDescription: "x-sensitive: true", value: #""enum": ["a", "b"], "x-sensitive": true"#),
        Declaration(testDescription: "tags", value: #""enum": ["a", "b"], "confluent:tags": ["OTHER", "PII", "pii"]"#),
        Declaration(
            testDescription: "a reference", value: ##""$ref": "#/$defs/x""##,
            definitions: #"{"x": {"enum": ["a", "b"], "x-sensitive": "pii"}}"#),
        Declaration(
            testDescription: "beside a reference", value: ##""$ref": "#/$defs/x", "x-sensitive": "pii""##,
            definitions: #"{"x": {"enum": ["a", "b"]}}"#),
        Declaration(
            testDescription: "a part of allOf", value: #""enum": ["a", "b"], "allOf": [{"x-sensitive": "pii"}]"#),
        Declaration(
            testDescription: "a branch", value: #""enum": ["a", "b"]"#,
            payload: #""if": {"required": ["y"]}, "then": {"properties": {"x": {"x-sensitive": "pii"}}}"#),
        Declaration(testDescription: "an object around it", payload: #""x-sensitive": "pii""#),
        Declaration(testDescription: "the manifest", manifest: "{/payload/x: pii}"),
        Declaration(testDescription: "the manifest, an object around it", manifest: "{/payload: pii}"),
        Declaration(
            testDescription: "the manifest, a schema's place", value: ##""$ref": "#/$defs/x""##,
            definitions: #"{"x": {"enum": ["a", "b"]}}"#, manifest: "{'#/$defs/x': pii}"),
    ]

    /// Lines of the message that use `/payload/x`, one for each use.
    private static let uses = [
        "key: /payload/x", "headers: {x-customer: '{payload.x}'}", "headers: {x-customer: 'c-{payload.x}'}",
        "discriminator: /payload/x", "identified_by: {property: /payload/x}",
        "envelope: {/id: '{payload.x}-{id}'}", "envelope: {/payload/x: '{id}'}",
        "events: {note.made: {fixed: {/payload/x: a}}}",
    ]

    /// Lines of a metric family that use it.
    private static let metrics = [
        "{type: counter, help: Notes, from: NoteMessage, labels: {x: /payload/x}}",
        "{type: counter, help: Notes, from: NoteMessage, labels: {x: {property: /payload/x, max: 10}}}",
        "{type: histogram, help: Notes, from: NoteMessage, value: /payload/x, buckets: [1]}",
    ]

    private func findings(_ declaration: Declaration, use: String = "", metric: String = "") throws -> [Diagnostic] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "contract-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let payload = declaration.payload.isEmpty ? "" : ", " + declaration.payload
        let schema = """
            {"type": "object", "required": ["id", "payload"], "properties": {
              "id": {"type": "string"},
              "payload": {
                "type": "object", "required": ["x"], "properties": {"x": {\(declaration.value)}}\(payload)
              }
            }, "$defs": \(declaration.definitions)}
            """
        let lines =
            [
                "contract: Shop", "version: 1.0.0", "service: shop", "topics: {notes: {partitions: 1, replication: 1}}",
                "messages:", "  NoteMessage:", "    schema: note.schema.json", "    topic: notes",
            ] + (use.isEmpty ? ["    description: Notes"] : ["    " + use])
            + (declaration.manifest.isEmpty ? [] : ["    sensitive: " + declaration.manifest])
            + ["encryption: {pii: {key: k}, sensitive: {key: k}}"]
            + (metric.isEmpty ? [] : ["metrics: {families: {shop_notes_total: \(metric)}}"])
        try Data(lines.joined(separator: "\n").utf8).write(to: folder.appending(path: "topics.yaml"))
        try Data(schema.utf8).write(to: folder.appending(path: "note.schema.json"))
        var diagnostics = Diagnostics()
        _ = CheckedContract(at: folder.path, diagnostics: &diagnostics)
        return diagnostics.sorted.filter { $0.severity == .error }
    }

    @Test("without a use there is nothing to refuse", arguments: declarations)
    func sound(declaration: Declaration) throws {
        #expect(try findings(declaration).map(\.message) == [])
    }

    @Test("a use is refused at its line", arguments: declarations)
    func refused(declaration: Declaration) throws {
        for use in Self.uses {
            let found = try findings(declaration, use: use)
            #expect(
                found.contains { $0.rule == .sensitiveField && $0.location.line == 9 },
                "\(use): \(found.map { "\($0.location.line): \($0.message)" })")
        }
        for metric in Self.metrics {
            let found = try findings(declaration, metric: metric)
            #expect(
                found.contains { $0.rule == .sensitiveField && $0.location.file.hasSuffix("topics.yaml") },
                "\(metric): \(found.map { "\($0.location.line): \($0.message)" })")
        }
    }

    @Test(
        "a default, const or enum of a sensitive value is an error",
        arguments: [
            #""type": "string", "default": "a""#, #""const": "a""#, #""enum": ["a"]"#, #""enum": ["a", null]"#,
            #""anyOf": [{"const": "a"}]"#, #""oneOf": [{"enum": ["a"]}]"#,
            #""type": "object", "properties": {"y": {"type": "string", "default": "a"}}"#,
            #""type": "array", "items": {"type": "string", "default": "a"}"#,
            ##""allOf": [{"$ref": "#/$defs/x"}]"##,
        ])
    func stated(value: String) throws {
        var declaration = Declaration(testDescription: "", value: value + #", "x-sensitive": "pii""#)
        declaration.definitions = #"{"x": {"type": "string", "default": "a"}}"#
        #expect(
            try findings(declaration).contains { $0.rule == .sensitiveField && $0.location.file.hasSuffix(".json") })
        declaration = Declaration(
            testDescription: "", value: value, definitions: declaration.definitions, manifest: "{/payload/x: pii}")
        #expect(
            try findings(declaration).contains { $0.rule == .sensitiveField && $0.location.file.hasSuffix(".json") })
    }

    @Test(
        "a stated value of an object is an error, unless it omits the sensitive value",
        arguments: [
            (#""default": {"x": "a"}"#, true), (#""default": {"x": null}"#, false), (#""default": {"y": "a"}"#, false),
            (#""const": {"x": "a"}"#, true), (#""enum": [{"x": "a"}, {"x": "b"}]"#, true),
        ])
    func statedAround(payload: String, isRefused: Bool) throws {
        let declaration = Declaration(
            testDescription: "", value: #""type": ["string", "null"], "x-sensitive": "pii""#, payload: payload)
        let found = try findings(declaration)
        #expect(found.contains { $0.rule == .sensitiveField } == isRefused, "\(found.map(\.message))")
    }

    @Test(
        "a keyword that is almost a mark, or a mark that no value has, is an error",
        arguments: [
            (#""x-sensitve": "pii""#, Rule.unknownKey), (#""x-Sensitive": true"#, .unknownKey),
            (#""confluent:tag": ["pii"]"#, .unknownKey), (#""confluent:tags": "pii""#, .schemaValue),
            (#""confluent:tags": [1]"#, .schemaValue), (#""confluent:tags": {"pii": true}"#, .schemaValue),
            (#""propertyNames": {"x-sensitive": "pii"}"#, .sensitiveField),
            (#""not": {"const": "c", "x-sensitive": "pii"}"#, .sensitiveField),
            (#""not": {"required": ["y"], "properties": {"y": {"x-sensitive": "pii"}}}"#, .sensitiveField),
            (#""contentSchema": {"type": "string", "x-sensitive": "pii"}"#, .sensitiveField),
            (#""contentSchema": {"properties": {"default": {"confluent:tags": ["pii"]}}}"#, .sensitiveField),
            (#""then": {"x-sensitive": "pii"}"#, .sensitiveField),
        ])
    func nearMarks(value: String, rule: Rule) throws {
        let found = try findings(Declaration(testDescription: "", value: value))
        #expect(found.map(\.rule) == [rule], "\(found.map(\.message))")
        #expect(found.allSatisfy { $0.location.file.hasSuffix(".json") && $0.location.line == 4 })
    }

    @Test(
        "a property with the name of a mark, data, an annotation and an unused definition are not marks",
        arguments: [
            #""properties": {"x-sensitive": true}"#, #""default": {"x-sensitive": true}"#,
            #""x-note": {"x-sensitive": "pii"}"#, #""$defs": {"unused": {"contentSchema": {"x-sensitive": "pii"}}}"#,
        ])
    func resembling(payload: String) throws {
        let declaration = Declaration(testDescription: "", payload: #""allOf": [{\#(payload)}]"#)
        #expect(try findings(declaration).map(\.message) == [])
    }

    @Test("a member that no pattern matches is not sensitive")
    func patterns() throws {
        var declaration = Declaration(
            testDescription: "", payload: #""patternProperties": {"^secret": {"x-sensitive": "pii"}}"#)
        #expect(try findings(declaration, use: "key: /payload/x").map(\.message) == [])
        declaration.payload = #""patternProperties": {"^x$": {"x-sensitive": "pii"}}"#
        #expect(try findings(declaration, use: "key: /payload/x").map(\.rule) == [.sensitiveField])
    }

    @Test("a schema that the manifest marks is marked in all the meanings that dynamic references give it")
    func meanings() throws {
        func form(_ id: String, _ type: String) -> String {
            #"{"$id": "\#(id)", "$ref": "list", "$defs": {"T": {"$dynamicAnchor": "T", "type": "\#(type)"}}}"#
        }
        let definitions = ##"""
            {"list": {
              "$id": "list", "type": "object",
              "properties": {"e": {"$dynamicRef": "#T"}, "note": {"type": "string"}},
              "$defs": {"T": {"$dynamicAnchor": "T"}}},
            "a": \##(form("a", "string")), "b": \##(form("b", "integer"))}
            """##
        let declaration = Declaration(
            testDescription: "", value: #""$ref": "a""#, payload: #""allOf": [{"properties": {"y": {"$ref": "b"}}}]"#,
            definitions: definitions, manifest: "{'#/$defs/list/properties/note': pii}")
        let found = try findings(declaration, use: "headers: {x: '{payload.x.note}', y: '{payload.y.note}'}")
        #expect(found.map(\.rule) == [.sensitiveField, .sensitiveField], "\(found.map(\.message))")
    }
}
