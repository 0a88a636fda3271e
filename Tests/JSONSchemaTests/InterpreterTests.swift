import JSONSchema
import JSONTape
import SchemaPlan
import Testing

@Suite
struct InterpreterTests {
    @Test
    func locatesFailuresThroughReferences() throws {
        let fixture = SchemaFixture([
            "job.json": """
            {"$id": "https://example.com/job", "properties": {"name": {"$ref": "name"}}}
            """,
            "name.json":
                ##"{"$id": "https://example.com/name", "$defs": {"a/b": {"minLength": 2}}, "allOf": [{"$ref": "#/$defs/a~1b"}]}"##,
        ])
        let failure = try #require(try fixture.failures(#"{"name": "x"}"#).first)
        #expect(failure.instanceLocation.description == "/name")
        #expect(failure.keywordLocation.description == "/properties/name/$ref/allOf/0/$ref/minLength")
        #expect(failure.absoluteKeywordLocation == "https://example.com/name#/$defs/a~1b/minLength")
        #expect(failure.failure.schema == "name.json#/$defs/a~1b/minLength")
        #expect(failure.failure.message == "expected at least 2 characters, found 'x'")
    }

    @Test
    func namesTheFailuresOfTheClosestBranch() throws {
        let fixture = SchemaFixture(
            """
            {"anyOf": [{"type": "string"}, {"type": "object", "properties": {"n": {"maximum": 3}}, "required": ["n"]}]}
            """)
        #expect(
            try fixture.failures(#"{"n": 4}"#).map(\.failure.detailedDescription) == [
                "the root: expected one of 2 alternatives to be valid, found an object [s.json#/anyOf]",
                "/n: expected at most 3, found 4 [s.json#/anyOf/1/properties/n/maximum]",
            ])
    }

    @Test
    func choosesABranchByAMembersValue() throws {
        let fixture = SchemaFixture(
            """
            {"type": "object", "oneOf": [
                {"properties": {"kind": {"const": "a"}, "n": {"type": "integer"}}, "required": ["kind", "n"]},
                {"properties": {"kind": {"enum": ["b", "c"]}, "s": {"type": "string"}}, "required": ["kind", "s"]}]}
            """)
        #expect(try fixture.isValid(#"{"kind": "a", "n": 1}"#))
        #expect(try fixture.isValid(#"{"s": "x", "kind": "c"}"#))
        #expect(
            try fixture.failures(#"{"kind": "c", "s": 1}"#).map(\.failure.detailedDescription)
                == ["/s: expected a string, found 1 [s.json#/oneOf/1/properties/s/type]"])
        #expect(
            try fixture.failures(#"{"kind": "d"}"#).map(\.failure.detailedDescription)
                == ["/kind: expected one of 'a', 'b', 'c', found 'd' [s.json#/oneOf]"])
        #expect(
            try fixture.failures("{}").map(\.failure.detailedDescription)
                == ["the root: missing member 'kind' [s.json#/oneOf]"])
    }

    @Test
    func reportsEachFailureOfAnObject() throws {
        let fixture = SchemaFixture(
            """
            {"properties": {"a": {"type": "string"}}, "required": ["a", "b"], "additionalProperties": false}
            """)
        #expect(
            try fixture.failures(#"{"a": 1, "c": 2}"#).map(\.failure.detailedDescription) == [
                "/a: expected a string, found 1 [s.json#/properties/a/type]",
                "/c: unknown member 'c' [s.json#/additionalProperties]",
                "the root: missing member 'b' [s.json#/required]",
            ])
        #expect(try !fixture.isValid(#"{"a": "x", "a": "y", "b": 1}"#))
    }

    @Test
    func requiresMoreMembersThanAWordHasBits() throws {
        let names = (0..<100).map { "\"name\($0)\"" }
        let fixture = SchemaFixture(#"{"required": [\#(names.joined(separator: ","))]}"#)
        func object(_ names: some Sequence<String>) -> String {
            "{" + names.map { "\($0): 1" }.joined(separator: ",") + "}"
        }
        #expect(try fixture.isValid(object(names)))
        #expect(try fixture.failures(object(names.dropLast())).map(\.failure.reason) == ["missing member 'name99'"])
        #expect(try fixture.failures("{}").count == 100)
    }

    @Test
    func followsRecursiveSchemasAsDeepAsTheTape() throws {
        let fixture = SchemaFixture(##"{"type": "array", "items": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}}"##)
        let open = String(repeating: "[", count: 511)
        let close = String(repeating: "]", count: 511)
        #expect(try fixture.isValid(open + "[null]" + close))
        #expect(try !fixture.isValid(open + "[1]" + close))
    }
}
