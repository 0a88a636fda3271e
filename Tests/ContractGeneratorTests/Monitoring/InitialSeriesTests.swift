import ContractModel
import ContractPipeline
import MetricsCompiler
import MonitoringCompiler
import SchemaCompiler
import Testing

/// Series of families from messages that exist before anything has happened.
@Suite("Series from the start")
struct InitialSeriesTests {
    private static let manifest = """
        contract: Shop
        version: 1.0.0
        service: shop
        topics:
          orders: {partitions: 1, replication: 1}
          others: {partitions: 1, replication: 1}
        messages:
          OrderMessage:
            schema: order.schema.json
            topic: orders
            discriminator: /type
            events:
              placed: {fixed: {/status: open}, forbids: [/reason]}
              paid: {fixed: {/status: open}, forbids: [/reason]}
              cancelled: {fixed: {/status: closed}, requires: [/reason]}
              changed:
          OtherMessage: {schema: order.schema.json, topic: others, discriminator: /type}
        metrics:
          families:
            shop_orders_total:

        """

    private static let schema = """
        {"type": "object", "required": ["type", "status"], "properties": {
          "type": {"enum": ["placed", "paid", "cancelled", "changed"]}, "status": {"enum": ["open", "closed", "lost"]},
          "reason": {"enum": ["late", "dear"]}}}
        """

    struct Case: CustomTestStringConvertible {
        var family: String
        /// The values of each label, for each group.
        var groups: [[[String]?]]?
        var count: Int

        var testDescription: String { family }
    }

    static let cases = [
        // Each event with the statuses that it can have: 1 + 1 + 1 + 3.
        Case(
            family: "labels: {event: event, status: {property: /status}}",
            groups: [[["placed", "paid"], ["open"]], [["cancelled"], ["closed"]], [["changed"], nil]], count: 6),
        Case(
            family: "events: [placed, cancelled], labels: {status: {property: /status}}",
            groups: [[["open"]], [["closed"]]], count: 2),
        // A forbidden reason is counted as other, and a required one never.
        Case(
            family: "events: [placed, cancelled], labels: {reason: {property: /reason}}",
            groups: [[["other"]], [["late", "dear"]]], count: 3),
        // The message has one topic of the two.
        Case(family: "labels: [topic]", groups: [[["orders"]]], count: 1),
        Case(family: "events: [changed], labels: {status: {property: /status}}", groups: nil, count: 3),
        Case(family: "labels: [event]", groups: nil, count: 4),
    ]

    @Test("a family starts the series that its events make happen, and no others", arguments: cases)
    func groups(expected: Case) throws {
        let manifest =
            Self.manifest
            + "      {type: counter, help: Orders, from: OrderMessage, \(expected.family)}\n"
        try Contracts.inFolder(["topics.yaml": manifest, "order.schema.json": Self.schema]) {
            var diagnostics = Diagnostics()
            let checked = CheckedContract(at: "\($0)/topics.yaml", diagnostics: &diagnostics)
            #expect(diagnostics.sorted.map(\.message) == [])
            let family = try #require(checked?.monitoring.metrics?["shop_orders_total"])
            #expect(family.initialGroups?.map(\.values) == expected.groups)
            #expect(family.initialSeries == expected.count)
        }
    }
}
