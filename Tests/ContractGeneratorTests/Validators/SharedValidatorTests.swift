import ContractGenerator
import Testing

/// Where the functions of validators are that several messages use.
@Suite struct SharedValidatorTests {
    private static func files(
        _ schemas: [String: String], messages: [String: String] = [:]
    ) throws -> [String: String] {
        var manifest = """
            contract: Shop
            version: 1.0.0
            service: shop
            topics: {orders: {partitions: 1, replication: 1}, bills: {partitions: 1, replication: 1}}
            messages:

            """
        for (name, topic) in [("Order", "orders"), ("Bill", "bills")] {
            let options = messages[name].map { ", " + $0 } ?? ""
            manifest += "  \(name): {schema: \(name.lowercased()).schema.json, topic: \(topic)\(options)}\n"
        }
        let sources = schemas.merging(["topics.yaml": manifest]) { $1 }
        let generated = try Contracts.inFolder(sources) { try Contracts.generate(try Contracts.compile($0)) }
        return Dictionary(uniqueKeysWithValues: generated.map { ($0.name, $0.contents) })
    }

    private static let address = """
        {"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}, "zip": {"pattern": "^[0-9]+$"}}}
        """

    private static func message(_ name: String, _ address: String) -> String {
        #"{"type": "object", "required": ["\#(name)"], "properties": {"\#(name)": \#(address)}}"#
    }

    @Test(
        "a schema that two messages refer to, or both contain, is one function of the contract",
        arguments: [#"{"$ref": "address.schema.json"}"#, SharedValidatorTests.address])
    func sharesAcrossMessages(address: String) throws {
        let files = try Self.files([
            "order.schema.json": Self.message("from", address), "bill.schema.json": Self.message("to", address),
            "address.schema.json": Self.address,
        ])
        let contract = try #require(files["contract.validation.swift"])
        #expect(contract.matches(of: /static func check\w*\(/).count == 1)
        let call = try #require(contract.firstMatch(of: /static func (check\w*)\(/)).output.1
        for name in ["order.coding.swift", "bill.coding.swift"] {
            let validator = try #require(files[name])
            #expect(validator.contains("Shop.Validators.\(call)(tape, value)"))
            #expect(validator.matches(of: /static func check\w*\(/).count == 1)
        }
        #expect(contract.contains("static let pattern = ") || contract.contains("isMatch("))
    }

    @Test("a schema of one message stays in that message's file")
    func keepsOwnSchemas() throws {
        let files = try Self.files([
            "order.schema.json": Self.message("from", Self.address),
            "bill.schema.json": Self.message("total", #"{"type": "object", "required": ["amount"]}"#),
        ])
        #expect(try !#require(files["contract.validation.swift"]).contains("func check"))
        #expect(try #require(files["order.coding.swift"]).contains("private static func checkFrom("))
    }

    @Test("an enum that is open for one message has its own function")
    func tellsOpenEnumsApart() throws {
        let files = try Self.files(
            [
                "order.schema.json": Self.message("state", #"{"$ref": "state.schema.json"}"#),
                "bill.schema.json": Self.message("state", #"{"$ref": "state.schema.json"}"#),
                "state.schema.json": #"{"type": "string", "enum": ["open", "closed"]}"#,
            ], messages: ["Order": "open_enums: [/state]"])
        let order = try #require(files["order.coding.swift"])
        let bill = try #require(files["bill.coding.swift"])
        #expect(order.contains("allowsUnknownValues && tape.kind(at: node) == .string"))
        #expect(bill.matches(of: /allowsUnknownValues/).count == 1)
    }
}
