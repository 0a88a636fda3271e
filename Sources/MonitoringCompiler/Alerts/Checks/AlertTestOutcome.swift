import ContractModel
import PromQL

/// The outcome of a declared test of an alert, evaluated over the series of the test.
struct AlertTestOutcome {
    /// States the contradiction, and the values that were found.
    struct Contradiction {
        var message: String
        var hint: String
    }

    let alert: CompiledAlert
    let expression: Expression
    let series: [TestData.Series]

    /// The maximum number of evaluations: an hour of evaluation for each of two days.
    private static let maximumEvaluations = 3000

    /// Describes how `fires` contradicts the expression.
    ///
    /// - Returns: `nil` if it does not in some version of Prometheus, or if the expression is not evaluated.
    func contradiction(fires: Bool) -> Contradiction? {
        // The values of labels with templates are unknown.
        guard !alert.labels.contains(where: { $0.text.contains("{{") }),
            end.count(of: interval) <= Self.maximumEvaluations
        else { return nil }
        var found: Contradiction?
        for edition in Evaluator.Edition.allCases {
            guard let contradiction = contradiction(fires: fires, edition) else { return nil }
            found = found ?? contradiction
        }
        return found
    }

    private var interval: Duration { AlertTest.evaluationInterval }
    private var end: Duration { AlertTest.writtenEvaluation(holdsFor: alert.holdsFor) }

    private func contradiction(fires: Bool, _ edition: Evaluator.Edition) -> Contradiction? {
        let labels = Dictionary(alert.labels.map { ($0.name, $0.text) }) { $1 }
        let simulation = AlertSimulation(
            expression, holdsFor: alert.holdsFor, keepsFiringFor: alert.keepsFiringFor, labels: labels)
        let evaluator = evaluator(edition)
        do throws(EvaluationError) {
            let outcome = try simulation.outcome(at: end, interval: interval, evaluator)
            if outcome.firing.isEmpty != fires { return nil }
            return fires ? silence(outcome, evaluator) : noise(outcome)
        } catch {
            guard fires, case .failed(let message) = error else { return nil }
            return Contradiction(
                message: "the alert '\(alert.name)' does not fire for these series: Prometheus fails to evaluate it",
                hint: "its error is: \(message)")
        }
    }

    private func evaluator(_ edition: Evaluator.Edition) -> Evaluator {
        Evaluator(
            series.map {
                SampledSeries(name: $0.name, labels: $0.labels, values: $0.values, interval: interval)
            }, evaluationInterval: interval, edition: edition)
    }

    // MARK: Texts

    /// Describes an alert that fires, but must not.
    private func noise(_ outcome: AlertSimulation.Outcome) -> Contradiction {
        let since = PromQLText.duration(outcome.firesSince ?? .zero)
        return Contradiction(
            message: "the alert '\(alert.name)' fires for these series, from \(since) on: the expression's result is "
                + Self.listed(outcome.samples),
            hint: "write 'fires: true', or correct the series or the expression")
    }

    /// Describes an alert that does not fire, but must.
    private func silence(_ outcome: AlertSimulation.Outcome, _ evaluator: Evaluator) -> Contradiction {
        let time = PromQLText.duration(end)
        let subject = "the alert '\(alert.name)' does not fire for these series: after \(time), "
        if !outcome.pending.isEmpty {
            return Contradiction(
                message: subject + "the condition has held for less than the \(PromQLText.duration(alert.holdsFor)) of "
                    + "'for', with the result \(Self.listed(outcome.samples))",
                hint: "add series for which it holds from the start, or write 'fires: false'")
        }
        let compared = comparedValues(evaluator)
        return Contradiction(
            message: subject + "the expression has no result"
                + (compared.isEmpty ? "" : "; the compared value is \(Self.listed(compared))"),
            hint: "write 'fires: false', or correct the series or the expression")
    }

    /// Returns the values that the outermost comparison drops.
    private func comparedValues(_ evaluator: Evaluator) -> [Evaluator.Sample] {
        guard case .binary(var binary) = expression.unparenthesized.node,
            let last = binary.operations.popLast(), last.binaryOperator.isComparison
        else { return [] }
        let compared = binary.operations.isEmpty ? binary.first : Expression(.binary(binary))
        var evaluator = evaluator
        return (try? evaluator.value(of: compared, at: end).samples) ?? []
    }

    private static func listed(_ samples: [Evaluator.Sample]) -> String {
        let texts = samples.map { sample in
            sample.labels.description(of: sample.labels["__name__"]) + " \(PromQLText.number(sample.value))"
        }
        return texts.sorted().prefix(3).joined(separator: " and ") + (texts.count > 3 ? " and others" : "")
    }
}
