import MonitoringCompiler
import PromQL
import Testing

/// An alert's rule with one mistake in it, or in a recording that it queries.
struct RuleMutant {
    var change: String
    var expression: String
    var holdsFor: Duration
    var keepsFiringFor: Duration
    /// Recordings that take the place of others, by the name that the expression has for them.
    var recording: (name: String, expression: String)?
}

extension CompiledAlert {
    func mutants(_ recordings: [RecordingRule]) throws -> [RuleMutant] {
        let text = expression.text
        let expression = try #require(expression.tree)
        var mutants = (expression.mutants + expression.wholesaleMutants).map {
            RuleMutant(
                change: $0.change, expression: $0.expression.description, holdsFor: holdsFor,
                keepsFiringFor: keepsFiringFor)
        }
        for other in holdsFor > .zero ? [.zero, holdsFor * 2] : [AlertTest.evaluationInterval * 10] {
            mutants.append(
                RuleMutant(
                    change: "for \(holdsFor) is \(other)", expression: text, holdsFor: other,
                    keepsFiringFor: keepsFiringFor))
        }
        for other in keepsFiringFor > .zero ? [.zero, keepsFiringFor * 2] : [] {
            mutants.append(
                RuleMutant(
                    change: "keep_firing_for \(keepsFiringFor) is \(other)", expression: text,
                    holdsFor: holdsFor, keepsFiringFor: other))
        }
        for recording in recordings where text.contains(recording.name + " ") {
            for (change, changed) in try Self.mutants(of: recording, among: recordings) {
                let name = recording.name + "_mutant"
                mutants.append(
                    RuleMutant(
                        change: "\(recording.name): \(change)",
                        expression: text.replacing(recording.name + " ", with: name + " "), holdsFor: holdsFor,
                        keepsFiringFor: keepsFiringFor,
                        recording: (name, changed)))
            }
        }
        return mutants
    }

    /// Without each of its matchers, and looking as far back as those beside it.
    private static func mutants(
        of recording: RecordingRule, among others: [RecordingRule]
    ) throws -> [(String, String)] {
        let own = recording.expression.mutants.filter { $0.change.hasPrefix("no ") || $0.change.hasPrefix("irate") }
            .map { ($0.change, $0.expression.description) }
        // Those that are nearest are the hardest to tell apart.
        let index = others.firstIndex(of: recording) ?? 0
        let windows = others.indices.filter { abs($0 - index) == 1 }.map {
            (others[$0].name, others[$0].expression.description)
        }
        return own + windows
    }
}
