package import JSONTape

/// A compiled regular expression of a schema.
package struct SchemaPattern: Sendable {
    /// The function of generated code that answers whether a string matches.
    package typealias Test = @Sendable (borrowing JSONTape, JSONTape.Index) -> Bool

    private enum Form: Sendable {
        case pattern(StringPattern)
        case test(Test)
    }

    private let form: Form

    package init(_ pattern: StringPattern) {
        form = .pattern(pattern)
    }

    package init(_ test: @escaping Test) {
        form = .test(test)
    }

    /// Returns whether a string on a tape has a part that matches.
    package func matches(_ node: JSONTape.Index, of tape: borrowing JSONTape) -> Bool {
        switch form {
        case .pattern(let pattern): tape.string(at: node, matches: pattern)
        case .test(let test): test(tape, node)
        }
    }
}
