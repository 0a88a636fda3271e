import ContractModel
package import JSONTape

/// All differences between two versions of a contract.
package struct ChangeReport: Sendable {
    package var changes: [Change]

    /// Whether a change breaks what the contract promises.
    package var isBreaking: Bool { changes.contains { $0.severity == .error } }

    init(_ changes: [Change]) {
        self.changes = changes.enumerated()
            .sorted { ($0.element.location, $0.offset) < ($1.element.location, $1.offset) }.map(\.element)
    }

    /// The changes as lines of diagnostics: one line for each, and notes below it.
    package var text: String { changes.map(Self.text).joined() }

    /// The changes that break somebody, as lines of diagnostics.
    package var breakingText: String { changes.filter { $0.severity != .note }.map(Self.text).joined() }

    /// The number of changes in words.
    package var summary: String {
        // A registry's answer is about changes, and none itself.
        let total = changes.count { $0.rule != .registryAnswer }
        guard total > 0 else { return "no changes" }
        let breaking = changes.count { $0.severity == .error }
        let count = "\(total) \(total == 1 ? "change" : "changes")"
        return breaking == 0 ? "\(count), none breaks the contract" : "\(count), \(breaking) of them breaking"
    }

    private static func text(_ change: Change) -> String {
        let location = DiagnosticRenderer.oneLine(change.location.description)
        let lines = lines(change).map(DiagnosticRenderer.oneLine)
        return "\(location): \(change.severity.rawValue): \(lines[0]) [\(change.rule.rawValue)]\n"
            + lines.dropFirst().map { "\(location): note: \($0)\n" }.joined()
    }

    /// Returns the change with its effects, and then its notes and counterexamples.
    private static func lines(_ change: Change) -> [String] {
        let effects = change.affected.sorted().map(\.phrase)
        return [([change.message] + effects).joined(separator: "; ")] + change.notes
            + change.proofs.sorted { $0.key < $1.key }.map { $0.key.phrase($0.value) }
            + change.counterexamples.sorted { $0.key < $1.key }
            .map { "\($0.key.counterexamplePhrase): \($0.value.jsonText)" }
    }

    /// The changes as workflow commands of GitHub Actions.
    package var github: String {
        changes.map { change in
            DiagnosticRenderer.workflowCommand(
                change.severity == .note ? "notice" : change.severity.rawValue, at: change.location,
                title: change.rule.rawValue, Self.lines(change).joined(separator: "\n"))
        }.joined()
    }

    /// The changes as a JSON value: a list of objects.
    package var json: JSONValue {
        .array(
            changes.map { change in
                var object: JSONObject = [
                    "file": .string(change.location.file),
                    "line": .number(JSONNumber(change.location.line)),
                    "column": .number(JSONNumber(change.location.column)),
                    "severity": .string(change.severity.rawValue),
                    "rule": .string(change.rule.rawValue),
                    "place": .string(change.place),
                    "message": .string(change.message),
                    "breaks": .array(change.affected.sorted().map { .string($0.rawValue) }),
                ]
                if !change.notes.isEmpty { object["notes"] = .array(change.notes.map { .string($0) }) }
                if !change.counterexamples.isEmpty {
                    let members = change.counterexamples.sorted { $0.key < $1.key }
                    object["counterexamples"] = .object(JSONObject(members.map { ($0.key.rawValue, $0.value) }))
                }
                if !change.proofs.isEmpty {
                    let members = change.proofs.sorted { $0.key < $1.key }
                    object["proofs"] = .object(
                        JSONObject(members.map { ($0.key.rawValue, .string($0.value.rawValue)) }))
                }
                return .object(object)
            })
    }
}
