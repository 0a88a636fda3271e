/// The rules that one place of the manifest is excused from, and which of these excuses were needed.
package struct Allowances: Sendable {
    private let rules: [Located<Rule>]
    private var needed: Set<Rule> = []

    package init(_ rules: [Located<Rule>] = []) {
        self.rules = rules
    }

    /// Whether a finding of a rule is excused; it is then known that the excuse is needed.
    package mutating func excuses(_ rule: Rule) -> Bool {
        guard rules.contains(where: { $0.value == rule }) else { return false }
        needed.insert(rule)
        return true
    }

    /// Says of no excuse that it is not needed: what could not be read could not be judged either.
    package mutating func keepAll() {
        needed.formUnion(rules.map(\.value))
    }

    /// Warns of excuses for what was not found: they would hide it when it comes.
    ///
    /// - Parameter subject: What is excused: "the alert 'Slow'".
    package func reportUnneeded(by subject: String, diagnostics: inout Diagnostics) {
        for rule in rules where !needed.contains(rule.value) {
            diagnostics.warning(
                .unusedAllow, at: rule.location, "\(subject) does not break the rule '\(rule.value.rawValue)'",
                hint: "remove it from 'allow': it would hide a mistake that comes later")
        }
    }
}
