import ContractEvolution
import ContractModel
import JSONTape
import Testing

@Suite("Accepted changes")
struct AcceptanceTests {
    private static let today = CalendarDate(year: 2026, month: 6, day: 1)

    private static func manifest(_ messages: String, _ accepted: String = "") -> String {
        """
        contract: Shop
        version: 1.0.0
        service: shop
        topics:
          orders: {partitions: 6, replication: 1}
        messages:
          \(messages)
        \(accepted)
        """
    }

    private func report(_ accepted: String, schema: String, topics: String = "6") throws -> ChangeReport {
        let message = "Order: {schema: order.schema.json, topic: orders, compatibility: FULL}"
        let old = try version(
            [
                "topics.yaml": Array(Self.manifest(message).utf8),
                "order.schema.json": Array(#"{"type":"object","properties":{"a":{"type":"string"}}}"#.utf8),
            ], "old")
        let manifest = Self.manifest(message, accepted).replacing("partitions: 6", with: "partitions: \(topics)")
        let new = try version(
            ["topics.yaml": Array(manifest.utf8), "order.schema.json": Array(schema.utf8)], "new")
        return ContractComparison.report(old: [old], new: new, today: Self.today)
    }

    private static let required = #"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}"#

    private static func entry(_ rule: String, _ place: String, _ expires: String = "2026-06-01") -> String {
        "accepted_changes: [{rule: \(rule), at: \(place), reason: Everybody knows, expires: \(expires)}]"
    }

    @Test("an accepted break is a warning with its reason, until the day on which it expires")
    func accepted() throws {
        #expect(try report("", schema: Self.required).isBreaking)
        let accepted = try report(Self.entry("property-required", "Order/a"), schema: Self.required)
        #expect(!accepted.isBreaking)
        let change = try #require(accepted.changes.first { $0.rule == .propertyRequired })
        #expect(change.severity == .warning)
        #expect(change.notes.first == "accepted until 2026-06-01: Everybody knows")
        let expired = try report(Self.entry("property-required", "Order/a", "2026-05-31"), schema: Self.required)
        #expect(expired.changes.filter { $0.severity == .error }.map(\.rule).contains(.expiredAcceptance))
        #expect(expired.changes.contains { $0.rule == .propertyRequired && $0.severity == .error })
    }

    @Test(
        "an accepted change that matches no finding is an error",
        arguments: [("property-required", "Order/b"), ("property-removed", "Order/a"), ("no-such-rule", "Order/a")])
    func unused(rule: String, place: String) throws {
        let report = try report(Self.entry(rule, place), schema: Self.required)
        #expect(report.changes.contains { $0.rule == .unusedAcceptance && $0.severity == .error })
        #expect(report.changes.contains { $0.rule == .propertyRequired && $0.severity == .error })
    }

    @Test("each kind of change has a place")
    func places() throws {
        let report = try report("", schema: #"{"type":"object"}"#, topics: "12")
        let places = Dictionary(report.changes.map { ($0.rule, $0.place) }) { first, _ in first }
        #expect(places[.propertyRemoved] == "Order/a")
        #expect(places[.topicPartitions] == "orders")
        #expect(!report.changes.contains { $0.place.isEmpty })
    }
}

@Suite("Alerts compared by meaning")
struct AlertComparisonTests {
    private func changes(_ old: String, _ new: String) throws -> [Change] {
        func contract(_ condition: String, _ label: String) throws -> ContractVersion {
            let manifest = """
                contract: Shop
                version: 1.0.0
                service: shop
                topics:
                  orders: {partitions: 6, replication: 1}
                messages:
                  Order: {schema: order.schema.json, topic: orders}
                metrics:
                  families:
                    shop_messages_total: {type: counter, help: Messages, labels: [topic, status], from: producer.messages}
                alerts:
                  rules:
                    Failing: {\(condition), severity: warning, summary: Failing}
                """
            return try version(
                ["topics.yaml": Array(manifest.utf8), "order.schema.json": Array(#"{"type":"object"}"#.utf8)], label)
        }
        return ContractComparison.report(old: [try contract(old, "old")], new: try contract(new, "new")).changes
    }

    private static func ratio(_ value: String, _ more: String = "where: {status: error}") -> String {
        "error_ratio_above: {of: shop_messages_total, \(more), value: \(value)}"
    }

    @Test("a higher threshold loosens an alert, a lower one does not")
    func thresholds() throws {
        let looser = try changes(Self.ratio("0.05"), Self.ratio("0.5"))
        #expect(looser.map(\.rule) == [.alertCondition])
        #expect(looser.first?.severity == .error)
        #expect(looser.first?.message == "the alert 'Failing' fires less often: its threshold is 0.5, not 0.05")
        let tighter = try changes(Self.ratio("0.05"), Self.ratio("0.01"))
        #expect(tighter.first?.severity == .note)
    }

    @Test("a lower objective allows more errors")
    func objectives() throws {
        func objective(_ percent: String) -> String {
            "objective: {of: shop_messages_total, where: {status: error}, percent: \(percent)}"
        }
        let looser = try changes(objective("99.9"), objective("99"))
        #expect(looser.first?.severity == .error)
        #expect(looser.first?.message.contains("allows more errors") == true)
    }

    @Test("another selection is undecided; another order of matchers or white space is not a change")
    func selections() throws {
        let other = try changes(Self.ratio("0.05"), Self.ratio("0.05", "where: {status: success}"))
        #expect(other.first?.severity == .warning)
        #expect(other.first?.affected == [])
        #expect(
            try changes(
                Self.ratio("0.05", "where: {status: error, topic: a}"),
                Self.ratio("0.05", "where: {topic: a, status: error}")
            ).isEmpty)
        #expect(
            try changes(
                #"expr: "shop_messages_total  > 1""#, #"expr: "shop_messages_total > 1""#
            ).isEmpty)
    }
}
