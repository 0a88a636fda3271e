import ContractGenerator
import Foundation
import Testing

/// Code for objects of many members and enums of many values.
@Suite struct WideCodeTests {
    private static let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/Wide").path

    @Test("no function grows with the number of members, values or events")
    func shortFunctions() throws {
        let files = try Contracts.generate(try Contracts.compile(Self.fixture))
        for name in ["wide.coding.swift", "wide.validation.swift", "contract.metrics.swift"] {
            let code = try #require(files.first { $0.name == name }).contents
            let switches = code.components(separatedBy: "switch ").dropFirst().map { text in
                text.components(separatedBy: "}").first?.components(separatedBy: "\n").count { $0.contains("case ") }
                    ?? 0
            }
            #expect(code.contains("NameTable(") && switches.allSatisfy { $0 <= 32 }, "\(name): \(switches)")
        }
    }
}

/// The label `rule` of `producer.invalid`.
@Suite struct ValidationRuleLabelTests {
    @Test("its values are the keywords that a message can violate, not properties of their names")
    func keywords() throws {
        let manifest = """
            contract: Shop
            version: 1.0.0
            service: shop
            topics: {orders: {partitions: 1, replication: 1}}
            messages:
              Order:
                schema: order.schema.json
                topic: orders
                discriminator: /kind
                events: {made: {fixed: {/pattern: a}}}
            metrics:
              families:
                invalid_total: {type: counter, help: Invalid, from: producer.invalid, labels: [message, rule]}
            """
        let schema = """
            {"type": "object", "required": ["kind"], "properties": {
              "kind": {"type": "string", "enum": ["made"]}, "pattern": {"type": "string", "minLength": 0},
              "uniqueItems": {"type": "object", "properties": {"maximum": {"type": "integer", "minimum": 1}}},
              "note": {"type": "string", "default": "format"}}}
            """
        let files = try Contracts.inFolder(["topics.yaml": manifest, "order.schema.json": schema]) {
            try Contracts.generate(try Contracts.compile($0))
        }
        let metrics = try #require(files.first { $0.name == "contract.metrics.swift" }).contents
        let label = try #require(metrics.components(separatedBy: "enum RuleLabel").last)
        let texts = label.components(separatedBy: "texts = [").last?.components(separatedBy: "]").first ?? ""
        #expect(
            texts.matches(of: /"(.+)"/).map { String($0.output.1) }
                == ["enum", "fixed", "minimum", "required", "type", "other"])
    }
}
