package import ContractModel

/// A mistake in an expression or a template: its rule, its place in the text, and how to fix it.
package struct Finding: Error, Hashable {
    package var rule: Rule
    /// The place in the text, in UTF-8 bytes.
    package var range: Range<Int>
    /// States the mistake and what was found, without a final stop.
    package var message: String
    /// The way to fix it; `nil` if the message is enough.
    package var hint: String?

    package init(_ rule: Rule, _ range: Range<Int>, _ message: String, hint: String? = nil) {
        self.rule = rule
        self.range = range
        self.message = Self.legible(message, longest: 400)
        // A hint may list names or contain an expression.
        self.hint = hint.map { Self.legible($0, longest: 1200) }
    }

    /// Shortens a message that quotes a long text to its beginning and its end.
    private static func legible(_ text: String, longest: Int) -> String {
        guard text.utf8.count > longest else { return text }
        let scalars = text.unicodeScalars
        return "\(Substring(scalars.prefix(longest / 2))) … \(Substring(scalars.suffix(longest / 4)))"
    }
}
