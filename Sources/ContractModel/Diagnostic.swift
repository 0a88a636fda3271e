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
        self.message = message
        self.hint = hint
    }
}

/// Collects the findings of all stages, so that a user sees every one of them at once.
package struct Diagnostics: Sendable {
    private var collected: [Diagnostic] = []

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
        collected.append(diagnostic)
    }

    package mutating func append(_ others: Diagnostics) {
        collected += others.collected
    }

    package mutating func error(
        _ rule: Rule, at location: SourceLocation, _ message: String, hint: String? = nil
    ) {
        collected.append(Diagnostic(.error, rule, at: location, message, hint: hint))
    }

    package mutating func warning(
        _ rule: Rule, at location: SourceLocation, _ message: String, hint: String? = nil
    ) {
        collected.append(Diagnostic(.warning, rule, at: location, message, hint: hint))
    }
}
