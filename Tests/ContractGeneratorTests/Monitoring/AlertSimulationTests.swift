import ContractModel
import MonitoringCompiler
import PromQL
import Testing

/// The tests that are generated for intents, which promtool confirms in `MonitoringTests`, before our own simulation of alerts.
@Suite("Simulated alerts")
struct AlertSimulationTests {
    @Test("an alert fires in our simulation where promtool says so")
    func generatedTests() throws {
        var simulated = 0
        for alert in try MonitoringTests.shopAlerts() where alert.origin == .declared || alert.origin == .producer {
            for test in alert.tests where test.length <= .hour * 3 {
                simulated += try simulate(test, of: alert)
            }
        }
        #expect(simulated > 100)
    }

    /// - Returns: The number of expectations that were compared.
    private func simulate(_ test: AlertTest, of alert: CompiledAlert) throws -> Int {
        let expression = try #require(alert.expression.tree)
        let series = try test.series.map { series in
            var findings: [Finding] = []
            let name = try #require(Expression.parse(series.name, findings: &findings))
            let selector = try #require(name.selectors.first)
            let labels = Dictionary(selector.matchers.map { ($0.label.text, $0.value.text) }) { first, _ in first }
            return SampledSeries(
                name: selector.name?.text ?? "", labels: labels, values: try SeriesValues(series.values),
                interval: test.interval)
        }
        let simulation = AlertSimulation(
            expression, holdsFor: alert.holdsFor, keepsFiringFor: alert.keepsFiringFor, labels: [:])
        let evaluator = Evaluator(series, evaluationInterval: test.evaluationInterval)
        var compared = 0
        for expectation in test.expectations {
            do throws(EvaluationError) {
                let outcome = try simulation.outcome(
                    at: expectation.time, interval: test.evaluationInterval, evaluator)
                let firing = outcome.firing.contains { labels in
                    test.labels.allSatisfy { labels[$0.name] == $0.value }
                }
                #expect(firing == expectation.fires, "\(alert.name) \(test.note ?? "") at \(expectation.time)")
                compared += 1
            } catch {
                continue
            }
        }
        return compared
    }
}
