import ContractEvolution
import ContractExchange
import ContractModel
import ContractPipeline
import Foundation
import JSONTape
import SchemaCompiler
import SchemaPlan
import TestSupport
import Testing

/// Examples of events: valid, readable, and the same in each run.
@Suite struct ExampleTests {
    private static func line(_ value: JSONValue) throws -> String {
        var writer = JSONWriter()
        writer.write(value)
        return String(decoding: try writer.finish(), as: UTF8.self)
    }

    @Test("every event of every fixture has an example that its validator accepts", arguments: Catalog.folders)
    func fixtures(folder: String) throws {
        let contract = try Catalog.checked(folder).contract
        let examples = MessageExamples(contract)
        for (message, validator) in zip(contract.messages, MessageInterpreter.all(of: contract)) {
            #expect(
                examples[message.name].map(\.event) == message.events.map(\.declaration.name.value), "\(message.name)")
            for example in examples[message.name] {
                let tape = try JSONTape(parsing: Array(try Self.line(example.value).utf8))
                let failures = validator.failures(in: tape).map(\.failure.message)
                #expect(failures.isEmpty, "\(example.event): \(failures)")
            }
        }
    }

    @Test("an example has the event's values, and none that only other events have")
    func events() throws {
        let examples = MessageExamples(try Catalog.tda().contract)
        let completed = try #require(examples["JobMessage"].first { $0.event == "job.completed" })
        let expected = """
            {"metadata":{"message_id":"job-job-1-1768469400000-7f3c9a52","message_type":"job.completed",\
            "timestamp":"2026-01-15T09:30:00Z","source_service":"tda-backend","correlation_id":"job-1","user_id":"user-1",\
            "version":"1.0"},"payload":{"job_id":"job-1","status":"completed","priority":"example priority",\
            "execution_time":12.5,"result_id":"result-1"}}
            """
        #expect(try Self.line(completed.value) == expected)
    }

    @Test(
        "values follow the schema",
        arguments: [
            (#"{"type": "string", "pattern": "^[A-Z]{3}-[0-9]{4}$"}"#, #""AAA-0000""#),
            (#"{"type": "string", "minLength": 30}"#, #""xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx""#),
            (#"{"type": "string", "maxLength": 3}"#, #""EUR""#),
            (#"{"type": "string", "format": "uuid"}"#, #""6f1c2a4e-8d3b-4c5f-9a7e-2b1d0c3e4f5a""#),
            (#"{"type": "integer", "minimum": 10, "multipleOf": 7}"#, "14"),
            (#"{"type": "integer", "exclusiveMaximum": 0}"#, "-1"),
            (#"{"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}"#, "0.25"),
            (#"{"type": "array", "items": {"type": "boolean"}, "minItems": 2}"#, "[true,true]"),
            (#"{"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": true, "minItems": 2}"#, nil),
            (#"{"enum": ["b", "a"]}"#, #""b""#),
            (#"{"enum": ["b", "a"], "examples": ["a"]}"#, #""a""#),
            (#"{"type": "string", "examples": ["from the author"]}"#, #""from the author""#),
            (#"{"oneOf": [false, {"type": "integer"}]}"#, "1"),
            (#"{"type": "object", "additionalProperties": {"type": "integer"}}"#, #"{"example":1}"#),
            (#"{"type": "object", "minProperties": 2}"#, nil),
            (#"{"type": "object", "dependentRequired": {"a": ["b"]}, "properties": {"a": {"const": 1}}}"#, nil),
            (
                ##"{"$ref": "#/$defs/n", "$defs": {"n": {"type": "object", "properties": {"next": {"$ref": "#/$defs/n"}}}}}"##,
                ##"{"next":{}}"##
            ),
        ] as [(String, String?)])
    func values(schema: String, expected: String?) throws {
        let whole = #"{"type": "object", "required": ["v"], "properties": {"v": {"allOf": [SCHEMA]}}, "$defs": DEFS}"#
        let definitions =
            schema.contains("$defs")
            ? ##"{"n": {"type": "object", "properties": {"next": {"$ref": "#/$defs/n"}}}}"## : "{}"
        let text = whole.replacing("SCHEMA", with: schema).replacing("DEFS", with: definitions)
        let examples = MessageExamples(try Catalog.contract(schema: text))
        let example = try #require(examples["M"].first)
        if let expected { #expect(try Self.line(example.value) == "{\"v\":\(expected)}") }
    }

    @Test("an example is of the case that has the event")
    func cases() throws {
        let manifest =
            "contract: Shop\nversion: 1.0.0\nservice: shop\ntopics: {t: {partitions: 1, replication: 1}}\n"
            + "messages: {M: {schema: m.schema.json, topic: t, discriminator: /kind}}\n"
        let schema = #"""
            {"oneOf": [
              {"type": "object", "required": ["kind", "a"], "properties": {"kind": {"const": "x"}, "a": {"type": "integer"}}},
              {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["y", "z"]}, "b": {"type": "integer"}}}]}
            """#
        let files = ContractFiles.texts(
            ["topics.yaml": Array(manifest.utf8), "m.schema.json": Array(schema.utf8)], label: "shop")
        var diagnostics = Diagnostics()
        let version = try #require(ContractVersion(files, label: "shop", diagnostics: &diagnostics))
        let examples = MessageExamples(ContractCompiler.compile(version.contract, diagnostics: &diagnostics))["M"]
        #expect(
            try examples.map { try Self.line($0.value) }
                == [#"{"kind":"x","a":1}"#, #"{"kind":"y","b":1}"#, #"{"kind":"z","b":1}"#])
    }

    @Test("a schema that no value satisfies has no example")
    func impossible() throws {
        let manifest =
            "contract: Shop\nversion: 1.0.0\nservice: shop\ntopics: {t: {partitions: 1, replication: 1}}\n"
            + "messages: {M: {schema: m.schema.json, topic: t}}\n"
        let schema =
            #"{"type": "object", "required": ["v"], "properties": {"v": {"type": "string", "maxLength": 2, "pattern": "^aaa$"}}}"#
        var diagnostics = Diagnostics()
        // Without the checks of whole contracts, which refuse such a schema.
        let files = ContractFiles.texts(
            ["topics.yaml": Array(manifest.utf8), "m.schema.json": Array(schema.utf8)], label: "shop")
        let version = try #require(ContractVersion(files, label: "shop", diagnostics: &diagnostics))
        let contract = ContractCompiler.compile(version.contract, diagnostics: &diagnostics)
        #expect(!diagnostics.hasErrors)
        #expect(MessageExamples(contract)["M"].isEmpty)
    }
}
