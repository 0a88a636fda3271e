import ContractModel
import Testing

@testable import SchemaCompiler

/// Pointers to properties that all cases of a union have.
@Suite struct UnionPointerTests {
    private static func contract(cash: String = #"{"type": "string"}"#) -> ShopContract {
        var shop = ShopContract()
        shop.member = """
            "pay": {"oneOf": [
              {"type": "object", "required": ["kind", "id"], "properties": {"kind": {"const": "card"}, "id": {"type": "string"}}},
              {"type": "object", "required": ["kind", "id"], "properties": {"kind": {"const": "cash"}, "id": \(cash)}}]}
            """
        shop.wholeSchema = """
            {"type": "object", "required": ["id", "type", "payload"], "properties": {
              "id": {"type": "string"},
              "type": {"type": "string", "enum": ["order.placed", "order.shipped"]},
              "payload": {"type": "object", "required": ["order_id", "pay"], "properties": {
                \(shop.member), "order_id": {"type": "string"},
                "status": {"type": "string", "enum": ["placed", "shipped"]}, "code": {"type": "string"}
              }}
            }}
            """
        return shop
    }

    @Test("a key and a header can name a property of all cases")
    func reading() throws {
        var shop = Self.contract()
        shop.change("key: /payload/order_id", to: "key: /payload/pay/id\n    headers: {pay: \"{payload.pay.id}\"}")
        #expect(try shop.findings() == [])
        let message = try #require(try shop.compiled()?.messages.first)
        #expect(message.recordKey?.expression == "payload.pay.id")
        #expect(message.recordKey?.isInUnion == true)
    }

    @Test("a property that a case lacks, or has with another type, is not found")
    func differing() throws {
        var shop = Self.contract(cash: #"{"type": "integer"}"#)
        shop.change("key: /payload/order_id", to: "key: /payload/pay/id")
        let finding = try #require(try shop.check().first)
        #expect(finding.rule == .pointerNotFound)
        #expect(
            finding.hint?.contains("schema: order.schema.json#/oneOf/0") == true
                || finding.hint?.contains("did you mean") == true)
    }

    @Test(
        "it can't be set",
        arguments: [
            ("{/id: \"{id}\"}", "{/payload/pay/id: \"{id}\"}", "filled"),
            ("fixed: {/payload/status: placed}", "fixed: {/payload/pay/id: placed}", "fixed"),
            ("requires: [/payload/code]", "requires: [/payload/pay/id]", "required by an event"),
            ("requires: [/payload/code]", "forbids: [/payload/pay/id]", "forbidden by an event"),
        ])
    func setting(old: String, new: String, use: String) throws {
        var shop = Self.contract()
        shop.change(old, to: new)
        let messages = try shop.check().map(\.message)
        #expect(messages.contains("'/payload/pay/id' is a property of a union's cases, and can't be \(use)"))
    }
}
