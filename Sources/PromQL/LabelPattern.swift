/// A regular expression of a matcher, always anchored at both ends, in the syntax that Prometheus takes.
/// See <https://github.com/google/re2/wiki/Syntax>.
package struct LabelPattern: Sendable {
    indirect enum Node: Sendable {
        case scalar(Unicode.Scalar)
        case any
        case set([ClosedRange<UInt32>], isNegated: Bool)
        case start
        case end
        case wordBoundary(Bool)
        case sequence([Node])
        case alternatives([Node])
        case repeated(Node, least: Int, most: Int?)
    }

    private let root: Node
    /// Whether it holds what is read, but not understood, such as flags and Unicode's scripts.
    private let isUncertain: Bool

    /// `nil` where Prometheus would not take the pattern.
    package init?(_ pattern: String) {
        do throws(LabelPatternParser.Problem) {
            (root, isUncertain) = try LabelPatternParser.parse(pattern)
        } catch {
            return nil
        }
    }

    /// What is wrong with a pattern; `nil` where Prometheus takes it.
    static func problem(in pattern: String) -> String? {
        do throws(LabelPatternParser.Problem) {
            _ = try LabelPatternParser.parse(pattern)
            return nil
        } catch {
            return error.text
        }
    }

    /// Whether the pattern matches the whole of a value; `nil` where that can't be told.
    package func matches(_ value: String) -> Bool? {
        // What is not understood is about letters, of which an empty value has none.
        if isUncertain, !value.isEmpty { return nil }
        let scalars = Array(value.unicodeScalars)
        return Self.ends(of: root, in: scalars, from: [0]).contains(scalars.count)
    }

    /// The values that the pattern lists, `a|b`; `nil` where it does more than that.
    package var listedValues: [String]? {
        if isUncertain { return nil }
        var values: [String] = []
        var alternatives = [root]
        if case .alternatives(let several) = root { alternatives = several }
        for alternative in alternatives {
            guard let literal = Self.literal(alternative) else { return nil }
            values.append(literal)
        }
        return values
    }

    private static func literal(_ node: Node) -> String? {
        switch node {
        case .scalar(let scalar): return String(scalar)
        case .sequence(let nodes):
            var text = ""
            for node in nodes {
                guard let part = literal(node) else { return nil }
                text += part
            }
            return text
        case .any, .set, .start, .end, .wordBoundary, .alternatives, .repeated: return nil
        }
    }

    /// Where matches of a node can end that begin at one of the places: all ways at once, so no pattern takes long.
    private static func ends(of node: Node, in text: [Unicode.Scalar], from places: Set<Int>) -> Set<Int> {
        func step(_ accepts: (Unicode.Scalar) -> Bool) -> Set<Int> {
            Set(places.filter { $0 < text.count && accepts(text[$0]) }.map { $0 + 1 })
        }
        switch node {
        case .scalar(let scalar): return step { $0 == scalar }
        case .any: return step { $0 != "\n" }
        case .set(let ranges, let isNegated):
            return step { scalar in ranges.contains { $0.contains(scalar.value) } != isNegated }
        case .start: return places.intersection([0])
        case .end: return places.intersection([text.count])
        case .wordBoundary(let isBoundary):
            func isWord(_ place: Int) -> Bool {
                text.indices.contains(place) && text[place].isASCII && UInt8(ascii: text[place]).isNamePart
            }
            return places.filter { (isWord($0 - 1) != isWord($0)) == isBoundary }
        case .sequence(let nodes):
            return nodes.reduce(places) { ends(of: $1, in: text, from: $0) }
        case .alternatives(let nodes):
            return nodes.reduce(into: Set()) { $0.formUnion(ends(of: $1, in: text, from: places)) }
        case .repeated(let inner, let least, let most):
            var current = places
            for _ in 0..<least {
                let next = ends(of: inner, in: text, from: current)
                if next == current { break }
                current = next
            }
            var reached = current
            var count = least
            while !current.isEmpty, count < most ?? .max {
                current = ends(of: inner, in: text, from: current).subtracting(reached)
                reached.formUnion(current)
                count += 1
            }
            return reached
        }
    }
}

extension Query.Matcher {
    /// Whether the matcher takes a value; `nil` where that can't be told.
    package func matches(_ candidate: String) -> Bool? {
        switch operation {
        case .equal: candidate == value.text
        case .notEqual: candidate != value.text
        case .matches: LabelPattern(value.text)?.matches(candidate)
        case .doesNotMatch: LabelPattern(value.text)?.matches(candidate).map { !$0 }
        }
    }
}
