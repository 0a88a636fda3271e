import ContractGenerator
import Testing

/// The arguments of factories: of all that an event may carry, and of nothing that the event or the producer settles.
@Suite struct FactoryTests {
    private static let metadata = """
        {"type": "object", "properties": {
          "id": {"type": "string"}, "kind": {"enum": ["order.placed", "order.shipped"]},
          "tenant": {"type": "string"}, "host": {"type": "string"}},
         "required": ["id", "kind", "tenant"]}
        """

    private static func sources(order: String, shipped: String = "") throws -> [String: String] {
        let files = [
            "topics.yaml": """
            contract: Shop
            version: 1.0.0
            service: shop
            topics: {orders: {partitions: 1, replication: 1}}
            messages:
              OrderMessage:
                schema: order.schema.json
                topic: orders
                discriminator: /metadata/kind
                envelope: {/metadata/id: "{id}"}
                events: {order.placed: {}, order.shipped: {\(shipped)}}
            """,
            "order.schema.json": order, "metadata.schema.json": metadata,
        ]
        let generated = try Contracts.inFolder(files) { try Contracts.generate(try Contracts.compile($0)) }
        return Dictionary(uniqueKeysWithValues: generated.map { ($0.name, $0.contents) })
    }

    private static let use = """
        import EventContracts
        func use(_ producer: Producer) async throws {
            try await producer.send(OrderMessage.placed(tenant: "t", order: "1", host: "h"))
            try await producer.send(OrderMessage.shipped(tenant: "t"))
        }

        """

    @Test(
        "have no argument for what the envelope fills in a shared object",
        arguments: [
            ##"{"$ref": "metadata.schema.json"}"##, ##"{"$ref": "#/$defs/Metadata"}"##,
            ##"{"allOf": [{"$ref": "metadata.schema.json"}, {"description": "d"}]}"##,
        ])
    func sharedEnvelope(metadata: String) throws {
        var sources = try Self.sources(
            order: """
                {"type": "object", "properties": {"metadata": \(metadata), "order": {"type": "string"}},
                 "required": ["metadata"], "$defs": {"Metadata": {"$ref": "metadata.schema.json"}}}
                """)
        sources["use.swift"] = Self.use
        let outcome = try SwiftCompiler.typecheck(sources)
        #expect(outcome.isSound, "\(outcome.text.prefix(2000))")
    }

    @Test("take null or a value for a nullable property that an event requires")
    func requiredNullable() throws {
        var sources = try Self.sources(
            order: """
                {"type": "object", "properties": {
                  "metadata": {"$ref": "metadata.schema.json"}, "code": {"type": ["string", "null"]},
                  "parts": {"type": ["array", "null"], "items": {"type": "integer"}}}, "required": ["metadata"]}
                """, shipped: "requires: [/code, /parts]")
        sources["use.swift"] = """
            import EventContracts
            func use(_ producer: Producer, _ code: String?) async throws {
                try await producer.send(OrderMessage.shipped(code: code, parts: nil, tenant: "t"))
                try await producer.send(OrderMessage.shipped(code: "T", parts: [1], tenant: "t"))
                try await producer.send(OrderMessage.placed(tenant: "t", code: .null, parts: .absent))
            }

            """
        let outcome = try SwiftCompiler.typecheck(sources)
        #expect(outcome.isSound, "\(outcome.text.prefix(2000))")
        #expect(sources["order.schema.swift"]?.contains("code: Nullable(orNull: code)") == true)
    }
}
