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
    /// The way to fix it; `nil` if the message is enough.
    package var hint: String?
    /// Whether `allow` may turn an error off: the user may have a schema that they can't correct. A warning may always be.
    package var isAllowable: Bool

    package init(
        _ severity: Severity = .error,
        _ rule: Rule,
        at location: SourceLocation,
        _ message: String,
        hint: String? = nil,
        isAllowable: Bool = false
    ) {
        self.severity = severity
        self.isAllowable = isAllowable
        self.rule = rule
        self.location = location
        self.message = Self.shortened(message)
        // A letter of another script is the reason for an unknown name that looks like a known one.
        let isAboutName = severity == .error || rule == .schemaKeyword || rule == .schemaValue
        let note = isAboutName ? Homoglyphs.note(on: message) ?? hint.flatMap(Homoglyphs.note) : nil
        let separator = hint.map { $0.hasSuffix("?") ? " " : "; " } ?? ""
        self.hint =
            hint == nil && note == nil ? nil : Self.shortened((hint ?? "") + (note.map { separator + $0 } ?? ""))
    }

    private static let longestText = 2000

    /// Shortens a text that repeats a long value: the middle is omitted.
    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > longestText, text.unicodeScalars.count > longestText else { return text }
        let scalars = text.unicodeScalars
        return String(scalars.prefix(longestText / 2)) + " ... " + String(scalars.suffix(longestText / 2))
    }
}
