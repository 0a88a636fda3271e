/// One finding: where it is, what is wrong, by which rule, and how to mend it.
package struct Diagnostic: Hashable, Sendable {
    package enum Severity: String, Sendable {
        case error
        case warning
    }

    package var severity: Severity
    package var rule: Rule
    package var location: SourceLocation
    /// What is wrong and what was expected, without a final stop.
    package var message: String
    /// How to mend it; `nil` where the message says it all.
    package var hint: String?

    package init(
        _ severity: Severity = .error,
        _ rule: Rule,
        at location: SourceLocation,
        _ message: String,
        hint: String? = nil
    ) {
        self.severity = severity
        self.rule = rule
        self.location = location
        self.message = Self.shortened(message)
        self.hint = hint.map(Self.shortened)
    }

    private static let longestText = 2000

    /// A text of which a person can make something: a value of many megabytes that it repeats is left out in the middle.
    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > longestText, text.unicodeScalars.count > longestText else { return text }
        let scalars = text.unicodeScalars
        return String(scalars.prefix(longestText / 2)) + " ... " + String(scalars.suffix(longestText / 2))
    }
}

/// Collects the findings of all stages, so that a user sees every one of them at once.
package struct Diagnostics: Sendable {
    private var collected: [Diagnostic] = []
    /// Places that could not be read: what is said of them besides is only a consequence.
    private var unreadable: Set<SourceLocation> = []

    package init() {}

    package var hasErrors: Bool { collected.contains { $0.severity == .error } }
    package var isEmpty: Bool { collected.isEmpty }

    /// All findings by place, each once.
    package var sorted: [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return collected.enumerated()
            .sorted { ($0.element.location, $0.offset) < ($1.element.location, $1.offset) }
            .map(\.element)
            .filter { seen.insert($0).inserted }
    }

    package mutating func append(_ diagnostic: Diagnostic) {
        if !unreadable.contains(diagnostic.location) { collected.append(diagnostic) }
    }

    package mutating func append(_ others: Diagnostics) {
        others.collected.forEach { append($0) }
        unreadable.formUnion(others.unreadable)
    }

    /// An error by which a value, or a name, can't be read: nothing else is said of its place.
    mutating func refuse(_ rule: Rule, at location: SourceLocation, _ message: String, hint: String? = nil) {
        error(rule, at: location, message, hint: hint)
        unreadable.insert(location)
    }

    /// Has a place say no more than another, which it repeats.
    mutating func silence(_ place: SourceLocation, as other: SourceLocation) {
        if unreadable.contains(other) { unreadable.insert(place) }
    }

    /// Takes back what was found by a rule.
    package mutating func remove(_ rule: Rule) {
        collected.removeAll { $0.rule == rule }
    }

    /// Removes the warnings by a rule.
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
