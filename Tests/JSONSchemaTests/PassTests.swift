import JSONSchema
import JSONTape
import SchemaPlan
import Testing

/// What each pass makes of a schema: the kinds of the root's assertions before and after.
@Suite
struct PassTests {
    private func kinds(_ model: SchemaModel, _ id: SchemaModel.NodeID) -> [String] {
        model[id].assertions.map { assertion in
            let name = String(describing: assertion.kind).prefix { $0 != "(" }
            return (assertion.via.tokens.isEmpty ? "" : assertion.via.description + " ") + name
        }
    }

    private func beforeAndAfter(_ schema: String) -> (before: [String], after: [String]) {
        let fixture = SchemaFixture(schema)
        return (kinds(fixture.model, fixture.root), kinds(fixture.model.simplified(), fixture.root))
    }

    @Test
    func mergesConjunctions() {
        let (before, after) = beforeAndAfter(
            """
            {"allOf": [{"minLength": 1}, {"$ref": "#/$defs/a"}], "maxLength": 3,
             "$defs": {"a": {"allOf": [{"pattern": "x"}], "format": "uuid"}}}
            """)
        #expect(before == ["all", "maximumLength"])
        #expect(
            after == [
                "/allOf/0 minimumLength", "/allOf/1/$ref/allOf/0 pattern", "/allOf/1/$ref format", "maximumLength",
            ])
    }

    @Test
    func keepsASchemaWithAnUnevaluatedKeywordApart() {
        let (_, after) = beforeAndAfter(
            """
            {"properties": {"a": {}}, "allOf": [{"anyOf": [{"properties": {"b": {}}}, true],
                "unevaluatedProperties": false}]}
            """)
        #expect(after == ["members", "refer"])
    }

    @Test
    func decidesUnevaluatedMembersWithoutConditions() throws {
        let schema = #"{"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false}"#
        #expect(beforeAndAfter(schema).after == ["/allOf/0 members", "members"])
        let fixture = SchemaFixture(schema)
        #expect(try fixture.isValid(#"{"a": 1}"#))
        #expect(
            try fixture.failures(#"{"b": 1}"#).map(\.failure.schema) == ["s.json#/unevaluatedProperties"])
    }

    @Test
    func dropsUnevaluatedMembersWhereAllAreEvaluated() {
        let (_, after) = beforeAndAfter(
            #"{"additionalProperties": {"type": "string"}, "unevaluatedProperties": false}"#)
        #expect(after == ["members"])
    }

    @Test
    func dropsTypesThatValuesHave() {
        #expect(beforeAndAfter(#"{"type": "string", "enum": ["a", "b"]}"#).after == ["values"])
        #expect(beforeAndAfter(#"{"type": "string", "enum": ["a", 1]}"#).after == ["types", "values"])
        #expect(
            beforeAndAfter(#"{"type": ["string", "null"], "allOf": [{"type": "string"}]}"#).after == ["/allOf/0 types"])
    }

    @Test
    func dropsWhatIsAlwaysTrue() {
        #expect(beforeAndAfter(#"{"minItems": 0, "not": false, "anyOf": [true, {"minLength": 1}]}"#).after == [])
    }

    @Test
    func findsEqualSchemas() throws {
        let model = SchemaFixture(
            """
            {"$defs": {
                "a": {"title": "A", "type": "array", "items": {"$ref": "#/$defs/a"}},
                "b": {"items": {"$ref": "#/$defs/b"}, "type": "array"},
                "c": {"type": "array", "items": {"$ref": "#/$defs/c"}}, "d": {"type": "array", "items": {}}},
             "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "#/$defs/b"}, "c": {"$ref": "#/$defs/c"},
                "d": {"$ref": "#/$defs/d"}}}
            """
        ).model
        let equal = model.equalNodes()
        func node(_ name: String) throws -> SchemaModel.NodeID {
            let id = try #require(model.ids.first { model[$0].pointer.description == "/$defs/\(name)" })
            return equal[id.index]
        }
        #expect(try node("a") == node("c"))
        #expect(try node("a") != node("d"))
    }

    @Test
    func intersectsTypes() {
        #expect(TypeSet([.number, .string]).intersected(with: [.integer, .null]) == .integer)
        #expect(
            TypeSet([.integer, .string]).intersected(with: [.integerLiteral, .string]) == [.integerLiteral, .string])
        #expect(TypeSet.string.intersected(with: .integer) == [])
        #expect(TypeSet([.integer, .string, .null]).phrase == "null, a whole number or a string")
    }
}
