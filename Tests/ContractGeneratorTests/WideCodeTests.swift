import ContractGenerator
import Foundation
import Testing

/// Code for objects of many members and enums of many values.
@Suite struct WideCodeTests {
    private static let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/Wide").path

    @Test("no function grows with the number of members, values or events")
    func shortFunctions() throws {
        let files = try Contracts.generate(try Contracts.compile(Self.fixture))
        for name in ["wide.coding.swift", "contract.metrics.swift"] {
            let code = try #require(files.first { $0.name == name }).contents
            let switches = code.components(separatedBy: "switch ").dropFirst().map { text in
                text.components(separatedBy: "}").first?.components(separatedBy: "\n").count { $0.contains("case ") }
                    ?? 0
            }
            #expect(code.contains("NameTable(") && switches.allSatisfy { $0 <= 32 }, "\(name): \(switches)")
        }
    }

    @Test("no initializer assigns many properties")
    func shortInitializers() throws {
        let files = try Contracts.generate(try Contracts.compile(Self.fixture))
        for name in ["wide.schema.swift", "wide.coding.swift"] {
            let code = try #require(files.first { $0.name == name }).contents
            let assignments = code.components(separatedBy: "init(").map { text in
                text.components(separatedBy: "\n").count { $0.contains(/self\.\w+ =/) }
            }
            #expect(assignments.allSatisfy { $0 <= 32 }, "\(name): \(assignments)")
        }
    }
}

/// Label types of many values.
@Suite struct WideLabelTests {
    @Test("the values are listed in short arrays, in the order of the cases")
    func texts() throws {
        let values = (0..<70).map { "v\($0)" }
        let manifest = """
            contract: Wide
            version: 1.0.0
            service: wide
            topics: {wide: {partitions: 1, replication: 1}}
            messages: {Message1: {schema: wide.schema.json, topic: wide, discriminator: /kind, events: {made: }}}
            metrics: {families: {wide_total: {type: counter, help: W, labels: {value: [texts1, \(values.joined(separator: ", "))]}}}}
            """
        let schema = """
            {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string", "enum": ["made"]}}}
            """
        let files = try Contracts.inFolder(["topics.yaml": manifest, "wide.schema.json": schema]) {
            try Contracts.generate(try Contracts.compile($0))
        }
        let metrics = try #require(files.first { $0.name == "contract.metrics.swift" }).contents
        let arrays = metrics.matches(of: /let (\w+) = \[([^\]]*)\](.*)/).map(\.output)
        #expect(arrays.map { String($0.1) } == ["texts", "texts0", "labelTexts1", "texts2"])
        #expect(arrays[0].2.split(separator: ",").count == 3 && arrays[0].3 == ".flatMap(\\.self)")
        let listed = arrays.dropFirst().flatMap { $0.2.matches(of: /"(\w+)"/).map { String($0.output.1) } }
        #expect(listed == ["texts1"] + values)
    }
}

/// Enums with the names of an optional's own cases.
@Suite struct OptionalEnumTests {
    @Test("an optional enum with a value 'none' is compared and switched over without a warning")
    func none() throws {
        let manifest = """
            contract: Shop
            version: 1.0.0
            service: shop
            topics: {orders: {partitions: 1, replication: 1}}
            messages: {Order: {schema: order.schema.json, topic: orders, discriminator: /kind, events: {made: }}}
            """
        let schema = """
            {"type": "object", "required": ["kind"], "properties": {
              "kind": {"type": "string", "enum": ["made"]}, "gift": {"type": "string", "enum": ["none", "some", "wrapped"]}}}
            """
        let files = try Contracts.inFolder(["topics.yaml": manifest, "order.schema.json": schema]) {
            try Contracts.generate(try Contracts.compile($0))
        }
        var sources = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.contents) })
        sources["main.swift"] = """
            let order = Order(gift: .noneValue)
            guard order.gift == .noneValue, order.gift != .none, Order().gift == .none else { fatalError("compared") }
            switch order.gift {
            case .noneValue: break
            case .someValue, .wrapped, nil: fatalError("switched")
            }
            """
        let outcome = try SwiftCompiler.runProgram(sources)
        #expect(outcome.isSound, "\(outcome.text.prefix(4000))")
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
            texts.matches(of: /"([^"]+)"/).map { String($0.output.1) }
                == ["enum", "fixed", "minimum", "required", "type", "other"])
    }
}
