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

    // MARK: The discriminator in a union

    /// A contract whose payload is a union that has the discriminator.
    private static func events(card: String, cash: String, required: String = #"["kind", "id"]"#) -> ShopContract {
        var shop = ShopContract()
        shop.wholeSchema = """
            {"type": "object", "required": ["id", "payload"], "properties": {
              "id": {"type": "string"},
              "payload": {"oneOf": [
                {"type": "object", "required": \(required), "properties": {\(card)}},
                {"type": "object", "required": ["kind"], "properties": {\(cash)}}]}}}
            """
        shop.change("discriminator: /type", to: "discriminator: /payload/kind")
        shop.change("key: /payload/order_id", to: "")
        shop.change("{fixed: {/payload/status: placed}}", to: "{}")
        return shop
    }

    private static let card = #""kind": {"const": "order.placed"}, "id": {"type": "string"}"#
    private static let cash =
        #""kind": {"const": "order.shipped"}, "code": {"type": "string"}, "status": {"const": "shipped"}"#

    @Test(
        "a case that does not state its events is named",
        arguments: [
            (#""other": {"type": "string"}"#, #"["other"]"#, "has no such property"),
            (#""kind": {"type": "string"}"#, #"["kind"]"#, "has a string"),
            (#""kind": {"const": "order.placed"}, "x": {"type": "integer"}"#, #"["x"]"#, "does not require it"),
        ])
    func unstated(card: String, required: String, reason: String) throws {
        let shop = Self.events(card: card, cash: Self.cash, required: required)
        let finding = try #require(try shop.check().first { $0.rule == .discriminator })
        #expect(finding.message.contains("the case '") && finding.message.hasSuffix(reason), "\(finding.message)")
    }

    @Test("two cases can't have the same event")
    func ambiguous() throws {
        let shop = Self.events(card: Self.card, cash: #""kind": {"enum": ["order.placed", "order.shipped"]}"#)
        let messages = try shop.check().map(\.message)
        #expect(messages.contains { $0.contains("both have 'order.placed' at '/payload/kind'") }, "\(messages)")
    }

    @Test("the envelope and the rules of an event name properties of the case")
    func properties() throws {
        var shop = Self.events(card: Self.card, cash: Self.cash)
        shop.change("envelope: {/id: \"{id}\"}", to: "envelope: {/payload/id: \"{id}\"}")
        let finding = try #require(try shop.check().first)
        #expect(finding.message.contains("the case 'orderShipped' of order.schema.json has no property '/payload/id'"))
    }
}
