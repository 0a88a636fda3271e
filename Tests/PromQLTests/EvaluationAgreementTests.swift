import ContractModel
import Foundation
import TestSupport
import Testing

@testable import PromQL

/// Random expressions over random series, evaluated by our evaluator and by promtool.
@Suite("PromQL: evaluation")
struct EvaluationAgreementTests {
    static let groups = 60
    static let expressionsPerGroup = 60

    @Test("our evaluator and promtool agree about thousands of random expressions")
    func randomExpressions() throws {
        var generator = RandomExpressions(seed: 16)
        var judge = PromtoolEvaluation()
        var asked: [(text: String, series: Evaluator, time: Duration)] = []
        for _ in 0..<Self.groups {
            let series = generator.series()
            let questions = (0..<Self.expressionsPerGroup).map { _ in
                (generator.expression(), Int.random(in: 0...500, using: &generator.random))
            }
            let evaluator = Evaluator(
                try series.map {
                    SampledSeries(
                        name: $0.name, labels: $0.labels, values: try SeriesValues($0.values), interval: .seconds(60))
                }, evaluationInterval: .seconds(60))
            for (question, time) in judge.add(series, questions) { asked.append((question, evaluator, time)) }
        }
        let answers = try judge.answers()
        var compared = 0
        for (text, evaluator, time) in asked {
            var findings: [Finding] = []
            let expression = try #require(Expression.parse(text, findings: &findings), "\(text): \(findings)")
            var evaluator = evaluator
            let answer = answers[time] ?? .samples([])
            do throws(EvaluationError) {
                let samples = try evaluator.value(of: expression, at: time).samples
                let ours = Answer.samples(samples.map { .init(labels: $0.labels, value: $0.value) })
                #expect(
                    ours.isEqual(to: answer),
                    "\(text) at \(time)\n\(evaluator.series)\nours: \(ours)\npromtool: \(answer)")
                compared += 1
            } catch {
                switch error {
                case .unsupported: continue
                case .failed(let message):
                    #expect(
                        answer == .failed,
                        "\(text) at \(time)\n\(evaluator.series)\nours: \(message)\npromtool: \(answer)")
                    compared += 1
                }
            }
        }
        #expect(Double(compared) > Double(asked.count) * 0.8)
    }

    @Test(
        "parts that cannot be evaluated exactly are refused",
        arguments: [
            "holt_winters(g[5m], 0.5, 0.5)", "histogram_count(g)", "topk(1, g)", "year(g * 1e18)", "g atan2 g",
            "label_replace(g, \"a\", \"$2\", \"b\", \"(.)(.)\")", "count_values(\"v\", g * 1e20)",
            "sum_over_time(g[100d:1s])", "g offset -5m", "rate(g[5m] @ 6000)",
        ])
    func unsupported(text: String) throws {
        var findings: [Finding] = []
        let expression = try #require(Expression.parse(text, findings: &findings))
        let series = try ["x", "y"].map {
            SampledSeries(name: "g", labels: ["a": $0], values: try SeriesValues("5x20"), interval: .seconds(60))
        }
        var evaluator = Evaluator(series, evaluationInterval: .seconds(60))
        #expect(throws: EvaluationError.self) { try evaluator.value(of: expression, at: .seconds(600)) }
    }
}

/// The result of an expression.
enum Answer: Equatable {
    struct Sample: Equatable {
        var labels: [String: String]
        var value: Double
    }

    case samples([Sample])
    case failed

    /// Compares the results, whatever their order. Sums in another order, and functions of other libraries, differ in the
    /// last digits.
    func isEqual(to other: Answer) -> Bool {
        switch (self, other) {
        case (.failed, .failed): return true
        case (.samples(let left), .samples(let right)):
            guard left.count == right.count else { return false }
            return left.allSatisfy { sample in
                right.contains { $0.labels == sample.labels && Self.isClose($0.value, sample.value) }
            }
        case (.failed, .samples), (.samples, .failed): return false
        }
    }

    private static func isClose(_ left: Double, _ right: Double) -> Bool {
        left == right || (left.isNaN && right.isNaN) || abs(left - right) <= 1e-9 * max(abs(left), abs(right))
            || max(abs(left), abs(right)) < 1e-9
    }
}

/// Many questions for one run of promtool. Each has a time of its own, by which its answer is found.
struct PromtoolEvaluation {
    private var tests: [String] = []
    private var count = 0

    /// The number of questions that can have different times.
    private static let most = 4000

    /// - Returns: The expressions with the times at which they are evaluated.
    mutating func add(_ series: [RandomExpressions.Series], _ questions: [(String, Int)]) -> [(String, Duration)] {
        let input = series.map { "    - {series: \(quoted($0.text)), values: \(quoted($0.values))}\n" }.joined()
        var moved: [(String, Duration)] = []
        for (text, time) in questions {
            precondition(count < Self.most)
            moved.append((text, .milliseconds(time * Self.most + count)))
            count += 1
        }
        let expressions = moved.map {
            "    - {expr: \(quoted($0.0)), eval_time: \(PrometheusDuration.text(of: $0.1)), exp_samples: []}\n"
        }
        tests.append("  - interval: 1m\n    input_series:\n\(input)    promql_expr_test:\n\(expressions.joined())")
        return moved
    }

    /// Returns the answers that are not empty.
    func answers() throws -> [Duration: Answer] {
        let file = "evaluation_interval: 1m\ntests:\n" + tests.joined()
        let path = FileManager.default.temporaryDirectory.appending(path: "evaluation-\(UUID().uuidString).yaml")
        try Data(file.utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let output = try OutsideProgram.promtool().run("test", "rules", path.path).output
        var answers: [Duration: Answer] = [:]
        var asked: Duration?
        for line in output.split(separator: "\n") {
            // An expression may contain anything, so its end is found from the right.
            if line.hasPrefix("    expr: "), let time = line.ranges(of: "\", time: ").last {
                let rest = line[time.upperBound...].split(separator: ",", maxSplits: 1)
                asked = PrometheusDuration.duration(String(rest[0]))
                if let asked, rest.count > 1, rest[1].hasPrefix(" err: ") { answers[asked] = .failed }
            } else if let got = line.firstRange(of: "got: "), let asked {
                answers[asked] = .samples(Self.samples(line[got.upperBound...]))
            }
        }
        // A file that is not read has no answers.
        guard !answers.isEmpty else { throw Promtool.Unreadable(text: output) }
        return answers
    }

    private static func samples(_ text: Substring) -> [Answer.Sample] {
        text.matches(of: /\{([^}]*)\} ([^ ,]+)/).map { match in
            let pairs = match.1.matches(of: /([a-zA-Z_]+)="([^"]*)"/).map { (String($0.1), String($0.2)) }
            return Answer.Sample(
                labels: Dictionary(uniqueKeysWithValues: pairs), value: Double(match.2.lowercased()) ?? .nan)
        }
    }

    private func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
}
