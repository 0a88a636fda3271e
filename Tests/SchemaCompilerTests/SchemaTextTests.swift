import ContractModel
import Testing

/// Every word that is said of what no folder of fixtures holds.
@Suite struct SchemaTextTests {
    @Test(
        "a finding says what is wrong with a schema, and how to mend it",
        arguments: [
            (
                #"{"const": "a"}"#, "draft-04 has no keyword 'const' [schema-keyword]",
                "it came with draft-06; '$schema', or 'dialect' in the manifest's 'schemas', says which is meant"
            ),
            (
                "true", "a schema must be an object, found a boolean [schema-value]",
                "booleans are schemas since draft-06; this one is in draft-04"
            ),
            (
                #"{"type": "array", "items": []}"#,
                "'items' with a list of schemas is not supported yet [schema-keyword]",
                "give one schema, which all items are valid by"
            ),
            (
                #"{"type": "number", "minimum": 0, "exclusiveMinimum": 0}"#,
                "'exclusiveMinimum' must be a boolean in draft-04, found 0 [schema-value]",
                "a number is what it takes since draft-06"
            ),
            (
                #"{"type": "number", "exclusiveMinimum": true}"#,
                "'exclusiveMinimum' says in draft-04 how 'minimum' is meant, which is not here [schema-value]",
                "add 'minimum'"
            ),
            (
                ##"{"$ref": "#/nix"}"##, "'#/nix' leads to no definition of this file [schema-reference]",
                "put the schema under definitions and refer to it as #/definitions/NAME"
            ),
            (
                #"{"type": "string", "format": "mail"}"#, "unknown format 'mail' [schema-format]",
                "known are: date-time, date, time, duration, email, idn-email, hostname, idn-hostname, ipv4, ipv6, uri, "
                    + "uri-reference, iri, iri-reference, uuid, uri-template, json-pointer, relative-json-pointer, regex; "
                    + "'formats: annotate' in the manifest's 'schemas' checks none"
            ),
            (
                #"{"type": "string", "format": "time", "default": "noon"}"#,
                "the default is not valid by its own schema: expected an RFC 3339 time, found 'noon' [schema-value]",
                nil
            ),
            (
                #"{"type": "integer", "multipleOf": 3, "default": 4}"#,
                "the default is not valid by its own schema: expected a multiple of 3, found 4 [schema-value]", nil
            ),
        ] as [(String, String, String?)])
    func members(member: String, text: String, hint: String?) throws {
        var shop = ShopContract()
        shop.member = "\"note\": \(member)"
        shop.change("service: shop-backend\n", to: "service: shop-backend\nschemas: {dialect: draft-04}\n")
        #expect(try shop.check().map { "\($0.message) [\($0.rule.rawValue)]" } == [text])
        #expect(try shop.check().map(\.hint) == [hint])
    }

    @Test(
        "what is wrong with the root",
        arguments: [
            (#""$schema": 7,"#, "$schema must be a string, found a number"),
            (#""allOf": [],"#, "the keyword 'allOf' is not supported yet"),
        ])
    func roots(head: String, text: String) throws {
        var shop = ShopContract()
        shop.head = head
        #expect(try shop.check().map(\.message) == [text])
    }

    @Test("a message is an object with properties")
    func message() throws {
        var shop = ShopContract()
        shop.wholeSchema = #"{"type": "string"}"#
        let findings = try shop.check()
        #expect(findings.map(\.message) == ["the schema of a message must be an object with properties"])
        #expect(findings.map(\.hint) == ["add \"type\": \"object\""])
    }

    @Test("definitions that lead through too many others are told of where they start")
    func depth() throws {
        var shop = ShopContract()
        let links = (0..<200).map { "\"d\($0)\": {\"$ref\": \"#/definitions/d\($0 + 1)\"}" }
        shop.definitions = "{" + links.joined(separator: ",") + ",\"d200\": {}}"
        #expect(
            try shop.check().map(\.message) == [
                "schemas lie within each other deeper than 128 levels from here, references followed"
            ])
    }
}
