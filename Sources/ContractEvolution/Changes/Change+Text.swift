import ContractModel
import JSONTape

extension Change {
    /// The change with its effects and its rule, without its place.
    package var line: String {
        DiagnosticRenderer.oneLine(([message] + affected.sorted().map(\.phrase)).joined(separator: "; "))
            + " [\(rule.rawValue)]"
    }

    /// The notes, and the messages that show whom the change breaks.
    package var details: [String] {
        (notes + proofs.sorted { $0.key < $1.key }.map { $0.key.phrase($0.value) }).map(DiagnosticRenderer.oneLine)
            + counterexamples.sorted { $0.key < $1.key }.map { "\($0.key.counterexamplePhrase): \($0.value.jsonText)" }
    }
}
