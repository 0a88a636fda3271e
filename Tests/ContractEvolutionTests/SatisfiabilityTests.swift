import ContractModel
import JSONSchema
import Testing

import ContractEvolution

/// Which schemas accept no value.
@Suite struct SatisfiabilityTests {
    @Test(
        "contradictions of keywords are proved",
        arguments: [
            #"{"type": "string", "format": "uuid", "maxLength": 32}"#,
            #"{"type": "string", "format": "date", "maxLength": 5}"#,
            #"{"type": "string", "format": "date-time", "pattern": "^[A-Z]"}"#,
            #"{"type": "string", "pattern": "^[a-z]{10}$", "maxLength": 5}"#,
            #"{"allOf": [{"type": "string"}, {"type": "integer"}]}"#,
            #"{"type": "integer", "minimum": 1.2, "maximum": 1.8}"#,
            #"{"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": true, "minItems": 3}"#,
            #"{"type": "object", "properties": {"a": false}, "required": ["a"]}"#,
            #"{"type": "object", "properties": {"a": {}}, "additionalProperties": false, "minProperties": 2}"#,
            #"{"type": "string", "not": {"type": "string"}}"#,
            #"{"oneOf": [{"type": "string"}, {"type": "string"}]}"#,
        ])
    func contradictions(schema: String) throws { #expect(try Self.isEmpty(schema)) }

    @Test(
        "schemas with values are not reported",
        arguments: [
            #"{"type": "string", "format": "uuid", "maxLength": 36}"#,
            #"{"type": "string", "format": "date", "pattern": "^2026"}"#,
            #"{"type": "string", "format": "email", "maxLength": 6}"#,
            #"{"type": "string", "format": "hostname", "minLength": 3}"#,
            #"{"type": "object", "properties": {"a": false}}"#,
            #"{"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}"#,
            #"{"if": {"type": "string"}, "then": {"minLength": 5}, "maxLength": 3}"#,
        ])
    func satisfiable(schema: String) throws { #expect(try !Self.isEmpty(schema)) }

    @Test("many open conditions do not exhaust the stack", arguments: ManyConditions.allCases)
    func manyConditions(conditions: ManyConditions) throws { #expect(try !Self.isEmpty(conditions.schema(2_500))) }

    private static func isEmpty(_ schema: String) throws -> Bool {
        var diagnostics = Diagnostics()
        let root = try #require(JSONReader.read(Array(schema.utf8), file: "a.json", diagnostics: &diagnostics))
        let set = SchemaSet([SchemaDocument(file: "a.json", root: root)], diagnostics: &diagnostics)
        let model = SchemaModel(
            set, options: SchemaModel.Options(assertsFormats: true), diagnostics: &diagnostics)
        var satisfiability = try #require(Satisfiability(model, messages: []))
        return satisfiability.isEmpty([try #require(model.roots["a.json"])])
    }
}
