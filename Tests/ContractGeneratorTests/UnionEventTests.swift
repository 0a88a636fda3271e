import ContractGenerator
import Testing

/// Messages whose discriminator is in the cases of a union: each case has events of its own.
@Suite struct UnionEventTests {
    /// The message itself is the union.
    private static let orders = [
        "topics.yaml": """
        contract: Shop
        version: 1.0.0
        service: shop
        topics: {orders: {partitions: 2, replication: 1}}
        messages:
          OrderMessage:
            schema: order.schema.json
            topic: orders
            key: /order_id
            discriminator: /type
            envelope:
              /id: "order-{order_id}-{id}"
              /time: "{now}"
            headers: {kind: "{event}"}
            events:
              order.placed: {fixed: {/channel: web}}
              order.shipped: {requires: [/code]}
              order.cancelled: {forbids: [/note]}
              order.refunded: {requires: [/note]}
        """,
        "order.schema.json": ##"""
        {"$schema": "https://json-schema.org/draft/2020-12/schema",
         "oneOf": [
          {"title": "Placed", "type": "object", "required": ["id", "time", "type", "order_id", "lines"], "properties": {
            "id": {"type": "string"}, "time": {"type": "string", "format": "date-time"},
            "type": {"const": "order.placed"}, "order_id": {"type": "string"}, "channel": {"enum": ["web", "shop"]},
            "lines": {"type": "array", "items": {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}}}}}},
          {"$ref": "#/$defs/shipped"},
          {"type": "object", "required": ["id", "time", "type", "order_id"], "properties": {
            "id": {"type": "string"}, "time": {"type": "string", "format": "date-time"},
            "type": {"enum": ["order.cancelled", "order.refunded"]}, "order_id": {"type": "string"}, "note": {"type": "string"}}}
         ],
         "$defs": {"shipped": {"type": "object", "required": ["id", "time", "type", "order_id"], "properties": {
            "id": {"type": "string"}, "time": {"type": "string", "format": "date-time"},
            "type": {"const": "order.shipped"}, "order_id": {"type": "string"}, "code": {"type": "string"}}}}}
        """##,
    ]

    /// The payload is the union.
    private static let payments = [
        "topics.yaml": """
        contract: Pay
        version: 1.0.0
        service: pay
        topics: {payments: {partitions: 2, replication: 1}}
        messages:
          PaymentMessage:
            schema: payment.schema.json
            topic: payments
            key: /payload/payment_id
            discriminator: /payload/kind
            envelope:
              /metadata/id: "{id}-{payload.payment_id}"
              /payload/at: "{now}"
            events:
              card: {fixed: {/payload/network: visa}}
              bank: {requires: [/payload/iban]}
        """,
        "payment.schema.json": """
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["metadata", "payload"],
         "properties": {
          "metadata": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "trace": {"type": "string"}}},
          "payload": {"oneOf": [
           {"type": "object", "required": ["kind", "payment_id", "at"], "properties": {"kind": {"const": "card"}, "payment_id": {"type": "string"}, "network": {"type": "string"}, "at": {"type": "string", "format": "date-time"}}},
           {"type": "object", "required": ["kind", "payment_id"], "properties": {"kind": {"const": "bank"}, "payment_id": {"type": "string"}, "iban": {"type": ["string", "null"]}, "at": {"type": "string"}}}
          ]}}}
        """,
    ]

    /// A CloudEvent whose data depends on its type.
    private static let cloud = [
        "topics.yaml": """
        contract: Cloud
        version: 1.0.0
        service: cloud
        topics: {events: {partitions: 2, replication: 1}}
        messages:
          CloudMessage: {schema: cloud.schema.json, topic: events, envelope: cloudevents}
        """,
        "cloud.schema.json": ##"""
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
         "required": ["id", "source", "specversion", "type", "data"],
         "properties": {"id": {"type": "string"}, "source": {"type": "string"}, "specversion": {"const": "1.0"}, "type": {"type": "string"}, "time": {"type": "string", "format": "date-time"}},
         "oneOf": [
          {"properties": {"type": {"const": "com.shop.created"}, "data": {"$ref": "#/$defs/Created"}}},
          {"properties": {"type": {"const": "com.shop.deleted"}, "data": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}}}],
         "$defs": {"Created": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}}}
        """##,
    ]

    private static func sources(_ contracts: [[String: String]]) throws -> [String: String] {
        var sources: [String: String] = [:]
        for (index, files) in contracts.enumerated() {
            for file in try Contracts.inFolder(files, { try Contracts.generate(try Contracts.compile($0)) }) {
                sources["c\(index).\(file.name)"] = file.contents
            }
        }
        return sources
    }

    @Test("factories make the case of their event, whose envelope is filled, and readers check the rules of events")
    func roundTrip() throws {
        var sources = try Self.sources([Self.orders, Self.payments, Self.cloud])
        sources["main.swift"] = """
            import EventContracts

            let transport = InMemoryTransport()
            let producer = Producer(
                transport: transport, contracts: [Shop.self, Pay.self, Cloud.self],
                context: MessageContext(service: "s", makeID: { "1" }))
            try await producer.start()
            try await producer.send(OrderMessage.placed(orderID: "a", lines: [.init(sku: "x")]))
            try await producer.send(OrderMessage.shipped(orderID: "a", code: "c"))
            try await producer.send(OrderMessage.cancelled(orderID: "a"))
            try await producer.send(OrderMessage.refunded(orderID: "a", note: "n"))
            try await producer.send(PaymentMessage.card(paymentID: "p"))
            try await producer.send(PaymentMessage.bank(paymentID: "p", iban: "i", trace: "t"))
            try await producer.send(CloudMessage.shopCreated(name: "n"))
            try await producer.send(CloudMessage.shopDeleted(id: 7))
            await producer.shutdown()
            var found: [String] = []
            for record in transport.records.map(\\.record) {
                let value = record.value ?? []
                let key = record.key.map { String(decoding: $0, as: UTF8.self) } ?? "-"
                switch record.topic {
                case "orders":
                    guard case .orderMessage(let order) = try Shop.read(value) else { fatalError() }
                    precondition(order.id == "order-a-1" && order.time > Timestamp(secondsSince1970: 0))
                    found.append("\\(order.messageType.rawValue) \\(key)")
                    switch order {
                    case .placed(let placed): precondition(placed.channel == .web && placed.lines[0].sku == "x")
                    case .shipped(let shipped): precondition(shipped.code == "c")
                    case .orderCancelledOrOrderRefunded(let other): found.append("\\(other.note ?? "-")")
                    }
                case "payments":
                    guard case .paymentMessage(let payment) = try Pay.read(value) else { fatalError() }
                    precondition(payment.metadata.id == "1-p")
                    found.append("\\(payment.messageType.rawValue) \\(key)")
                    switch payment.payload {
                    case .card(let card): precondition(card.network == "visa" && card.at > Timestamp(secondsSince1970: 0))
                    case .bank(let bank): precondition(bank.iban == .value("i") && bank.at?.isEmpty == false)
                    }
                default:
                    guard case .cloudMessage(let event) = try Cloud.read(value) else { fatalError() }
                    precondition(event.id == "1" && event.source == "s")
                    found.append(event.messageType.rawValue)
                }
            }
            precondition(
                found == [
                    "order.placed a", "order.shipped a", "order.cancelled a", "-", "order.refunded a", "n", "card p",
                    "bank p", "com.shop.created", "com.shop.deleted",
                ], "\\(found)")

            func isValid(_ more: String) -> Bool {
                let text = "{\\"id\\": \\"i\\", \\"time\\": \\"2026-01-01T00:00:00Z\\", \\"order_id\\": \\"a\\", \\(more)}"
                return (try? OrderMessage(validating: Array(text.utf8))) != nil
            }
            precondition(isValid("\\"type\\": \\"order.shipped\\", \\"code\\": \\"c\\""))
            precondition(!isValid("\\"type\\": \\"order.shipped\\""))
            precondition(!isValid("\\"type\\": \\"order.cancelled\\", \\"note\\": \\"n\\""))
            precondition(!isValid("\\"type\\": \\"order.placed\\", \\"lines\\": [], \\"channel\\": \\"shop\\""))
            if case .unknownEvent(let event) = try Shop.read(Array("{\\"type\\": \\"order.lost\\"}".utf8)) {
                precondition(event.name == "order.lost")
            } else {
                fatalError()
            }
            """
        let outcome = try SwiftCompiler.runProgram(sources)
        #expect(outcome.isSound, "\(outcome.text.prefix(4000))")
    }
}
