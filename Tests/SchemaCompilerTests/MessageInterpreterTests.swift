import ContractExchange
import JSONTape
import SchemaCompiler
import SchemaPlan
import Testing

@Suite struct MessageInterpreterTests {
    @Test(
        "names and values are compared with the schema scalar by scalar",
        arguments: [
            (#"{"\u00e9": "\u00e9"}"#, []),
            (#"{"e\u0301": "\u00e9"}"#, ["/note/e\u{301}", "/note"]),
            (#"{"\u00e9": "e\u0301"}"#, ["/note/\u{E9}"]),
        ])
    func normalForms(note: String, failures: [String]) throws {
        var shop = ShopContract()
        shop.wholeSchema = """
            {"type": "object", "required": ["id", "type", "note"], "properties": {
              "id": {"type": "string"},
              "type": {"type": "string", "enum": ["order.placed", "order.shipped"]},
              "note": {
                "type": "object", "required": ["\u{E9}"], "additionalProperties": false,
                "properties": {"\u{E9}": {"type": "string", "enum": ["\u{E9}"]}}
              }
            }}
            """
        shop.change("{fixed: {/payload/status: placed}}", to: "")
        shop.change("{requires: [/payload/code]}", to: "")
        shop.change("key: /payload/order_id", to: "key: /id")
        let contract = try #require(try shop.compiled())
        let interpreter = try #require(MessageInterpreter.all(of: contract).first)
        var tape = JSONTape()
        try tape.parse(
            Array(#"{"id": "1", "type": "order.placed", "note": "#.utf8) + Array(note.utf8) + Array("}".utf8))
        let found = interpreter.failures(in: tape).map(\.failure)
        #expect(found.map { Array($0.instance.description.utf8) } == failures.map { Array($0.utf8) })
    }

    @Test("failures leave out names that the schema does not state, also where they break the schema of names")
    func undeclaredNames() throws {
        var shop = ShopContract()
        shop.wholeSchema = """
            {"type": "object", "required": ["id", "type", "note"], "properties": {
              "id": {"type": "string"},
              "type": {"type": "string", "enum": ["order.placed", "order.shipped"]},
              "note": {"type": "object", "propertyNames": {"maxLength": 4, "pattern": "^[a-z]"},
                "properties": {"declared": {"type": "integer"}}}
            }}
            """
        shop.change("{fixed: {/payload/status: placed}}", to: "")
        shop.change("{requires: [/payload/code]}", to: "")
        shop.change("key: /payload/order_id", to: "key: /id")
        let contract = try #require(try shop.compiled())
        let interpreter = try #require(MessageInterpreter.all(of: contract).first)
        let tape = try JSONTape(
            parsing: #"{"id": "1", "type": "order.placed", "note": {"SECRET": 1, "declared": 2, "FOO": 3}}"#.utf8)
        let found = interpreter.failures(in: tape).map(\.failure)
        #expect(found.map(\.path) == ["/note/*", "/note/*", "/note/declared", "/note/*"])
        #expect(!"\(found.map(\.description))".contains("SECRET"))
    }

    @Test(
        "an integer has no fraction and no exponent in draft 4; later, its value decides",
        arguments: [
            ("1", [], []), ("-12", [], []), ("1.0", ["/note"], []), ("1e2", ["/note"], []),
            ("1.5", ["/note"], ["/note"]), ("\"1\"", ["/note"], ["/note"]),
        ])
    func integers(note: String, inDraft4: [String], later: [String]) throws {
        for (dialect, expected) in [("draft-04", inDraft4), ("draft-06", later), ("2020-12", later)] {
            var shop = ShopContract()
            shop.wholeSchema = """
                {"type": "object", "required": ["id", "type"], "properties": {
                  "id": {"type": "string"},
                  "type": {"type": "string", "enum": ["order.placed", "order.shipped"]},
                  "note": {"type": "integer"}
                }}
                """
            shop.change("{fixed: {/payload/status: placed}}", to: "")
            shop.change("{requires: [/payload/code]}", to: "")
            shop.change("key: /payload/order_id", to: "key: /id")
            shop.change("service: shop-backend", to: "service: shop-backend\nschemas: {dialect: \"\(dialect)\"}")
            let contract = try #require(try shop.compiled())
            let interpreter = try #require(MessageInterpreter.all(of: contract).first)
            let tape = try JSONTape(parsing: Array(#"{"id": "1", "type": "order.placed", "note": \#(note)}"#.utf8))
            let found = interpreter.failures(in: tape).map(\.failure)
            #expect(found.map(\.instance.description) == expected, "\(dialect)")
        }
    }
}
