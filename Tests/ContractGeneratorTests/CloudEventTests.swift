import ContractExchange
import ContractGenerator
import ContractModel
import EventContracts
import SchemaCompiler
import SchemaPlan
import Testing

@Suite struct CloudEventTests {
    private static let schema = """
        {"type": "object", "properties": {
          "specversion": {"type": "string"}, "id": {"type": "string"}, "source": {"type": "string"},
          "type": {"enum": ["order.placed", "order.shipped"]}, "time": {"type": "string", "format": "date-time"},
          "data": {"type": "object"}},
         "required": ["specversion", "id", "source", "type"]}
        """

    private static func manifest(_ message: String) -> String {
        """
        contract: Shop
        version: 1.0.0
        service: shop
        topics: {orders: {partitions: 1, replication: 1}}
        messages:
          OrderEvent: {schema: order.schema.json, topic: orders, \(message)}
        """
    }

    private static func events(_ message: String, schema: String = schema) throws -> String {
        let files = ["topics.yaml": manifest(message), "order.schema.json": schema]
        let generated = try Contracts.inFolder(files) { try Contracts.generate(try Contracts.compile($0)) }
        return generated.filter { $0.name.hasPrefix("order.") }.map(\.contents).joined()
    }

    @Test("in structured mode, the envelope fills the attributes, and type names the event")
    func structured() throws {
        let text = try Self.events("envelope: cloudevents")
        for line in [
            "message.id = stamp.id.text", "message.source = stamp.service", "message.specversion = \"1.0\"",
            "message.time = stamp.now", "JSONPointer(tokens: [\"type\"])",
            "headers.append(name: \"content-type\", constant: \"application/cloudevents+json\")",
            "static func shipped(", "isValidByConstruction = false",
        ] { #expect(text.contains(line), "\(line)") }
        #expect(!text.contains("hasStampedHeaders"))
    }

    @Test("the manifest's rules and the schema's constants take precedence over those of CloudEvents")
    func ownRules() throws {
        let schema = Self.schema.replacing(
            #""specversion": {"type": "string"}"#, with: #""specversion": {"const": "1.0"}"#)
        let text = try Self.events("envelope: {cloudevents: structured, /source: \"/shop/{service}\"}", schema: schema)
        #expect(text.contains(#"message.source = String(stamped: "/shop/\(stamp.service)")"#))
        #expect(!text.contains("message.source = stamp.service"))
        #expect(!text.contains("message.specversion"))
    }

    @Test("in binary mode, headers have the attributes, and readers find the message by ce_type")
    func binary() throws {
        let text = try Self.events(
            "envelope: {cloudevents: binary}, discriminator: /type, headers: {ce_source: /shop}")
        for line in [
            #"MessageIdentification.header("ce_type", values: ["order.placed", "order.shipped"])"#,
            #"headers.append(name: "ce_source", constant: "/shop")"#,
            #"headers.append(name: "ce_specversion", constant: "1.0")"#,
            #"headers.append(name: "ce_type", value: messageType.rawValue)"#,
            #"headers.append(name: "ce_id", value: "\(stamp.id)")"#,
            #"headers.append(name: "ce_time", value: "\(stamp.now)")"#,
            #"headers.append(name: "content-type", constant: "application/json")"#, "hasStampedHeaders = true",
        ] { #expect(text.contains(line), "\(line)") }
    }

    @Test(
        "events are validated by the rules of CloudEvents besides their schema",
        arguments: [
            (##"{"specversion": "1.0", "id": "1", "source": "/a", "type": "order.placed"}"##, []),
            (##"{"specversion": "0.3", "id": "1", "source": "/a", "type": "order.placed"}"##, ["/specversion"]),
            (##"{"specversion": "1.0", "id": "", "source": "a b", "type": "order.placed"}"##, ["/id", "/source"]),
            (##"{"specversion": "1.0", "id": "1", "source": "/a", "type": "order.placed", "Own": "x"}"##, ["/Own"]),
            (##"{"specversion": "1.0", "id": "1", "source": "/a", "type": "order.placed", "own": [1]}"##, ["/own"]),
            (
                ##"{"specversion": "1.0", "id": "1", "source": "/a", "type": "order.placed", "data": {}, "data_base64": ""}"##,
                [""]
            ),
        ])
    func rules(event: String, places: [String]) throws {
        let files = ["topics.yaml": Self.manifest("envelope: cloudevents"), "order.schema.json": Self.schema]
        let contract = try Contracts.inFolder(files) { try Contracts.compile($0) }
        let tape = try JSONTape(parsing: Array(event.utf8))
        let failures = try #require(MessageInterpreter.all(of: contract).first).failures(in: tape)
        #expect(failures.map(\.instanceLocation.description) == places)
    }

    @Test("a schema without a required attribute, or with invalid names, is an error at its place")
    func faults() throws {
        let schema = Self.schema.replacing(#""id", "source""#, with: #""source""#)
            .replacing(#""time":"#, with: #""eventTime":"#)
        let files = ["topics.yaml": Self.manifest("envelope: cloudevents"), "order.schema.json": schema]
        let text = try Contracts.inFolder(files) { path in
            var diagnostics = Diagnostics()
            let contract = try #require(ContractReader.read(path, diagnostics: &diagnostics))
            _ = ContractCompiler.compile(contract, diagnostics: &diagnostics)
            return diagnostics.sorted.map(\.message)
        }
        #expect(
            text == [
                "invalid name 'eventTime' of a CloudEvent's attribute",
                "order.schema.json does not require 'id', which every CloudEvent has",
            ])
    }

    @Test("events of both modes are sent, and identified by type and ce_type")
    func roundTrip() throws {
        let files = [
            "topics.yaml": Self.manifest("envelope: cloudevents")
                + "\n  Payment: {schema: payment.schema.json, topic: orders, envelope: {cloudevents: binary}}",
            "order.schema.json": Self.schema,
            "payment.schema.json":
                #"{"type": "object", "properties": {"amount": {"type": "integer"}}, "required": ["amount"]}"#,
        ]
        let generated = try Contracts.inFolder(files) { try Contracts.generate(try Contracts.compile($0)) }
        var sources = Dictionary(uniqueKeysWithValues: generated.map { ($0.name, $0.contents) })
        sources["main.swift"] = """
            import EventContracts

            let transport = InMemoryTransport()
            let producer = Producer(
                transport: transport, contracts: [Shop.self],
                context: MessageContext(service: "shop", makeID: { "id-1" }))
            try await producer.start()
            try await producer.send(OrderEvent.shipped())
            try await producer.send(Payment.draft(amount: 5))
            await producer.shutdown()
            var found: [String] = []
            for record in transport.records.map(\\.record) {
                let headers = Dictionary(uniqueKeysWithValues: record.headers.map { ($0.name, String(decoding: $0.value, as: UTF8.self)) })
                switch try Shop.read(record.value ?? [], headers: record.headers) {
                case .orderEvent(let event):
                    found.append("\\(event.type.rawValue) \\(event.id) \\(event.source) \\(event.specversion)")
                    precondition(event.time != nil)
                    precondition(headers == ["content-type": "application/cloudevents+json"])
                case .payment(let payment):
                    found.append("payment \\(payment.amount)")
                    precondition(headers["ce_id"] == "id-1" && headers["ce_source"] == "shop")
                    precondition(headers["ce_type"] == "Payment" && headers["ce_time"]?.isEmpty == false)
                case .unknownEvent: found.append("unknown")
                }
            }
            precondition(found == ["order.shipped id-1 shop 1.0", "payment 5"], "\\(found)")
            """
        let outcome = try SwiftCompiler.runProgram(sources)
        #expect(outcome.isSound, "\(outcome.text.prefix(4000))")
    }
}
