import StringFormats

/// Matches a pattern by its meaning in ECMA-262: all places where a match of a node can end, from a place where it begins. It
/// shares nothing with the automata but the syntax tree.
struct ReferenceMatcher {
    let tree: PatternTree
    let text: [Unicode.Scalar]

    /// Whether the pattern matches anywhere in the text.
    var isMatch: Bool { (0...text.count).contains { !ends(tree.root, $0).isEmpty } }

    private func ends(_ node: Int, _ place: Int) -> Set<Int> {
        switch tree.nodes[node] {
        case .empty: return [place]
        case .set(let set): return place < text.count && contains(set, text[place]) ? [place + 1] : []
        case .sequence(let nodes):
            return nodes.reduce([place]) { places, node in places.reduce(into: []) { $0.formUnion(ends(node, $1)) } }
        case .alternatives(let nodes): return nodes.reduce(into: []) { $0.formUnion(ends($1, place)) }
        case .repeated(let inner, let least, let most):
            var current: Set<Int> = [place]
            for _ in 0..<least { current = current.reduce(into: []) { $0.formUnion(ends(inner, $1)) } }
            var all = current
            // More repetitions than characters match nothing new.
            for _ in 0..<min((most ?? .max) - least, text.count + 1) {
                current = current.reduce(into: []) { $0.formUnion(ends(inner, $1)) }
                all.formUnion(current)
            }
            return all
        case .start: return place == 0 ? [place] : []
        case .end: return place == text.count ? [place] : []
        case .wordBoundary(let isNegated): return (isWord(place - 1) != isWord(place)) != isNegated ? [place] : []
        case .lookahead(let inner, let isNegated): return ends(inner, place).isEmpty == isNegated ? [place] : []
        case .lookbehind(let inner, let isNegated):
            let isBehind = (0...place).contains { ends(inner, $0).contains(place) }
            return isBehind != isNegated ? [place] : []
        case .backreference: return []
        }
    }

    private func isWord(_ place: Int) -> Bool { text.indices.contains(place) && Self.isWord(text[place]) }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
    }

    private func contains(_ set: PatternSet, _ scalar: Unicode.Scalar) -> Bool {
        let isMember = set.items.contains { item in
            switch item {
            case .range(let range): range.contains(scalar.value)
            case .digits(let isNegated): ("0"..."9" ~= scalar) != isNegated
            case .word(let isNegated): Self.isWord(scalar) != isNegated
            case .space(let isNegated):
                (scalar.properties.isWhitespace && scalar != "\u{85}" || scalar == "\u{FEFF}") != isNegated
            case .anyOfLine: !["\n", "\r", "\u{2028}", "\u{2029}"].contains(scalar)
            case .property(_, let isNegated): scalar.properties.isAlphabetic != isNegated
            }
        }
        return isMember != set.isNegated
    }
}
