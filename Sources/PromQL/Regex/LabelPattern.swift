/// A regular expression of a matcher, in RE2 syntax. Matchers anchor it at both ends.
/// See <https://github.com/google/re2/wiki/Syntax>.
package struct LabelPattern: Sendable {
    indirect enum Node: Sendable {
        case scalar(Unicode.Scalar)
        /// A character in any case.
        case folded(Unicode.Scalar)
        case set(ScalarSet)
        /// The start of the text or of a line.
        case start(ofLine: Bool)
        case end(ofLine: Bool)
        case wordBoundary(Bool)
        case sequence([Node])
        case alternatives([Node])
        case repeated(Node, least: Int, most: Int?)
    }

    let root: Node

    private init(root: Node) {
        self.root = root
    }

    /// Returns `nil` if Prometheus would reject the pattern.
    package init?(_ pattern: String) {
        do throws(LabelPatternParser.Problem) {
            root = try LabelPatternParser.parse(pattern)
        } catch {
            return nil
        }
    }

    /// Describes the mistake in a pattern. Returns `nil` if the pattern is valid.
    static func problem(in pattern: String) -> String? {
        do throws(LabelPatternParser.Problem) {
            _ = try LabelPatternParser.parse(pattern)
            return nil
        } catch {
            return error.text
        }
    }

    /// The values of a pattern that only lists values, such as `a|b`.
    package var listedValues: [String]? {
        var values: [String] = []
        for alternative in alternatives {
            guard let literal = alternative.literal else { return nil }
            values.append(literal)
        }
        return values
    }

    // MARK: Alternatives

    /// The maximum number of nodes in all alternatives. Larger patterns are not split into alternatives.
    private static let mostNodes = 1 << 18

    /// The pattern with its groups expanded: `a(b|c)` is `ab` or `ac`.
    var alternatives: [LabelPattern] {
        guard let expansion = Self.expanded(root) else { return [self] }
        return expansion.sequences.map { LabelPattern(root: .sequence($0)) }
    }

    private struct Expansion {
        var sequences: [[Node]]
        /// The number of nodes in all sequences, plus one for each sequence.
        var size: Int
    }

    /// Returns the sequences of a node; `nil` if they are too large.
    private static func expanded(_ node: Node) -> Expansion? {
        switch node {
        case .alternatives(let nodes):
            var result = Expansion(sequences: [], size: 0)
            for node in nodes {
                guard let more = expanded(node), result.size + more.size <= mostNodes else { return nil }
                result.sequences += more.sequences
                result.size += more.size
            }
            return result
        case .sequence(let nodes):
            var result = Expansion(sequences: [[]], size: 1)
            for node in nodes {
                guard let more = expanded(node) else { return nil }
                let counts = (result.sequences.count, more.sequences.count)
                let size = result.size * counts.1 + (more.size - counts.1) * counts.0
                guard size <= mostNodes else { return nil }
                if counts.1 == 1, let only = more.sequences.first {
                    // Append in place: a long literal is a sequence of many nodes.
                    for index in result.sequences.indices { result.sequences[index] += only }
                } else {
                    result.sequences = result.sequences.flatMap { start in more.sequences.map { start + $0 } }
                }
                result.size = size
            }
            return result
        case .scalar, .folded, .set, .start, .end, .wordBoundary, .repeated:
            return Expansion(sequences: [[node]], size: 2)
        }
    }

    /// The nodes of an alternative without redundant anchors.
    private var unanchored: ArraySlice<Node> {
        var nodes = [root][...]
        if case .sequence(let several) = root { nodes = several[...] }
        while case .start(ofLine: false)? = nodes.first { nodes.removeFirst() }
        while case .end(ofLine: false)? = nodes.last { nodes.removeLast() }
        return nodes
    }

    /// The only value that an alternative matches; `nil` if it may match several.
    var literal: String? {
        var text = ""
        for node in unanchored {
            guard case .scalar(let scalar) = node else { return nil }
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    /// Whether every alternative begins with a literal character.
    var hasLiteralPrefix: Bool {
        alternatives.allSatisfy { alternative in
            if case .scalar? = alternative.unanchored.first { return true }
            return false
        }
    }
}

/// The text of an alternative in messages, with `…` for complex nodes.
extension LabelPattern: CustomStringConvertible {
    package var description: String {
        unanchored.reduce(into: "") { $0 += Self.text(of: $1) }
    }

    private static func text(of node: Node) -> String {
        switch node {
        case .scalar(let scalar), .folded(let scalar):
            return "\\.+*?()|[]{}^$".unicodeScalars.contains(scalar) ? "\\\(scalar)" : String(scalar)
        case .set(let set): return set.isAny ? "." : "…"
        case .repeated(let inner, least: 0, most: nil): return text(of: inner) + "*"
        case .repeated(let inner, least: 1, most: nil): return text(of: inner) + "+"
        case .repeated(let inner, least: 0, most: 1): return text(of: inner) + "?"
        case .start, .end, .wordBoundary, .sequence, .alternatives, .repeated: return "…"
        }
    }
}
