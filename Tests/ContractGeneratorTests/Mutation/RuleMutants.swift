import MonitoringCompiler
import PromQL
import Testing

/// An alert's rule with one mistake in it, or in a recording that it queries.
struct RuleMutant {
    var change: String
    var expression: String
    var holdsFor: Int
    var keepsFiringFor: Int
    /// Recordings that take the place of others, by the name that the expression has for them.
    var recording: (name: String, expression: String)?
}

extension CompiledAlert {
    func mutants(_ recordings: [RecordingRule]) throws -> [RuleMutant] {
        let query = try Self.parsed(expression)
        var mutants = (query.mutants + query.wholesaleMutants).map {
            RuleMutant(
                change: $0.change, expression: $0.query.description, holdsFor: holdsFor,
                keepsFiringFor: keepsFiringFor)
        }
        for other in holdsFor > 0 ? [0, 2 * holdsFor] : [10 * AlertTest.evaluationInterval] {
            mutants.append(
                RuleMutant(
                    change: "for \(holdsFor) is \(other)", expression: expression, holdsFor: other,
                    keepsFiringFor: keepsFiringFor))
        }
        for other in keepsFiringFor > 0 ? [0, 2 * keepsFiringFor] : [] {
            mutants.append(
                RuleMutant(
                    change: "keep_firing_for \(keepsFiringFor) is \(other)", expression: expression,
                    holdsFor: holdsFor, keepsFiringFor: other))
        }
        for recording in recordings where expression.contains(recording.name + " ") {
            for (change, changed) in try Self.mutants(of: recording, among: recordings) {
                let name = recording.name + "_mutant"
                mutants.append(
                    RuleMutant(
                        change: "\(recording.name): \(change)",
                        expression: expression.replacing(recording.name + " ", with: name + " "), holdsFor: holdsFor,
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
        let query = try parsed(recording.expression)
        let own = query.mutants.filter { $0.change.hasPrefix("no ") || $0.change.hasPrefix("irate") }
            .map { ($0.change, $0.query.description) }
        // Those that are nearest are the hardest to tell apart.
        let index = others.firstIndex(of: recording) ?? 0
        let windows = others.indices.filter { abs($0 - index) == 1 }.map { (others[$0].name, others[$0].expression) }
        return own + windows
    }

    private static func parsed(_ text: String) throws -> Query {
        var findings: [Finding] = []
        return try #require(Query.parse(text, findings: &findings), "\(text)")
    }
}
