/// A parser of regular expressions with the syntax of ECMA-262's flag `u` (section 22.2.1).
///
/// Some patterns are written for engines without the flag. Syntax with the same meaning there is accepted with a note:
/// an escaped punctuation mark, a literal brace or bracket, `[\w-.]`, a repeated lookahead.
package struct PatternParser {
    let scalars: [Unicode.Scalar]
    var position = 0
    var tree = PatternTree()
    private var groups: [Group] = [Group(kind: .plain, position: -1, alternativeStart: -1)]
    private var captureCount = 0
    /// The place of the last group with a name.
    private var names: [String: Int] = [:]
    /// References to groups, which may come before the group.
    private var references: [(reference: Reference, position: Int)] = []

    private enum Reference {
        case number(Int)
        case name(String)
    }

    /// An open group.
    private struct Group {
        enum Kind {
            case plain
            case lookahead(isNegated: Bool)
            case lookbehind(isNegated: Bool)
        }
        var kind: Kind
        var position: Int
        /// The place of the `|` or parenthesis before the alternative that is being read.
        var alternativeStart: Int
        var alternatives: [Int] = []
        var sequence: [Int] = []
        /// The deepest node so far.
        var depth = 0
    }

    private init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    /// Reads a pattern.
    package static func parse(_ pattern: String) throws(PatternSyntaxError) -> PatternTree {
        var parser = PatternParser(Array(pattern.unicodeScalars))
        try parser.run()
        return parser.tree
    }

    /// Returns whether a string is a regular expression.
    package static func isPattern(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        do throws(PatternSyntaxError) {
            _ = try parse(String(decoding: text, as: UTF8.self))
            return true
        } catch {
            return false
        }
    }

    // MARK: Input

    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    func peek(_ distance: Int) -> Unicode.Scalar? {
        position + distance < scalars.count ? scalars[position + distance] : nil
    }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    func error(_ text: String, at place: Int? = nil) -> PatternSyntaxError {
        PatternSyntaxError(position: place ?? position, text: text)
    }

    mutating func note(_ text: String, at place: Int) {
        tree.notes.append(PatternTree.Note(position: place, text: text))
    }

    // MARK: Groups

    private mutating func run() throws(PatternSyntaxError) {
        while let scalar = next {
            let start = position
            switch scalar {
            case "|":
                endAlternative()
                groups[groups.count - 1].alternativeStart = position
                position += 1
            case "(":
                try openGroup()
            case ")":
                try closeGroup()
            case "^", "$":
                position += 1
                append(scalar == "^" ? .start : .end)
            case "*", "+", "?":
                throw error("'\(scalar)' has nothing to repeat")
            case "\\":
                try readEscape()
            default:
                try readCharacter(scalar, at: start)
            }
        }
        guard groups.count == 1 else {
            throw error("the group is not closed with ')'", at: groups[groups.count - 1].position)
        }
        endAlternative()
        tree.root = joined(groups[0])
        tree.depth = groups[0].depth
        try checkReferences()
    }

    private func checkReferences() throws(PatternSyntaxError) {
        for (reference, place) in references {
            switch reference {
            case .number(let number):
                guard number <= captureCount else {
                    throw error("unknown group \(number)", at: place)
                }
            case .name(let name):
                guard names[name] != nil else {
                    throw error("unknown group '\(name)'", at: place)
                }
            }
        }
    }

    private mutating func openGroup() throws(PatternSyntaxError) {
        let start = position
        let kind: Group.Kind
        switch (peek(1), peek(2), peek(3)) {
        case ("?", ":", _): (kind, position) = (.plain, start + 3)
        case ("?", "=", _): (kind, position) = (.lookahead(isNegated: false), start + 3)
        case ("?", "!", _): (kind, position) = (.lookahead(isNegated: true), start + 3)
        case ("?", "<", "="): (kind, position) = (.lookbehind(isNegated: false), start + 4)
        case ("?", "<", "!"): (kind, position) = (.lookbehind(isNegated: true), start + 4)
        case ("?", "<", _):
            (kind, position) = (.plain, start + 3)
            try readGroupName(at: start)
            captureCount += 1
        case ("?", _, _):
            throw error("invalid group: '(?' is followed by ':', '=', '!', '<=', '<!' or '<name>'")
        default:
            (kind, position) = (.plain, start + 1)
            captureCount += 1
        }
        groups.append(Group(kind: kind, position: start, alternativeStart: start))
    }

    /// Reads the name of a group. Two groups may have the same only where they are in different alternatives.
    private mutating func readGroupName(at start: Int) throws(PatternSyntaxError) {
        let name = try readName()
        if let last = names.updateValue(start, forKey: name) {
            // The innermost open group that contains the last group of the name: those opened before that one do.
            var (low, high) = (0, groups.count)
            while high - low > 1 {
                let middle = (low + high) / 2
                if groups[middle].position < last { low = middle } else { high = middle }
            }
            guard last < groups[low].alternativeStart else { throw error("duplicate group name '\(name)'", at: start) }
        }
    }

    /// Reads a name up to `>`.
    private mutating func readName() throws(PatternSyntaxError) -> String {
        let start = position
        var name = ""
        while let scalar = next, scalar != ">" {
            var scalar = scalar
            position += 1
            if scalar == "\\" {
                guard skip("u"), let value = readUnicodeEscape(), let escaped = Unicode.Scalar(value) else {
                    throw error("invalid escape in a group's name", at: start)
                }
                scalar = escaped
            }
            let isPart =
                name.isEmpty
                ? scalar.properties.isIDStart
                : scalar.properties.isIDContinue || ["\u{200C}", "\u{200D}"].contains(scalar)
            guard isPart || scalar == "$" || scalar == "_" else { throw error("invalid group name", at: start) }
            name.unicodeScalars.append(scalar)
        }
        guard skip(">"), !name.isEmpty else { throw error("invalid group name", at: start) }
        return name
    }

    private mutating func closeGroup() throws(PatternSyntaxError) {
        guard groups.count > 1, let group = endGroup() else { throw error("')' closes no group") }
        position += 1
        let node = joined(group)
        switch group.kind {
        case .plain:
            groups[groups.count - 1].sequence.append(node)
            try readQuantifier(of: node)
        case .lookahead(let isNegated):
            let look = tree.add(.lookahead(node, isNegated: isNegated))
            groups[groups.count - 1].sequence.append(look)
            let start = position
            if try readQuantifier(of: look) { note("a repeated lookahead", at: start) }
        case .lookbehind(let isNegated):
            groups[groups.count - 1].sequence.append(tree.add(.lookbehind(node, isNegated: isNegated)))
        }
    }

    private mutating func endGroup() -> Group? {
        endAlternative()
        guard let group = groups.popLast() else { return nil }
        groups[groups.count - 1].depth = max(groups[groups.count - 1].depth, group.depth + 1)
        return group
    }

    private mutating func endAlternative() {
        let last = groups.count - 1
        let sequence = groups[last].sequence
        groups[last].alternatives.append(
            sequence.count == 1 ? sequence[0] : tree.add(sequence.isEmpty ? .empty : .sequence(sequence)))
        groups[last].sequence = []
    }

    private mutating func joined(_ group: Group) -> Int {
        group.alternatives.count == 1 ? group.alternatives[0] : tree.add(.alternatives(group.alternatives))
    }

    // MARK: Atoms

    private mutating func append(_ node: PatternTree.Node) {
        groups[groups.count - 1].sequence.append(tree.add(node))
    }

    mutating func appendAtom(_ node: PatternTree.Node) throws(PatternSyntaxError) {
        let index = tree.add(node)
        groups[groups.count - 1].sequence.append(index)
        try readQuantifier(of: index)
    }

    mutating func appendAssertion(_ node: PatternTree.Node) {
        append(node)
    }

    mutating func refer(toGroup number: Int, at place: Int) throws(PatternSyntaxError) {
        references.append((.number(number), place))
        try appendAtom(.backreference("\\\(number)"))
    }

    mutating func referToNamedGroup(at place: Int) throws(PatternSyntaxError) {
        guard skip("<") else { throw error("invalid group reference: '\\k' is followed by '<name>'", at: place) }
        let name = try readName()
        references.append((.name(name), place))
        try appendAtom(.backreference("\\k<\(name)>"))
    }

    private mutating func readCharacter(_ scalar: Unicode.Scalar, at start: Int) throws(PatternSyntaxError) {
        switch scalar {
        case ".":
            position += 1
            try appendAtom(.set(PatternSet([.anyOfLine])))
        case "[":
            try appendAtom(.set(try readClass()))
        case "{":
            guard try readBounds() == nil else { throw error("'{' has nothing to repeat", at: start) }
            position = start + 1
            note("'{' without a backslash", at: start)
            try appendAtom(.set(PatternSet(scalar: scalar.value)))
        case "}", "]":
            position += 1
            note("'\(scalar)' without a backslash", at: start)
            try appendAtom(.set(PatternSet(scalar: scalar.value)))
        default:
            position += 1
            try appendAtom(.set(PatternSet(scalar: scalar.value)))
        }
    }

    // MARK: Quantifiers

    /// Reads the quantifier of the last node, if there is one, and puts the repetition in its place.
    @discardableResult
    private mutating func readQuantifier(of node: Int) throws(PatternSyntaxError) -> Bool {
        let least: Int
        let most: Int?
        switch next {
        case "*": (least, most) = (0, nil)
        case "+": (least, most) = (1, nil)
        case "?": (least, most) = (0, 1)
        case "{":
            let start = position
            guard let bounds = try readBounds() else {
                position = start
                return false
            }
            (least, most) = bounds
            position -= 1
        default: return false
        }
        position += 1
        // Lazy or not: the same strings match.
        _ = skip("?")
        let last = groups.count - 1
        groups[last].sequence[groups[last].sequence.count - 1] = tree.add(.repeated(node, least: least, most: most))
        return true
    }

    /// Reads `{n}`, `{n,}` or `{n,m}`; `nil` where the brace begins none of them.
    private mutating func readBounds() throws(PatternSyntaxError) -> (least: Int, most: Int?)? {
        let start = position
        guard skip("{"), let least = readNumber() else { return nil }
        var most: Int? = least
        if skip(",") { most = readNumber() }
        guard skip("}") else { return nil }
        if let most, most < least { throw error("the bounds of a repetition are out of order", at: start) }
        return (least, most)
    }

    /// Reads decimal digits. Numbers past a billion are taken for that.
    mutating func readNumber() -> Int? {
        let start = position
        var value = 0
        while let digit = next, "0"..."9" ~= digit {
            value = min(value * 10 + Int(digit.value - 48), 1_000_000_000)
            position += 1
        }
        return position > start ? value : nil
    }
}
