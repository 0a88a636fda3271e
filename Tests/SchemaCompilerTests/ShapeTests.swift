import Testing

@Suite("Shapes")
struct ShapeTests {
    @Test(
        "Scalars, lists and maps",
        arguments: [
            (#"{"type": "string"}"#, "string"),
            (#"{"type": "string", "format": "date-time"}"#, "string(date-time)"),
            (#"{"type": "integer"}"#, "integer"),
            (
                #"{"type": "integer", "minimum": 0, "maximum": 18446744073709551615}"#,
                "integer(0...18446744073709551615)"
            ),
            (#"{"type": "number"}"#, "number"), (#"{"type": "boolean"}"#, "boolean"), (#"{"type": "null"}"#, "null"),
            ("true", "any"), ("{}", "any"), ("false", "never"),
            (#"{"type": "array"}"#, "[any]"), (#"{"type": "array", "items": {"type": "string"}}"#, "[string]"),
            (#"{"type": "object"}"#, "object"),
            (#"{"type": "object", "additionalProperties": {"type": "integer"}}"#, "map<integer>"),
            (#"{"type": "object", "patternProperties": {"^x": {"type": "integer"}}}"#, "object"),
            (
                #"{"type": "object", "patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": false}"#,
                "map<integer>"
            ),
            (#"{"minimum": 3}"#, "any"),
        ])
    func scalars(schema: String, shape: String) {
        #expect(ShapeText.of(schema) == shape)
    }

    @Test(
        "Values",
        arguments: [
            (#"{"enum": ["a", "b"]}"#, #"enum("a", "b")"#), (#"{"const": "a"}"#, #"enum("a")"#),
            (#"{"enum": [1, 2]}"#, "enum(1, 2)"), (#"{"enum": ["a", 1, true]}"#, #"enum("a", 1, true)"#),
            (#"{"enum": [true, false]}"#, "boolean"), (#"{"const": true}"#, "boolean"), (#"{"const": null}"#, "null"),
            (#"{"enum": ["a", null]}"#, #"enum("a")|null"#),
            (#"{"type": "string", "enum": ["a", null]}"#, #"enum("a")"#),
            (#"{"type": "integer", "enum": [1.0, 1.5]}"#, "enum(1)"),
            (#"{"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}"#, #"enum("b")"#),
        ])
    func values(schema: String, shape: String) {
        #expect(ShapeText.of(schema) == shape)
    }

    @Test(
        "Objects",
        arguments: [
            (
                #"{"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}"#,
                "{a: string, b?: integer}"
            ),
            (#"{"properties": {"a": {"type": "string"}}}"#, "{a?: string}!"),
            (#"{"type": "object", "properties": {"a": true}, "additionalProperties": false}"#, "{a?: any, closed}"),
            (
                #"{"type": "object", "properties": {"a": true}, "additionalProperties": {"type": "string"}}"#,
                "{a?: any, *: string}"
            ),
            (#"{"type": "object", "required": ["a"]}"#, "{a: any}"),
            (
                #"{"type": "object", "required": ["a"], "additionalProperties": {"type": "string"}}"#,
                "{a: string, *: string}"
            ),
            (#"{"type": "object", "properties": {"a": false, "b": true}}"#, "{b?: any}"),
            (
                #"{"type": "object", "properties": {"a": true}, "unevaluatedProperties": false}"#, "{a?: any, closed}"
            ),
        ])
    func objects(schema: String, shape: String) {
        #expect(ShapeText.of(schema) == shape)
    }

    @Test(
        "Tuples",
        arguments: [
            (
                #"{"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false, "minItems": 2}"#,
                "(string, integer)"
            ),
            (#"{"type": "array", "prefixItems": [{"type": "string"}]}"#, "(string?, any...)"),
            (
                #"{"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}, "minItems": 1}"#,
                "(string, integer...)"
            ),
            (
                #"{"type": "array", "prefixItems": [{"type": "string"}, true], "minItems": 1, "maxItems": 2}"#,
                "(string, any?)"
            ),
        ])
    func tuples(schema: String, shape: String) {
        #expect(ShapeText.of(schema) == shape)
    }

    @Test(
        "null beside other values",
        arguments: [
            (#"{"type": ["string", "null"]}"#, "string|null"),
            (#"{"oneOf": [{"type": "null"}, {"type": "string"}]}"#, "string|null"),
            (#"{"anyOf": [{"type": "object", "properties": {"a": true}}, {"type": "null"}]}"#, "{a?: any}|null"),
            (#"{"anyOf": [{"type": ["string", "null"]}, {"type": "null"}]}"#, "string|null"),
            (#"{"type": ["null"]}"#, "null"),
        ])
    func nullables(schema: String, shape: String) {
        #expect(ShapeText.of(schema) == shape)
    }

    @Test(
        "Several types",
        arguments: [
            (#"{"type": ["string", "integer"]}"#, "type -> string | type -> integer"),
            (#"{"type": ["string", "integer", "null"]}"#, "type -> string | type -> integer|null"),
            (#"{"oneOf": [{"type": "integer"}, {"type": "number"}]}"#, "number"),
            (#"{"anyOf": [{"enum": ["a", "b"]}, {"type": "string"}]}"#, "string"),
            (#"{"anyOf": [{"const": "a"}, {"const": "b"}]}"#, #"enum("a", "b")"#),
            (#"{"type": "string", "anyOf": [{"format": "date"}, {"format": "time"}]}"#, "string"),
            (
                #"{"oneOf": [{"type": "array", "items": {"type": "string"}}, {"type": "array", "items": {"type": "integer"}}]}"#,
                "[type -> string | type -> integer]"
            ),
            (
                #"{"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}"#,
                "type -> string | type -> [string]"
            ),
            (#"{"anyOf": [{"type": "string"}, {}]}"#, "any!"),
        ])
    func severalTypes(schema: String, shape: String) {
        #expect(ShapeText.of(schema) == shape)
    }

    @Test("Parts of allOf are one object, and a member in two of them has both of its schemas")
    func merging() {
        let schema = #"""
            {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "n": {"type": "integer"}},
             "allOf": [{"properties": {"n": {"minimum": 0}, "m": {"type": "boolean"}}, "required": ["m"]}]}
            """#
        #expect(ShapeText.of(schema) == "{id: string, n?: integer(0...), m: boolean}")
    }

    @Test("An object that allows no further members allows none of those that others declare")
    func closedParts() {
        let schema = #"""
            {"allOf": [{"type": "object", "properties": {"a": true}, "additionalProperties": false},
                       {"properties": {"a": {"type": "string"}, "b": true}}]}
            """#
        #expect(ShapeText.of(schema) == "{a?: string, closed}")
    }

    @Test("Alternatives beside properties have the common members, and a constant tells them apart")
    func discriminator() {
        let schema = #"""
            {"type": "object", "required": ["id", "kind"], "properties": {"id": {"type": "string"}, "kind": true}, "oneOf": [
              {"properties": {"kind": {"const": "card"}, "number": {"type": "string"}}},
              {"properties": {"kind": {"enum": ["cash", "coins"]}}}]}
            """#
        let card = #"kind="card" -> {id: string, kind: enum("card"), number?: string}"#
        #expect(
            ShapeText.of(schema) == card + #" | kind="cash"/"coins" -> {id: string, kind: enum("cash", "coins")}"#)
    }

    @Test("Required members distinguish closed objects")
    func keys() {
        let schema = #"""
            {"oneOf": [
              {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false},
              {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"], "additionalProperties": false}]}
            """#
        #expect(ShapeText.of(schema) == "has a -> {a: string, closed} | has b -> {b: string, closed}")
    }

    @Test("Other objects are tried, those that demand more before the rest")
    func trial() {
        let schema = #"""
            {"oneOf": [{"type": "object", "properties": {"a": {"type": "string"}}},
                       {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]}]}
            """#
        #expect(ShapeText.of(schema) == "try -> {b: string} | try -> {a?: string}")
    }

    @Test(
        "as many alternatives as a contract has events become a union; combinations of several lists only if they are few"
    )
    func many() {
        func list(_ name: String, _ count: Int) -> String {
            let schemas = (0..<count).map { index in
                ##"{"type": "object", "required": ["\##(name)"], "properties": {"\##(name)": {"const": "v\##(index)"}}}"##
            }
            return "[" + schemas.joined(separator: ", ") + "]"
        }
        #expect(ShapeText.of(#"{"oneOf": \#(list("a", 200))}"#).contains("v199"))
        #expect(ShapeText.of(#"{"oneOf": \#(list("a", 300))}"#) == "any!")
        #expect(ShapeText.of(#"{"oneOf": \#(list("a", 10)), "anyOf": \#(list("b", 10))}"#) == "any!")
    }

    @Test("Alternatives that only demand members leave the object as it is")
    func neutralAlternatives() {
        let schema = #"""
            {"type": "object", "properties": {"a": true, "b": true}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
            """#
        #expect(ShapeText.of(schema) == "{a?: any, b?: any}")
    }

    @Test("Conditions and negations make no difference")
    func conditions() {
        let schema = #"""
            {"type": "object", "properties": {"a": {"type": "string"}}, "if": {"required": ["a"]},
             "then": {"properties": {"b": true}}, "not": {"required": ["c"]}}
            """#
        #expect(ShapeText.of(schema) == "{a?: string}")
    }

    @Test("References share a shape, also among alternatives and to other files")
    func references() {
        let schema = #"""
            {"type": "object", "properties": {
               "a": {"$ref": "#/$defs/address"}, "b": {"$ref": "#/$defs/address", "description": "other"},
               "c": {"oneOf": [{"$ref": "#/$defs/address"}, {"type": "null"}]}, "d": {"allOf": [{"$ref": "#/$defs/address"}]},
               "e": {"$ref": "other.schema.json"}},
             "$defs": {"address": {"type": "object", "properties": {"street": {"type": "string"}}}}}
            """#
        #expect(
            ShapeText.of(schema, files: ["other.schema.json": #"{"type": "string"}"#])
                == "{a?: @address, b?: @address, c?: @address|null, d?: @address, e?: @other.schema.json}")
    }

    @Test("A reference beside other keywords is merged with them")
    func referenceWithSiblings() {
        let schema = #"""
            {"$ref": "#/$defs/base", "properties": {"b": {"type": "string"}}, "required": ["a"],
             "$defs": {"base": {"type": "object", "properties": {"a": {"type": "string"}}}}}
            """#
        #expect(ShapeText.of(schema) == "{a: string, b?: string}")
    }

    @Test("Recursion, also through alternatives and lists")
    func recursion() {
        let tree = #"""
            {"$ref": "#/$defs/tree", "$defs": {"tree": {"type": "object", "properties": {
              "left": {"$ref": "#/$defs/tree"}, "all": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}}}
            """#
        #expect(ShapeText.of(definition: "tree", in: tree) == "{left?: @tree, all?: [@tree]}")
        let expression = #"""
            {"$ref": "#/$defs/e", "$defs": {"e": {"oneOf": [{"type": "number"},
              {"type": "object", "required": ["plus"], "properties": {
                "plus": {"type": "array", "items": {"$ref": "#/$defs/e"}}}}]}}}
            """#
        #expect(ShapeText.of(definition: "e", in: expression) == "type -> number | type -> {plus: [@e]}")
    }

    @Test("A union of lists of itself holds any value")
    func unresolvableRecursion() {
        let schema = #"""
            {"$ref": "#/$defs/e", "$defs": {"e": {"oneOf": [
              {"type": "array", "items": {"$ref": "#/$defs/e"}}, {"type": "array", "items": {"type": "string"}}]}}}
            """#
        #expect(ShapeText.of(definition: "e", in: schema) == "any!")
    }
}
