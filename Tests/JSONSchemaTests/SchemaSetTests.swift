import ContractModel
import JSONSchema
import SchemaPlan
import Testing

@Suite
struct SchemaSetTests {
    @Test
    func resolvesReferencesByPathAndID() throws {
        let fixture = SchemaFixture([
            "events/job.json": """
            {"properties": {"a": {"$ref": "../common/name.json"}, "b": {"$ref": "https://example.com/count#/$defs/n"}}}
            """,
            "common/name.json": #"{"type": "string"}"#,
            "common/count.json": #"{"$id": "https://example.com/count", "$defs": {"n": {"type": "integer"}}}"#,
        ])
        #expect(fixture.messages == [])
        #expect(try fixture.isValid(#"{"a": "x", "b": 1}"#))
        #expect(try !fixture.isValid(#"{"a": 1}"#))
        #expect(try !fixture.isValid(#"{"b": "x"}"#))
    }

    @Test
    func resolvesIDsThatAreRelativeToTheFolder() throws {
        let fixture = SchemaFixture([
            "ping/event.json": #"{"$id": "ping$event", "$ref": "common/user.json"}"#,
            "common/user.json": #"{"$id": "common/user.json", "type": "string"}"#,
        ])
        #expect(fixture.messages == [])
        #expect(try !fixture.isValid("1"))
    }

    @Test(arguments: [
        (#"{"$ref": "other.json"}"#, "no schema of the contract has the URI 'other.json'"),
        (
            ##"{"$ref": "#/$defs/nmae", "$defs": {"name": {}}}"##,
            "'s.json' has nothing at '/$defs/nmae': '/$defs' has no 'nmae'"
        ),
        (##"{"$ref": "#name", "$defs": {"x": {"$anchor": "names"}}}"##, "'s.json' has no anchor 'name'"),
        (##"{"$ref": "#"}"##, "the schema refers to itself for the same value, without an end"),
        (
            ##"{"anyOf": [{"type": "string"}, {"allOf": [{"$ref": "#"}]}]}"##,
            "the schema refers to itself for the same value, without an end"
        ),
    ])
    func reportsReferencesWithoutATarget(schema: String, message: String) {
        #expect(SchemaFixture(schema).messages == ["error: \(message)"])
    }

    @Test
    func warnsOfEachUnknownWordOnce() {
        let fixture = SchemaFixture(
            """
            {"titel": "", "x-note": 1, "format": "colour", "not": {"titel": "", "format": "colour"},
             "$schema": "https://vendor.example/meta"}
            """)
        #expect(
            fixture.messages == [
                "warning: unknown keyword 'titel': it asserts nothing",
                "warning: unknown format 'colour': it is not asserted",
                "warning: unknown meta-schema 'https://vendor.example/meta': the schema is read as draft 2020-12",
            ])
        #expect(fixture.diagnostics[0].hint == "did you mean 'title'?")
    }

    @Test(arguments: [
        (#"{"minLength": -1}"#, "'minLength' must be a whole number from 0, found a number"),
        (
            #"{"type": ["string", "text"]}"#,
            "'type' must be one of null, boolean, object, array, number, integer, string, found 'text'"
        ),
        (#"{"allOf": []}"#, "'allOf' must be at least one schema, found a list"),
        (#"{"properties": {"a": 1}}"#, "'properties' must be a schema, found a number"),
        (#"{"multipleOf": 0}"#, "'multipleOf' must be a number greater than 0, found a number"),
        (#"{"pattern": "["}"#, "'[' is not a regular expression of ECMA-262"),
    ])
    func reportsValuesOfTheWrongForm(schema: String, message: String) {
        #expect(SchemaFixture(schema).messages == ["error: \(message)"])
    }

    @Test
    func readsWordsOfOtherDraftsAsAnnotations() throws {
        let fixture = SchemaFixture(#"{"dependentRequired": {"a": ["b"]}}"#, draft: .draft7)
        #expect(
            fixture.messages
                == ["warning: 'dependentRequired' is a keyword since draft 2019-09: draft 7 ignores it"])
        #expect(try fixture.isValid(#"{"a": 1}"#))
    }

    @Test
    func validatesSchemasByTheirMetaSchemas() throws {
        for draft in SchemaDraft.allCases {
            let fixture = SchemaFixture(#"{"$ref": "\#(draft.uri)"}"#, draft: draft)
            #expect(fixture.messages == [])
            #expect(try fixture.isValid(#"{"properties": {"a": {"minLength": 1}}}"#))
            #expect(try !fixture.isValid(#"{"properties": {"a": {"minLength": -1}}}"#), "\(draft)")
        }
    }
}
