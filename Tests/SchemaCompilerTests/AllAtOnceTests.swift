import ContractModel
import Testing

/// Each stage reports its own errors whatever earlier stages have reported, and none that follow from those.
@Suite struct AllAtOnceTests {
    private static let monitoring = """
        metrics:
          families:
            shop_messages_total:
              type: counter
              help: Messages.
              labels: [topic, event, status]
              from: producer.messages
            shop_codes_total:
              type: counter
              help: Codes.
              labels: {code: {property: /payload/code, max: 10}}
              from: OrderMessage
        alerts:
          group: shop
          producer_alerts: false
          rules:
            Known:
              expr: rate(shop_messages_total{topic="orders",event="order.placed"}[5m]) > 1
              severity: info
              summary: Known
              allow: [untested-alert]
            Coded:
              expr: rate(shop_codes_total{code="7"}[5m]) > 1
              severity: info
              summary: Coded
              allow: [untested-alert]
            Unknown:
              expr: rate(shop_mesages_total[5m]) > 1
              severity: info
              summary: Unknown
              allow: [untested-alert]

        """

    private static let unknownMetric = "unknown metric 'shop_mesages_total' [unknown-metric]"

    @Test(
        "an error neither hides nor causes another",
        arguments: [
            (
                [
                    ("partitions: 6", "partitions: 0"), ("key: /payload/order_id", "key: /payload/nix"),
                    ("order.placed:", "order.plced:"),
                ], nil,
                [
                    "a topic can't have 0 partitions [partition-count]",
                    "order.schema.json has no property '/payload/nix' [pointer-not-found]",
                    "'order.plced' is not a value of '/type' in order.schema.json [unknown-event]",
                ]
            ),
            (
                [("replication: 3", "retention: 1d"), ("key: /payload/order_id", "key: /payload/nix")], nil,
                [
                    "neither the topic 'orders' nor 'topic_defaults' has 'replication' [missing-key]",
                    "order.schema.json has no property '/payload/nix' [pointer-not-found]",
                ]
            ),
            (
                [("topic: orders", "topic: order"), ("key: /payload/order_id", "key: /payload/nix")], nil,
                [
                    "unknown topic 'order' [unknown-topic]",
                    "order.schema.json has no property '/payload/nix' [pointer-not-found]",
                ]
            ),
            (
                [("  orders: {partitions: 6, replication: 3}", "  orders: 7"), ("/payload/order_id", "/payload/nix")],
                nil,
                [
                    "the topic 'orders' must be a mapping, found a number [wrong-type]",
                    "order.schema.json has no property '/payload/nix' [pointer-not-found]",
                ]
            ),
            (
                [
                    ("discriminator: /type", "discriminator: /typ"),
                    ("/payload/status: placed", "/payload/stat: placed"),
                ], nil,
                [
                    "order.schema.json has no property '/typ' [pointer-not-found]",
                    "order.schema.json has no property '/payload/stat' [pointer-not-found]",
                ]
            ),
            (
                [("    discriminator: /type\n", ""), ("/payload/status: placed", "/payload/status: paced")], nil,
                [
                    "'OrderMessage' has several events, but no 'discriminator' [discriminator]",
                    "'/payload/status' can't be 'paced' by order.schema.json [fixed-value]",
                ]
            ),
            // Of a property whose schema has an error, nothing else is said; of the others it is.
            (
                [("/payload/status: placed", "/payload/note: 7"), ("key: /payload/order_id", "key: /payload/nix")],
                #""note": {"type": "string", "minLength": -1}"#,
                [
                    "'minLength' must be a whole number from 0, found a number [schema-value]",
                    "order.schema.json has no property '/payload/nix' [pointer-not-found]",
                ]
            ),
            (
                [("/payload/status: placed", "/payload/note: a")], #""note": {"enum": ["b", 1]}"#,
                ["'/payload/note' is one of several types, and can't be fixed [fixed-value]"]
            ),
            (
                [("[/payload/code]", "[/payload/note/a]")], #""note": {"type": "object", "allOf": []}"#,
                ["'allOf' must be at least one schema, found a list [schema-value]"]
            ),
            (
                [("[/payload/code]", "[/payload/note/a]")], ##""note": {"$ref": "#/nix"}"##,
                ["'order.schema.json' has nothing at '/nix': the root has no 'nix' [schema-reference]"]
            ),
            (
                [("[/payload/code]", "[/payload/note/a]")], #""note": {"minLength": -1, "maxLength": 7}"#,
                ["'minLength' must be a whole number from 0, found a number [schema-value]"]
            ),
            (
                [("{/id: \"{id}\"}", "{/payload/note: a}")], #""note": {"type": "null"}"#,
                ["this pattern can't fill '/payload/note', which is null [envelope]"]
            ),
            (
                [("schema: order", "schema: ordre")], nil,
                ["missing schema 'ordre.schema.json' [missing-file]"]
            ),
            (
                [("  OrderMessage:", "  OrderMessage: 7\n  OtherMessage:")], nil,
                ["the message 'OrderMessage' must be a mapping, found a number [wrong-type]"]
            ),
            (
                [("order.placed: {", "order.placed: {fixd: {}, ")], nil,
                ["the event 'order.placed' has no key 'fixd' [unknown-key]"]
            ),
            // An event that is not read is not missing, and its name is not unknown.
            (
                [("order.shipped: {requires: [/payload/code]}", "\"\": {requires: [/payload/code]}")], nil,
                ["an event must have a name [invalid-name]"]
            ),
            (
                [("order.placed: {fixed: {/payload/status: placed}}", "order.placed: 7")], nil,
                ["the event 'order.placed' must be a mapping, found a number [wrong-type]"]
            ),
            ([("  orders: {", "  \"\": {")], nil, ["invalid topic name '' [topic-name]"]),
            ([("  OrderMessage:", "  \"\":")], nil, ["invalid message name '' [invalid-name]"]),
        ] as [([(String, String)], String?, [String])])
    func independent(changes: [(old: String, new: String)], member: String?, expected: [String]) throws {
        var shop = ShopContract()
        for change in changes { shop.change(change.old, to: change.new) }
        if let member { shop.member = member }
        shop.manifest += Self.monitoring
        let findings = try shop.check().map { "\($0.message) [\($0.rule.rawValue)]" }
        #expect(findings.sorted() == (expected + [Self.unknownMetric]).sorted())
    }

    @Test("a metric whose family has an error is not reported as unknown")
    func unreadFamily() throws {
        var shop = ShopContract()
        shop.manifest += Self.monitoring
        shop.change("      help: Codes.\n", to: "")
        shop.change("shop_mesages_total", to: "shop_messages_total")
        #expect(try shop.check().map(\.message) == ["the metric family 'shop_codes_total' has no 'help'"])
    }

    @Test("a family with an error is still known")
    func unsoundFamily() throws {
        var shop = ShopContract()
        shop.manifest += Self.monitoring
        shop.change("property: /payload/code", to: "property: /payload/codes")
        shop.change("shop_mesages_total", to: "shop_messages_total")
        #expect(
            try shop.check().map(\.message) == ["order.schema.json has no property '/payload/codes'"])
    }
}
