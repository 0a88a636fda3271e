import Foundation
import Testing

/// `validate --records` on records of a service whose topics have other names than those of the contract.
@Suite struct ValidateTopicNamesTests {
    private static let schema = #"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "#

    /// Two messages that nothing but the topic tells apart.
    private func inContract(_ body: (String) throws -> Void) throws {
        try Tool.inFolder { folder in
            let manifest = """
                contract: Shop
                version: 1.0.0
                service: shop
                topic_prefix: shop_
                topic_defaults: {partitions: 3, replication: 3}
                topics:
                  orders: {}
                  refunds: {}
                messages:
                  Order: {schema: order.schema.json, topic: orders, key: /id, identified_by: topic}
                  Refund: {schema: refund.schema.json, topic: refunds, key: /id, identified_by: topic}

                """
            let texts = [
                "topics.yaml": manifest,
                "order.schema.json": Self.schema
                    + #""properties": {"id": {"type": "string"}}, "required": ["id"]}"#,
                "refund.schema.json": Self.schema
                    + #""properties": {"id": {"type": "string"}, "reason": {"type": "string"}}, "required": ["id", "reason"]}"#,
            ]
            for (name, text) in texts {
                try Data(text.utf8).write(to: URL(filePath: folder).appending(path: name))
            }
            try body(folder)
        }
    }

    private func records(_ topics: String...) -> String {
        topics.map { #"{"topic":"\#($0)","value":{"id":"1"}}"# + "\n" }.joined()
    }

    /// Expects that the first line is valid as an order, and that the second one is not valid as a refund.
    private func expectOrderAndRefund(_ tool: Tool) {
        #expect(tool.status == 1 && tool.output == "2 checked, 1 not valid\n")
        #expect(tool.errors.hasPrefix("<stdin>:2:"))
        #expect(tool.errors.contains("refund.schema.json#"))
    }

    @Test("topics have the names of the contract, or those that the options state")
    func names() throws {
        try inContract { folder in
            let cases: [(options: [String], topics: (String, String))] = [
                ([], ("shop_orders", "shop_refunds")),
                ([], ("orders", "refunds")),
                (["--topic-prefix", "test."], ("test.orders", "test.refunds")),
                (["--topic-prefix", ""], ("orders", "refunds")),
                (["--topic-prefix", "test.", "--topic", "orders=legacy"], ("legacy", "test.refunds")),
                // The stated names count before those of the contract.
                (
                    ["--topic", "orders=shop_refunds", "--topic", "refunds=shop_orders"],
                    ("shop_refunds", "shop_orders")
                ),
                (["--topic", "orders=a=b", "--topic-prefix", ""], ("a=b", "refunds")),
            ]
            for (options, (first, second)) in cases {
                expectOrderAndRefund(
                    try Tool.run(
                        ["validate", folder, "--records", "-"] + options, input: records(first, second)))
            }
        }
    }

    @Test("a topic's whole name counts before a key that is the same")
    func nameBeforeKey() throws {
        try inContract { folder in
            let manifest = URL(filePath: folder).appending(path: "topics.yaml")
            let text = try String(contentsOf: manifest, encoding: .utf8)
                .replacing("refunds: {}", with: "shop_orders: {allow: doubled-prefix}")
                .replacing("refunds", with: "shop_orders")
            try Data(text.utf8).write(to: manifest)
            expectOrderAndRefund(
                try Tool.run(
                    "validate", folder, "--records", "-", input: records("shop_orders", "shop_shop_orders")))
        }
    }

    @Test("an unknown topic is named where the message is ambiguous")
    func unknownTopic() throws {
        try inContract { folder in
            let tool = try Tool.run("validate", folder, "--records", "-", input: records("test.orders"))
            #expect(
                tool.errors == """
                    <stdin>:1:32: error: the value may be one of several messages: Order, Refund [invalid-message]
                    <stdin>:1:32: note: the contract has no topic 'test.orders': state its name with --topic-prefix or --topic, or the message with --message

                    """)
        }
    }

    @Test(
        "options that can't be right are usage errors",
        arguments: [
            (["--topic-prefix", "x"], "expected --records with --topic-prefix and --topic: messages have no topic"),
            (["--records", "--topic", "orders"], "expected key=name for --topic, found 'orders'"),
            (["--records", "--topic", "orders="], "expected key=name for --topic, found 'orders='"),
            (["--records", "--topic", "order=x"], "the contract has no topic 'order'; did you mean 'orders'?"),
            (["--records", "--topic", "orders=x", "--topic", "orders=y"], "duplicate --topic 'orders'"),
            (
                ["--records", "--topic", "orders=x", "--topic", "refunds=x"],
                "the topics 'orders' and 'refunds' have the same name 'x'"
            ),
        ])
    func usage(options: [String], message: String) throws {
        try inContract { folder in
            let tool = try Tool.run(["validate", folder, "-"] + options, input: "{}")
            #expect(tool.status == 64)
            #expect(tool.errors.lowercased().contains("error: \(message)\n".lowercased()))
        }
    }
}
