import ContractModel
import Testing

/// Drafts of JSON Schema give some words different meanings, or none.
@Suite struct DialectTests {
    private static let older = ["draft-04", "draft-06", "draft-07"]

    private func findings(_ member: String, in dialect: String, definitions: String = "{}") throws -> [String] {
        var shop = ShopContract()
        shop.member = "\"note\": \(member)"
        shop.definitions = definitions
        shop.change("service: shop-backend\n", to: "service: shop-backend\nschemas: {dialect: \"\(dialect)\"}\n")
        let byManifest = try shop.findings()
        let identifier =
            dialect.hasPrefix("d") ? "http://json-schema.org/\(dialect)" : "https://json-schema.org/draft/\(dialect)"
        shop.change("dialect: \"\(dialect)\"", to: "dialect: \"\(dialect == "draft-04" ? "2020-12" : "draft-04")\"")
        shop.head = "\"$schema\": \"\(identifier)/schema#\","
        #expect(try shop.findings() == byManifest, "the file's own word goes before the manifest's")
        return byManifest
    }

    @Test(
        "what a draft does not know is refused",
        arguments: [
            (#"{"const": "a"}"#, "const", ["draft-04"]),
            (#"{"type": "object", "properties": {"a": {"type": "string"}}, "$defs": {}}"#, "$defs", older),
        ])
    func unknown(member: String, keyword: String, dialects: [String]) throws {
        for dialect in Self.older + ["2019-09", "2020-12"] {
            let expected =
                dialects.contains(dialect)
                ? ["order.schema.json:7: \(dialect) has no keyword '\(keyword)' [schema-keyword]"] : []
            #expect(try findings(member, in: dialect) == expected)
        }
    }

    @Test(
        "words that mean different things",
        arguments: [
            (
                #"{"type": "number", "minimum": 1, "exclusiveMinimum": true, "default": 1}"#, "draft-04",
                "the default is not valid by its own schema: expected more than 1, found 1 [schema-value]"
            ),
            (
                #"{"type": "number", "maximum": 1, "exclusiveMaximum": true, "default": 1}"#, "draft-04",
                "the default is not valid by its own schema: expected less than 1, found 1 [schema-value]"
            ),
            (#"{"type": "number", "minimum": 1, "exclusiveMinimum": false, "default": 1}"#, "draft-04", nil),
            (
                #"{"type": "number", "exclusiveMinimum": true}"#, "draft-04",
                "'exclusiveMinimum' says in draft-04 how 'minimum' is meant, which is not here [schema-value]"
            ),
            (
                #"{"type": "number", "minimum": 1, "exclusiveMinimum": 0}"#, "draft-04",
                "'exclusiveMinimum' must be a boolean in draft-04, found 0 [schema-value]"
            ),
            (
                #"{"type": "number", "minimum": 1, "exclusiveMinimum": true}"#, "draft-06",
                "'exclusiveMinimum' must be a number, found a boolean [schema-value]"
            ),
            (
                #"{"type": "number", "exclusiveMaximum": "1"}"#, "2020-12",
                "'exclusiveMaximum' must be a number, found a string [schema-value]"
            ),
            (
                #"{"type": "integer", "default": 1.0}"#, "draft-04",
                "the default is not valid by its own schema: expected a whole number without fraction or exponent, found 1.0 [schema-value]"
            ),
            (
                #"{"type": "array", "items": {"type": "integer"}, "default": [1, 2e0]}"#, "draft-04",
                "the default is not valid by its own schema: /1: expected a whole number without fraction or exponent, found 2.0 [schema-value]"
            ),
            (#"{"type": "integer", "default": 1.0}"#, "draft-06", nil),
            (#"{"type": "number", "default": 1.0}"#, "draft-04", nil),
            ("true", "draft-04", "a schema must be an object, found a boolean [schema-value]"),
            ("true", "draft-06", nil),
            (
                #"{"id": "x", "type": "string"}"#, "draft-04",
                "'id' below the root is not supported yet [schema-keyword]"
            ),
            (
                #"{"$id": "x", "type": "string"}"#, "draft-07",
                "'$id' below the root is not supported yet [schema-keyword]"
            ),
            (#"{"$id": "x", "type": "string"}"#, "draft-04", "draft-04 has no keyword '$id' [schema-keyword]"),
            (
                #"{"type": "array", "items": [true]}"#, "draft-07",
                "'items' with a list of schemas is not supported yet [schema-keyword]"
            ),
            (
                #"{"type": "array", "items": [true]}"#, "2020-12",
                "a schema must be an object, found a list [schema-value]"
            ),
        ] as [(String, String, String?)])
    func meanings(member: String, dialect: String, finding: String?) throws {
        #expect(try findings(member, in: dialect) == (finding.map { ["order.schema.json:7: \($0)"] } ?? []))
    }

    @Test("drafts up to 7 pass over a default beside a reference", arguments: older + ["2019-09", "2020-12"])
    func defaultBesideReference(dialect: String) throws {
        let found = try findings(
            ##"{"$ref": "#/definitions/a", "default": "x"}"##, in: dialect, definitions: #"{"a": {"type": "string"}}"#)
        #expect(
            found
                == (Self.older.contains(dialect)
                    ? ["order.schema.json:7: 'default' beside '$ref' is not supported yet [schema-keyword]"] : []))
    }

    @Test("the root may have a name", arguments: [("draft-04", "id"), ("2020-12", "$id")])
    func rootIdentifier(dialect: String, keyword: String) throws {
        var shop = ShopContract()
        shop.change("service: shop-backend\n", to: "service: shop-backend\nschemas: {dialect: \"\(dialect)\"}\n")
        shop.head = "\"\(keyword)\": \"https://example.org/order\","
        #expect(try shop.findings() == [])
        shop.head = "\"\(keyword)\": 7,"
        #expect(try shop.findings() == ["order.schema.json:1: '\(keyword)' must be a string, found 7 [schema-value]"])
    }

    @Test("names that differ in Unicode's normal form alone are two in JSON, and one in Swift")
    func normalForms() throws {
        var shop = ShopContract()
        shop.member =
            "\"\u{E9}\": {\"type\": \"string\", \"enum\": [\"\u{E9}\", \"e\u{301}\"]}, \"e\u{301}\": {\"type\": \"string\"}"
        let rules = try shop.check().map(\.rule)
        #expect(rules == [.nameCollision, .nameCollision])
    }
}
