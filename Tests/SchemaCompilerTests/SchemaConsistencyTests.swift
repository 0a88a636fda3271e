import ContractModel
import TestSupport
import Testing

@testable import SchemaCompiler

/// Keywords that contradict each other, and values that a schema lists in vain.
@Suite struct SchemaConsistencyTests {
    private static func findings(_ note: String) throws -> [String] {
        var shop = ShopContract()
        shop.wholeSchema = """
            {"type": "object", "required": ["id", "type"], "properties": {
              "id": {"type": "string"},
              "type": {"type": "string", "enum": ["order.placed", "order.shipped"]},
              "note": \(note)
            }}
            """
        shop.change("{fixed: {/payload/status: placed}}", to: "")
        shop.change("{requires: [/payload/code]}", to: "")
        shop.change("key: /payload/order_id", to: "key: /id")
        return try shop.check().filter { $0.rule == .schemaValue }.map { "\($0.severity): \($0.message)" }
    }

    @Test(
        "an unsatisfiable schema is an error that names the keywords, and can be allowed",
        arguments: [
            (#"{"minLength": 4, "maxLength": 3}"#, "no string is valid: 'minLength' is 4, 'maxLength' is 3"),
            (#"{"minimum": 2, "exclusiveMaximum": 2}"#, "no number is valid: 'minimum' is 2, 'exclusiveMaximum' is 2"),
            (#"{"minItems": 2, "maxItems": 1}"#, "no array is valid: 'minItems' is 2, 'maxItems' is 1"),
            (
                #"{"properties": {"amount": {}}, "required": ["amuont"], "additionalProperties": false}"#,
                "no object is valid: 'amuont' is required, and 'additionalProperties' excludes it"
            ),
            (#"{"enum": []}"#, "no value is valid: 'enum' lists none"),
            (
                #"{"type": "string", "enum": [1, 2]}"#,
                "no value is valid: all values of 'enum' are invalid by the other keywords of its schema"
            ),
            (
                #"{"pattern": "^[0-9]+$", "const": "a"}"#,
                "no value is valid: 'a' is invalid by the other keywords of its schema"
            ),
        ])
    func contradictions(note: String, message: String) throws {
        #expect(try Self.findings(note) == ["error: " + message])
        #expect(try Self.findings(#"{"x-allow": "schema-value", "# + note.dropFirst()) == [])
    }

    @Test("a typo in 'required' is one finding, wherever the manifest needs the property")
    func misspelling() throws {
        var shop = ShopContract()
        shop.wholeSchema = """
            {"type": "object", "required": ["id", "type", "paylod"], "properties": {
              "id": {"type": "string"},
              "type": {"type": "string", "enum": ["order.placed", "order.shipped"]},
              "payload": {"type": "object", "required": ["order_id"], "properties": {
                "order_id": {"type": "string"}, "status": {"enum": ["placed"]}, "code": {"type": "string"}}}
            }}
            """
        shop.change(
            "{/id: \"{id}\"}", to: "{/id: \"{id}-{payload.order_id}\"}\n    headers: {h: \"{id}-{payload.order_id}\"}")
        let findings = try shop.check()
        #expect(
            findings.map { "\($0.severity): \($0.message)" } == [
                "error: 'paylod' is required, and not one of the properties"
            ])
        #expect(findings.first?.hint == "did you mean 'payload'?")
    }

    @Test("a duplicate name in 'required', which no draft permits, is an error")
    func duplicates() throws {
        #expect(
            try Self.findings(#"{"required": ["a", "a"]}"#) == ["error: duplicate name 'a' in 'required'"])
    }

    @Test("the typo of an assertion is an error that can be allowed, and then an annotation")
    func allowedTypo() throws {
        var shop = ShopContract()
        shop.member = #""note": {"type": "string", "minLenght": 3}"#
        #expect(try shop.check().map(\.rule) == [.schemaKeyword])
        shop.change("topics:", to: "allow: [schema-keyword]\ntopics:")
        #expect(try shop.findings() == [])
    }

    @Test(
        "an impossible value or a probable typo is a warning",
        arguments: [
            (#"{"enum": ["a", "b", "a"]}"#, "duplicate value 'a' in 'enum'"),
            (
                #"{"type": "string", "enum": ["a", null]}"#,
                "null in 'enum' is invalid by the other keywords of its schema"
            ),
            (
                #"{"properties": {"amount": {}}, "required": ["amuont"]}"#,
                "'amuont' is required, and not one of the properties"
            ),
        ])
    func doubts(note: String, message: String) throws {
        #expect(try Self.findings(note) == ["warning: " + message])
    }

    @Test(
        "satisfiable limits, and names unlike any property, are not reported",
        arguments: [
            #"{"minLength": 3, "maxLength": 3}"#, #"{"minimum": 2, "maximum": 2}"#,
            #"{"minLength": 4, "maxItems": 3}"#, #"{"type": "number", "enum": [1, 2.5]}"#,
            #"{"properties": {"amount": {}}, "required": ["currency", "amount"]}"#,
            #"{"patternProperties": {"^x": {}}, "required": ["xy"], "additionalProperties": false}"#,
        ])
    func possible(note: String) throws {
        #expect(try Self.findings(note).isEmpty)
    }
}
