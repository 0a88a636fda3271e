import ContractEvolution
import JSONTape
import Patterns

/// The conditions of a schema on a string, compared with the strings of a regular expression.
struct StringConditions {
    private struct Condition {
        /// The keyword with its value, as a message shows it.
        var name: String
        var pattern: String?
        var lengths: ClosedRange<Int>?
    }

    private var conditions: [Condition] = []
    private var values: [String]?

    init(_ facts: ValueFacts) {
        for list in facts.values {
            let texts = list.compactMap { if case .string(let text) = $0 { text } else { nil } }
            values = values.map { $0.filter(texts.contains) } ?? texts
        }
        for format in facts.formats {
            if let pattern = format.roughPattern {
                conditions.append(Condition(name: "'format' is \(format.rawValue)", pattern: pattern))
            }
        }
        for pattern in facts.patterns {
            conditions.append(Condition(name: "'pattern' is \(pattern)", pattern: pattern))
        }
        if facts.minimumLength > 0 {
            conditions.append(
                Condition(name: "'minLength' is \(facts.minimumLength)", lengths: facts.minimumLength...Int.max))
        }
        if let maximum = facts.maximumLength {
            conditions.append(Condition(name: "'maxLength' is \(maximum)", lengths: 0...maximum))
        }
    }

    /// Returns whether some text of an expression may satisfy all conditions.
    func isFulfilled(bySomeTextOf expression: String) -> Bool {
        if values != nil { return conflict(with: expression) == nil }
        return conditions.isEmpty || isPossible(expression, conditions)
    }

    /// Returns the conditions that no text of an expression satisfies; `nil` where some text may.
    func conflict(with expression: String) -> String? {
        if let values {
            guard let compiled = try? CompiledPattern.compile(expression),
                !values.contains(where: { compiled.matches($0) })
            else { return nil }
            return "it is none of the values of 'enum'"
        }
        // The pattern alone must have strings; one condition is the better reason.
        guard isPossible(expression, []) else { return nil }
        for condition in conditions where !isPossible(expression, [condition]) { return condition.name }
        guard !isPossible(expression, conditions) else { return nil }
        return conditions.map(\.name).joined(separator: ", ")
    }

    private func isPossible(_ expression: String, _ conditions: [Condition]) -> Bool {
        let least = conditions.compactMap(\.lengths?.lowerBound).max() ?? 0
        let most = conditions.compactMap(\.lengths?.upperBound).min() ?? Int.max
        guard least <= most else { return true }
        let search = PatternSearch(
            matching: [expression] + conditions.compactMap(\.pattern), notMatching: [], lengths: least...most,
            excluding: [])
        return search.run(limit: 1) != .none
    }
}
