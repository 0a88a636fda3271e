import Foundation
import MonitoringCompiler
import TestSupport
import Testing

/// Lets promtool run an alert's tests against many mutants of its rule at once.
struct MutantJudge {
    let alert: CompiledAlert
    let recordings: [RecordingRule]
    let mutants: [RuleMutant]

    /// The mutants that some look of some test finds in another state than it must be in; the rule itself, as it is, is
    /// the last and must not be among them.
    func killed() throws -> Set<Int> {
        var killed: Set<Int> = []
        for interval in Set(alert.tests.map(\.evaluationInterval)) {
            killed.formUnion(try fail(alert.tests.filter { $0.evaluationInterval == interval }, interval))
        }
        return killed
    }

    private func fail(_ tests: [AlertTest], _ interval: Duration) throws -> Set<Int> {
        // JSON is YAML.
        let files = [
            "rules.yaml": try json(["groups": [["name": "mutants", "rules": rules]]]),
            "test.yaml": try json([
                "rule_files": ["rules.yaml"], "evaluation_interval": PromQLText.duration(interval),
                "tests": tests.enumerated().map { index, test in json(of: test, index) },
            ]),
        ]
        let output = try Contracts.inFolder(files) { folder in
            try OutsideProgram.promtool().run("test", "rules", "test.yaml", in: folder).output
        }
        #expect(output.contains("got:") && !output.contains("error"), "\(output.prefix(2000))")
        let firing = firing(output)
        let all = Set(0...mutants.count)
        return tests.enumerated().reduce(into: []) { killed, test in
            for (index, look) in test.element.expectations.enumerated() {
                let found = firing["\(test.offset)-\(index)"] ?? []
                killed.formUnion(look.fires ? all.subtracting(found) : found)
            }
        }
    }

    private var rules: [[String: Any]] {
        var rules: [[String: Any]] = recordings.map { ["record": $0.name, "expr": "\($0.expression)"] }
        for (index, mutant) in mutants.enumerated() {
            var expression = mutant.expression
            if let recording = mutant.recording {
                rules.append(["record": recording.name + "\(index)", "expr": recording.expression])
                expression = expression.replacing(recording.name + " ", with: recording.name + "\(index) ")
            }
            rules.append(rule(index, expression, mutant.holdsFor, mutant.keepsFiringFor))
        }
        return rules + [rule(mutants.count, alert.expression.text, alert.holdsFor, alert.keepsFiringFor)]
    }

    private func rule(
        _ index: Int, _ expression: String, _ holdsFor: Duration, _ keepsFiringFor: Duration
    ) -> [String: Any] {
        var rule: [String: Any] = [
            "alert": "M\(index)", "expr": expression,
            "labels": Dictionary(alert.labels.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 }),
        ]
        if holdsFor > .zero { rule["for"] = PromQLText.duration(holdsFor) }
        if keepsFiringFor > .zero { rule["keep_firing_for"] = PromQLText.duration(keepsFiringFor) }
        return rule
    }

    /// Each look asks for all that fires, which is nothing in a test that no mutant fails.
    private func json(of test: AlertTest, _ index: Int) -> [String: Any] {
        [
            "interval": PromQLText.duration(test.interval),
            "input_series": test.series.map { ["series": $0.name, "values": $0.values] },
            "promql_expr_test": test.expectations.enumerated().map { place, look in
                [
                    "expr": "count by (alertname) ("
                        + PromQLText.selector(
                            "ALERTS", [("alertstate", "firing")] + test.labels.map { ($0.name, $0.value) })
                        + ") and on () label_replace(vector(1), \"look\", \"\(index)-\(place)\", \"\", \"\")",
                    "eval_time": PromQLText.duration(look.time), "exp_samples": [],
                ] as [String: Any]
            },
        ]
    }

    /// For each look that found something, the mutants that fire with as many alerts as the rule.
    private func firing(_ output: String) -> [String: Set<Int>] {
        var firing: [String: Set<Int>] = [:]
        var look = ""
        for line in output.split(separator: "\n") {
            if let match = line.firstMatch(of: /\\"look\\", \\"([0-9-]+)\\"/) { look = String(match.output.1) }
            guard line.contains("got:") else { continue }
            firing[look] = Set(line.matches(of: /alertname="M(\d+)"\} 1E\+00/).compactMap { Int($0.output.1) })
        }
        return firing
    }

    private func json(_ value: Any) throws -> String {
        String(
            decoding: try JSONSerialization.data(withJSONObject: value, options: .withoutEscapingSlashes), as: UTF8.self
        )
    }
}
