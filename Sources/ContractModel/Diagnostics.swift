package import JSONTape

/// The diagnostics of all stages, which are shown together.
package struct Diagnostics: Sendable {
    private var collected: [Diagnostic] = []
    /// Places with a reported error, of which further diagnostics are only consequences.
    private var unreadable: Set<SourceLocation> = []
    /// The permissions to break rules.
    private(set) var allowances: [Allowance] = []
    /// The places of the permissions that were needed.
    private var usedAllowances: Set<SourceLocation> = []
    /// The day on which permissions must not have expired; `nil` if they do not expire.
    package let today: CalendarDate?

    package init(today: CalendarDate? = nil) {
        self.today = today
    }

    package var hasErrors: Bool { collected.contains { $0.severity == .error } }
    package var isEmpty: Bool { collected.isEmpty }

    /// Returns whether anything has been reported at a place.
    package func hasFinding(at location: SourceLocation) -> Bool {
        collected.contains { $0.location == location }
    }

    /// Returns whether an error of a rule has been reported at a place.
    package func hasError(_ rule: Rule, at location: SourceLocation) -> Bool {
        collected.contains { $0.severity == .error && $0.rule == rule && $0.location == location }
    }

    /// Returns whether a finding of a rule has been reported at a place.
    package func hasFinding(of rule: Rule, at location: SourceLocation) -> Bool {
        collected.contains { $0.rule == rule && $0.location == location }
    }

    /// All diagnostics sorted by place, without duplicates, and without warnings that are errors of the same words as well.
    package var sorted: [Diagnostic] {
        var seen = Set(
            collected.filter { $0.severity == .error }.map { error in
                var warning = error
                warning.severity = .warning
                return warning
            })
        return collected.enumerated()
            .sorted { ($0.element.location, $0.offset) < ($1.element.location, $1.offset) }
            .map(\.element)
            .filter { seen.insert($0).inserted }
    }

    package mutating func append(_ diagnostic: Diagnostic) {
        if !unreadable.contains(diagnostic.location), !isAllowed(diagnostic) { collected.append(diagnostic) }
    }

    package mutating func append(_ others: Diagnostics) {
        others.collected.forEach { append($0) }
        unreadable.formUnion(others.unreadable)
        usedAllowances.formUnion(others.usedAllowances)
    }

    /// Reports an error that makes a value or a name unusable. Further diagnostics at its place are ignored.
    mutating func refuse(_ rule: Rule, at location: SourceLocation, _ message: String, hint: String? = nil) {
        error(rule, at: location, message, hint: hint)
        unreadable.insert(location)
    }

    /// Ignores further diagnostics at a place if those at another place are ignored.
    mutating func ignore(_ place: SourceLocation, like other: SourceLocation) {
        if unreadable.contains(other) { unreadable.insert(place) }
    }

    /// Removes the diagnostics of a rule.
    package mutating func remove(_ rule: Rule) {
        collected.removeAll { $0.rule == rule }
    }

    /// Removes the warnings of a rule.
    package mutating func removeWarnings(_ rule: Rule) {
        collected.removeAll { $0.rule == rule && $0.severity == .warning }
    }

    package mutating func error(
        _ rule: Rule, at location: SourceLocation, _ message: String, hint: String? = nil
    ) {
        append(Diagnostic(.error, rule, at: location, message, hint: hint))
    }

    package mutating func warning(
        _ rule: Rule, at location: SourceLocation, _ message: String, hint: String? = nil
    ) {
        append(Diagnostic(.warning, rule, at: location, message, hint: hint))
    }
}

// MARK: - Permissions

extension Diagnostics {
    /// Adds a permission to break a rule, also for what has been reported already.
    mutating func allow(_ allowance: Allowance) {
        allowances.append(allowance)
        let reported = collected
        collected = []
        for diagnostic in reported where !isAllowed(diagnostic) { collected.append(diagnostic) }
    }

    /// Returns the permissions that cover a place, without those that have expired.
    func allowances(at location: SourceLocation) -> [Allowance] {
        allowances.filter { !isExpired($0) && $0.covers(location) }
    }

    mutating func use(allowancesAt places: Set<SourceLocation>) {
        usedAllowances.formUnion(places)
    }

    func isUsed(_ allowance: Allowance) -> Bool { usedAllowances.contains(allowance.rule.location) }

    func isExpired(_ allowance: Allowance) -> Bool {
        guard let today, let expires = allowance.expires else { return false }
        return expires.value < today
    }

    /// Returns whether a diagnostic is allowed, and marks the permissions as needed.
    private mutating func isAllowed(_ diagnostic: Diagnostic) -> Bool {
        guard diagnostic.severity == .warning || diagnostic.isAllowable else { return false }
        let covering = allowances(at: diagnostic.location).filter { $0.rule.value == diagnostic.rule }
        use(allowancesAt: Set(covering.map(\.rule.location)))
        return !covering.isEmpty
    }

    /// Makes errors of all warnings.
    package mutating func escalateWarnings() {
        for index in collected.indices { collected[index].severity = .error }
    }
}
