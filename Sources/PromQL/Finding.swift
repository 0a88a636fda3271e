package import ContractModel

/// One thing that is wrong with a query or a template: by which rule, where in its text, and how to mend it.
package struct Finding: Error, Hashable {
    package var rule: Rule
    /// The place in the text, in UTF-8 bytes.
    package var range: Range<Int>
    /// What is wrong and what was expected, without a final stop.
    package var message: String
    /// How to mend it; `nil` where the message says it all.
    package var hint: String?

    package init(_ rule: Rule, _ range: Range<Int>, _ message: String, hint: String? = nil) {
        self.rule = rule
        self.range = range
        self.message = Self.legible(message, longest: 400)
        // A hint may list what there is, or spell out a query.
        self.hint = hint.map { Self.legible($0, longest: 1200) }
    }

    /// Of what echoes a long word of the text, a beginning and an end that a person still reads.
    private static func legible(_ text: String, longest: Int) -> String {
        guard text.utf8.count > longest else { return text }
        let scalars = text.unicodeScalars
        return "\(Substring(scalars.prefix(longest / 2))) … \(Substring(scalars.suffix(longest / 4)))"
    }
}
