import ContractEvolution
import ContractModel
import Testing

/// The changes of events that a discriminator names, in messages of few events and of many.
@Suite
struct EventRuleTests {
    /// A contract of one message with some events, each with its rules.
    private func contract(_ events: [(name: String, rules: String)], _ label: String) throws -> ContractVersion {
        let list = events.map { "\($0.name): \($0.rules)" }.joined(separator: ", ")
        let manifest = """
            contract: Shop
            version: 1.0.0
            service: shop
            topics: {orders: {partitions: 1, replication: 1}}
            messages:
              Order:
                schema: order.schema.json
                topic: orders
                discriminator: /meta/type
                compatibility: FULL
                \(events.isEmpty ? "" : "events: {\(list)}")
            """
        let schema = #"""
            {"type": "object", "required": ["meta"], "properties": {
               "meta": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}},
               "a": {"type": "string"}, "b": {"type": "string"}}}
            """#
        return try version(["topics.yaml": Array(manifest.utf8), "order.schema.json": Array(schema.utf8)], label)
    }

    private func changes(
        _ old: [(name: String, rules: String)], _ new: [(name: String, rules: String)]
    ) throws -> [Change] {
        ContractComparison.report(old: [try contract(old, "old")], new: try contract(new, "new")).changes
    }

    @Test
    func eachOfManyChangedRulesBreaksItsOwnEvent() throws {
        let events = (0..<400).map { (name: "e\($0)", rules: "{requires: [/a]}") }
        let changed = events.enumerated().map { $0 % 50 == 7 ? ($1.name, "{requires: [/b]}") : $1 }
        let changes = try changes(events, changed)
        #expect(changes.map(\.place) == stride(from: 7, to: 400, by: 50).map { "Order:e\($0)" })
        for change in changes {
            #expect(change.rule == .eventRule && change.affected.isSuperset(of: [.readers, .data]))
            let name = String(change.place.dropFirst("Order:".count))
            #expect(change.counterexamples[.data]?.text == #"{"meta":{"type":"\#(name)"},"a":""}"#)
            #expect(change.counterexamples[.readers]?.text == #"{"meta":{"type":"\#(name)"},"b":""}"#)
        }
    }

    @Test
    func eventsWithoutRulesAreNotOpenToOthers() throws {
        let old = [("placed", "{requires: [/a]}"), ("paid", "{}"), ("sent", "{}")]
        let changes = try changes(old, [old[0], old[2]])
        #expect(changes.map(\.rule) == [.eventRemoved])
        #expect(changes[0].counterexamples[.data]?.text == #"{"meta":{"type":"paid"}}"#)
        #expect(changes[0].counterexamples[.readers] == nil)
    }

    @Test
    func theOnlyEventOfAListCanBeReplaced() throws {
        let changes = try changes([("placed", "{}")], [("paid", "{}")])
        #expect(changes.map(\.rule) == [.eventAdded, .eventRemoved])
        #expect(changes[0].counterexamples[.readers]?.text == #"{"meta":{"type":"paid"}}"#)
        #expect(changes[1].counterexamples[.data]?.text == #"{"meta":{"type":"placed"}}"#)
    }

    @Test
    func aListOfEventsAllowsNoOthers() throws {
        let changes = try changes([], [("placed", "{requires: [/a]}"), ("paid", "{requires: [/b]}")])
        #expect(changes.map(\.rule) == [.eventAdded, .eventAdded])
        #expect(changes.allSatisfy { $0.counterexamples[.data]?.text == #"{"meta":{"type":""}}"# })
    }
}
