import ContractModel
import Testing

/// Drafts of JSON Schema give some words different meanings, or none.
@Suite struct DialectTests {
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
        "keywords whose meaning depends on the draft",
        arguments: [
            (#"{"type": "number", "minimum": 1, "exclusiveMinimum": false, "default": 1}"#, "draft-04", nil),
            (#"{"type": "integer", "default": 1.0}"#, "draft-06", nil),
            (#"{"type": "number", "default": 1.0}"#, "draft-04", nil),
            ("true", "draft-06", nil), (#"{"$id": "x", "type": "string"}"#, "draft-07", nil),
            (#"{"type": "array", "items": [true]}"#, "draft-07", nil),
        ] as [(String, String, String?)])
    func meanings(member: String, dialect: String, finding: String?) throws {
        #expect(try findings(member, in: dialect) == (finding.map { ["order.schema.json:7: \($0)"] } ?? []))
    }

    @Test("the root may have a name", arguments: [("draft-04", "id"), ("2020-12", "$id")])
    func rootIdentifier(dialect: String, keyword: String) throws {
        var shop = ShopContract()
        shop.change("service: shop-backend\n", to: "service: shop-backend\nschemas: {dialect: \"\(dialect)\"}\n")
        shop.head = "\"\(keyword)\": \"https://example.org/order\","
        #expect(try shop.findings() == [])
    }

    @Test("names in different Unicode normal forms are two in JSON, with two names in Swift")
    func normalForms() throws {
        var shop = ShopContract()
        shop.member =
            "\"\u{E9}\": {\"type\": \"string\", \"enum\": [\"\u{E9}\", \"e\u{301}\"]}, \"e\u{301}\": {\"type\": \"string\"}"
        #expect(try shop.check().isEmpty)
    }
}
