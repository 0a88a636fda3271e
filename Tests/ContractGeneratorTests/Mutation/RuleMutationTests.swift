import ContractModel
import MonitoringCompiler
import Testing

/// A test that passes whatever the rule says proves nothing: each rule is changed in every way that a mistake is likely
/// to take, and the tests that are generated with it must notice.
@Suite("Generated tests detect faulty rules")
struct RuleMutationTests {
    struct Rule: Sendable, CustomTestStringConvertible {
        var alert: CompiledAlert
        var recordings: [RecordingRule]
        var testDescription: String { alert.name }
    }

    /// Those of the platform, and every intent.
    static let rules: [Rule] = {
        let shop = try? Contracts.inFolder([
            "topics.yaml": MonitoringTests.manifest, "order.schema.json": MonitoringTests.schema,
        ]) {
            try Contracts.compile($0)
        }
        return [try? Contracts.tda(), shop].compactMap(\.self).flatMap { contract in
            var diagnostics = Diagnostics()
            let alerts = CompiledMonitoring(contract, diagnostics: &diagnostics).alerts
            return (alerts?.alerts ?? []).map { alert in
                Rule(
                    alert: alert,
                    recordings: (alerts?.recordings ?? []).filter { alert.expression.text.contains($0.name + " ") })
            }
        }
    }()

    @Test("each mutant of a rule fails a test", arguments: rules)
    func mutants(of rule: Rule) throws {
        let mutants = try rule.alert.mutants(rule.recordings)
        let judge = MutantJudge(alert: rule.alert, recordings: rule.recordings, mutants: mutants)
        let killed = try judge.killed()
        #expect(!killed.contains(mutants.count), "the rule itself fails its tests")
        for (index, mutant) in mutants.enumerated() {
            let reason = Self.equivalents.first { $0.alert == rule.alert.name && mutant.change.contains($0.change) }
            #expect(
                killed.contains(index) == (reason == nil), "\(mutant.change): \(reason?.reason ?? "no test notices")")
        }
    }

    /// Mutants that no series could tell from the rule, or none that promtool evaluates.
    private static let equivalents: [(alert: String, change: String, reason: String)] = [
        ("TDATopicSilentJobs", "no topic in increase", sides), ("TDATopicSilentJobs", "no topic in count", sides),
        ("ShopTopicSilentOrders", "no topic in increase", sides), ("ShopTopicSilentOrders", "no topic in count", sides),
        ("Down", "no component", "the label has one value"),
        ("Failing", "for shop_messages_total[", anyError), ("Failing", "irate(shop_messages_total[", anyError),
        ("SlowByTopic", "0.2 is", oneBucket), ("SlowByTopic", "0.99 is 0.891", oneBucket),
        ("MostlyFailing", "for 30.0 seconds is 60.0 seconds", "rules are evaluated each minute"),
        ("Deep", "for 15.0 seconds is 30.0 seconds", "rules are evaluated each minute"),
        ("KafkaConnectionDown", "for 60.0 seconds is 120.0 seconds", written),
        ("TDAProducerQueueFull", "for 300.0 seconds is 600.0 seconds", written),
        ("ShopProducerQueueFull", "for 300.0 seconds is 600.0 seconds", written),
        ("QuietForLong", "[15m] offset 30m for", kept),
        ("FewDeliveredFastBurn", "error_ratio_rate5m: irate(shop_messages_total[5m])", kept),
    ]
    private static let sides = "the other side of the 'and' has the label too"
    private static let anyError = "a share is above 0 whatever it is a share of"
    private static let oneBucket = "all that is below 0.5 is in one bucket, of which the quantile lies above"
    private static let kept = "'keep_firing_for' covers the time for which the mutant does not hold"
    private static let written = "tests in a manifest do not say when the condition begins"
}
