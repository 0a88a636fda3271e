/// A regular expression of ECMA-262 as a syntax tree.
///
/// The nodes are in one array and name each other by index, so that no depth of nesting needs the thread's stack.
package struct PatternTree: Sendable {
    package enum Node: Sendable {
        case empty
        case set(PatternSet)
        case sequence([Int])
        case alternatives([Int])
        /// A node so many times; `most` is `nil` where there is no limit.
        case repeated(Int, least: Int, most: Int?)
        case start, end
        /// `\b`, or `\B` where it is negated.
        case wordBoundary(isNegated: Bool)
        case lookahead(Int, isNegated: Bool)
        case lookbehind(Int, isNegated: Bool)
        /// A reference to the text that a group matched, as it is written.
        case backreference(String)
    }

    /// A deviation from the syntax of the flag `u` that has one meaning nevertheless.
    package struct Note: Equatable, Sendable {
        /// The place in the pattern, in Unicode scalars from 0.
        package let position: Int
        package let text: String
    }

    package internal(set) var nodes: [Node] = []
    package internal(set) var root = 0
    package internal(set) var notes: [Note] = []
    /// The depth of nested groups and repetitions.
    package internal(set) var depth = 0

    mutating func add(_ node: Node) -> Int {
        nodes.append(node)
        return nodes.count - 1
    }
}

/// A set of characters, as a pattern writes it.
package struct PatternSet: Sendable {
    package enum Item: Equatable, Sendable {
        case range(ClosedRange<UInt32>)
        /// `\d`, `\w`, `\s`, or the rest where they are negated.
        case digits(isNegated: Bool)
        case word(isNegated: Bool)
        case space(isNegated: Bool)
        case property(PatternProperty, isNegated: Bool)
        /// `.`: all characters but those that end a line.
        case anyOfLine
    }

    package internal(set) var items: [Item]
    package internal(set) var isNegated = false

    init(_ items: [Item]) {
        self.items = items
    }

    init(scalar: UInt32) {
        items = [.range(scalar...scalar)]
    }
}

/// An error of a regular expression's syntax.
package struct PatternSyntaxError: Error, Equatable {
    /// The place in the pattern, in Unicode scalars from 0.
    package let position: Int
    package let text: String
}
