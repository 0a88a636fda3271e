package import JSONTape
import Patterns

/// A compiled regular expression of a schema.
package struct SchemaPattern: Sendable {
    package let source: String
    private let form: StringPattern

    /// Compiles a pattern; `nil` where it has no meaning that can be compiled.
    package init?(_ source: String) {
        guard let compiled = try? CompiledPattern.compile(source) else { return nil }
        self.source = source
        form = compiled.form
    }

    /// Whether a string on a tape has a part that matches.
    package func matches(_ node: JSONTape.Index, of tape: borrowing JSONTape) -> Bool {
        tape.string(at: node, matches: form)
    }
}
