/// An error or a warning: its place, its rule, what is wrong, and how to fix it.
package struct Diagnostic: Hashable, Sendable {
    package enum Severity: String, Sendable {
        case error
        case warning
    }

    package var severity: Severity
    package var rule: Rule
    package var location: SourceLocation
    /// States the mistake and what was found, without a final stop.
    package var message: String
    /// How to fix it; `nil` if the message is enough.
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

    /// Shortens a text that repeats a long value: the middle is omitted.
    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > longestText, text.unicodeScalars.count > longestText else { return text }
        let scalars = text.unicodeScalars
        return String(scalars.prefix(longestText / 2)) + " ... " + String(scalars.suffix(longestText / 2))
    }
}

/// Collects the diagnostics of all stages, which are shown together.
package struct Diagnostics: Sendable {
    private var collected: [Diagnostic] = []
    /// Places with a reported error, of which further diagnostics are only consequences.
    private var unreadable: Set<SourceLocation> = []

    package init() {}

    package var hasErrors: Bool { collected.contains { $0.severity == .error } }
    package var isEmpty: Bool { collected.isEmpty }

    /// All diagnostics sorted by place, without duplicates.
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
