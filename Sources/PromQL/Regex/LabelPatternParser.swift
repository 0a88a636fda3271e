/// A parser of a regular expression by the rules of Go's regexp package. Open groups are on a stack of the parser's
/// own.
struct LabelPatternParser {
    struct Problem: Error {
        var text: String
    }
    typealias Node = LabelPattern.Node

    /// The maximum nesting of groups, and of the resulting nodes, which are walked recursively. Go's limit is 1000 for
    /// both.
    private static let deepestGroup = 900
    private static let deepestNode = 200
    private static let mostRepetitions = 1000

    /// A node and its depth.
    struct Part {
        var node: Node
        var depth = 1
    }

    /// The parsed parts of an open group.
    private struct Group {
        var alternatives: [Part] = []
        var sequence: [Part] = []
        /// The flags to restore after the group.
        var outerFlags: Set<Character>

        /// Ends the alternative before a `|` or the end of the group.
        mutating func endSequence() {
            alternatives.append(LabelPatternParser.joined(sequence, Node.sequence))
            sequence = []
        }
    }

    var rest: ArraySlice<Unicode.Scalar>
    var flags: Set<Character> = []
    private var groups = [Group(outerFlags: [])]

    init(_ pattern: String) {
        rest = Array(pattern.unicodeScalars)[...]
    }

    /// Prometheus parses a pattern alone and once more with anchors, where an open `\Q` makes it invalid.
    static func parse(_ pattern: String) throws(Problem) -> Node {
        var framed = LabelPatternParser("^(?:\(pattern))$")
        _ = try framed.parse()
        var alone = LabelPatternParser(pattern)
        return try alone.parse()
    }

    private mutating func parse() throws(Problem) -> Node {
        var isRepeated = false
        while let scalar = rest.first {
            if let (least, most) = try quantifier() {
                guard !isRepeated else { throw Problem(text: "a repetition is repeated") }
                try repeatLast(least, most)
                isRepeated = true
                continue
            }
            isRepeated = false
            switch scalar {
            case "(":
                rest.removeFirst()
                try openGroup()
            case ")":
                rest.removeFirst()
                try closeGroup()
            case "|":
                rest.removeFirst()
                groups[groups.count - 1].endSequence()
            default: try append(Part(node: atom()))
            }
        }
        guard groups.count == 1, var last = groups.popLast() else { throw Problem(text: "a group is not closed") }
        last.endSequence()
        return Self.joined(last.alternatives, Node.alternatives).node
    }

    private mutating func append(_ part: Part) throws(Problem) {
        guard part.depth <= Self.deepestNode else { throw Problem(text: "its groups are nested too deep") }
        groups[groups.count - 1].sequence.append(part)
    }

    /// Combines several parts into one; returns a single part unchanged.
    private static func joined(_ parts: [Part], _ node: ([Node]) -> Node) -> Part {
        if parts.count == 1, let part = parts.first { return part }
        return Part(node: node(parts.map(\.node)), depth: 1 + (parts.map(\.depth).max() ?? 0))
    }

    // MARK: Groups

    private mutating func openGroup() throws(Problem) {
        let outerFlags = flags
        if take("?") {
            if take("P") {
                guard take("<"), let name = text(upTo: ">"), !name.isEmpty,
                    name.unicodeScalars.allSatisfy({ $0.isASCII && UInt8(ascii: $0).isNamePart })
                else { throw Problem(text: "invalid name of a group") }
            } else {
                guard let read = text(upTo: ":", orBefore: ")") else { throw Problem(text: "a group is not closed") }
                guard Self.areFlags(read.text) else {
                    throw Problem(text: "unknown kind of group '(?\(read.text)'")
                }
                let parts = read.text.split(separator: "-", omittingEmptySubsequences: false)
                flags = flags.union(parts.first ?? "").subtracting(parts.dropFirst().joined())
                if !read.isGroup { return }
            }
        }
        groups.append(Group(outerFlags: outerFlags))
        guard groups.count <= Self.deepestGroup else { throw Problem(text: "its groups are nested too deep") }
    }

