/// The permissions of a metric family or an alert, for checks that omit more than a diagnostic where a rule may be broken.
package struct Allowances: Sendable {
    private let rules: [Located<Rule>]
    private var needed: Set<SourceLocation> = []

    package init() { rules = [] }

    /// Finds the permissions that cover a place.
    init(at location: SourceLocation, _ diagnostics: Diagnostics) {
        rules = diagnostics.allowances(at: location).map(\.rule)
    }

    /// Returns whether a rule may be broken, and marks its permission as needed.
    package mutating func excuses(_ rule: Rule) -> Bool {
        let allowed = rules.filter { $0.value == rule }
        needed.formUnion(allowed.map(\.location))
        return !allowed.isEmpty
    }

    /// Marks all permissions as needed, because an incomplete family or alert was not checked.
    package mutating func keepAll() {
        needed.formUnion(rules.map(\.location))
    }

    /// Records the needed permissions, so that they are not reported as unused.
    package func note(in diagnostics: inout Diagnostics) {
        diagnostics.use(allowancesAt: needed)
    }
}
