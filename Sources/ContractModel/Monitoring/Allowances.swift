/// The rules that a metric family or an alert may break, and whether each was needed.
package struct Allowances: Sendable {
    private let rules: [Located<Rule>]
    private var needed: Set<Rule> = []

    package init(_ rules: [Located<Rule>] = []) {
        self.rules = rules
    }

    /// Returns whether a rule is turned off, and marks it as needed.
    package mutating func excuses(_ rule: Rule) -> Bool {
        guard rules.contains(where: { $0.value == rule }) else { return false }
        needed.insert(rule)
        return true
    }

    /// Marks all rules as needed, because an incomplete family or alert was not checked.
    package mutating func keepAll() {
        needed.formUnion(rules.map(\.value))
    }

    /// Warns about unneeded rules: they would hide later mistakes.
    ///
    /// - Parameter subject: The family or alert: "the alert 'Slow'".
    package func reportUnneeded(by subject: String, diagnostics: inout Diagnostics) {
        for rule in rules where !needed.contains(rule.value) {
            diagnostics.warning(
                .unusedAllow, at: rule.location, "\(subject) does not break the rule '\(rule.value.rawValue)'",
                hint: "remove it from 'allow': it would hide a mistake that comes later")
        }
    }
}