    private mutating func closeGroup() throws(Problem) {
        guard groups.count > 1, var group = groups.popLast() else { throw Problem(text: "unmatched ')'") }
        group.endSequence()
        flags = group.outerFlags
        try append(Self.joined(group.alternatives, Node.alternatives))
    }

    private static func areFlags(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ $0.allSatisfy { "imsU".contains($0) } }) else { return false }
        return parts.count == 1 || !(parts.last?.isEmpty ?? true)
    }

    // MARK: Repetitions

    private mutating func repeatLast(_ least: Int, _ most: Int?) throws(Problem) {
        guard let last = groups[groups.count - 1].sequence.popLast() else {
            throw Problem(text: "a repetition has nothing to repeat")
        }
        let node = Node.repeated(last.node, least: least, most: most)
        // The inner node has been checked already.
        let isCounted = least > 1 || most.map { $0 > 1 } == true
        guard !isCounted || Self.fits(node, Self.mostRepetitions) else {
            throw Problem(text: "it repeats more than \(Self.mostRepetitions) times")
        }
        try append(Part(node: node, depth: last.depth + 1))
    }

    private mutating func quantifier() throws(Problem) -> (least: Int, most: Int?)? {
        let bounds: (least: Int, most: Int?)
        switch rest.first {
        case "*": bounds = (0, nil)
        case "+": bounds = (1, nil)
        case "?": bounds = (0, 1)
        case "{":
            guard let counted = try counts() else { return nil }
            _ = take("?")
            return counted
        default: return nil
        }
        rest.removeFirst()
        _ = take("?")
        return bounds
    }

    /// Parses `{2}`, `{2,}` or `{2,5}`. Other text in braces is literal.
    private mutating func counts() throws(Problem) -> (least: Int, most: Int?)? {
        var ahead = rest.dropFirst()
        func number() -> Int? {
            let digits = ahead.prefix { $0 >= "0" && $0 <= "9" }
            ahead = ahead.dropFirst(digits.count)
            guard !digits.isEmpty, digits.count == 1 || digits.first != "0" else { return nil }
            return digits.reduce(0) { min(Self.mostRepetitions + 1, $0 * 10 + Int($1.value) - 48) }
        }
        guard let least = number() else { return nil }
        var most: Int? = least
        if ahead.first == "," {
            ahead.removeFirst()
            most = nil
            if ahead.first != "}" {
                guard let number = number() else { return nil }
                most = number
            }
        }
        guard ahead.first == "}" else { return nil }
        rest = ahead.dropFirst()
        guard least <= Self.mostRepetitions, most ?? 0 <= Self.mostRepetitions, least <= most ?? .max else {
            throw Problem(text: "the counts of a repetition are out of order or above \(Self.mostRepetitions)")
        }
        return (least, most)
    }

    private static func fits(_ node: Node, _ budget: Int) -> Bool {
        switch node {
        case .repeated(let inner, let least, let most):
            // Only counted repetitions are expanded.
            let count = most == nil && least <= 1 || (least, most) == (0, 1) ? 1 : most ?? least
            return count <= budget && fits(inner, count > 0 ? budget / count : budget)
        case .sequence(let nodes), .alternatives(let nodes): return nodes.allSatisfy { fits($0, budget) }
        case .scalar, .folded, .set, .start, .end, .wordBoundary: return true
        }
    }

    // MARK: Scalars

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    mutating func text(upTo end: Unicode.Scalar) -> String? {
        guard let index = rest.firstIndex(of: end) else { return nil }
        defer { rest = rest[(index + 1)...] }
        return rest[..<index].reduce(into: "") { $0.unicodeScalars.append($1) }
    }

    mutating func text(upTo end: Unicode.Scalar, orBefore other: Unicode.Scalar) -> (
        text: String, isGroup: Bool
    )? {
        guard let index = rest.firstIndex(where: { $0 == end || $0 == other }) else { return nil }
        let isGroup = rest[index] == end
        let text = rest[..<index].reduce(into: "") { $0.unicodeScalars.append($1) }
        rest = rest[(index + 1)...]
        return (text, isGroup)
    }
}
