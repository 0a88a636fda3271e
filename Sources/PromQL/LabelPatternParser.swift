/// Reads a regular expression as Go's regexp package does.
struct LabelPatternParser {
    struct Problem: Error {
        var text: String
    }
    typealias Node = LabelPattern.Node

    private static let deepest = 100
    private static let mostRepetitions = 1000

    private var isUncertain = false
    private var rest: ArraySlice<Unicode.Scalar>
    private var level = 0

    init(_ pattern: String) {
        rest = Array(pattern.unicodeScalars)[...]
    }

    /// Prometheus reads a pattern alone and once more in the frame that anchors it, where an open `\Q` breaks it.
    static func parse(_ pattern: String) throws(Problem) -> (root: Node, isUncertain: Bool) {
        var framed = LabelPatternParser("^(?:\(pattern))$")
        _ = try framed.parse()
        var alone = LabelPatternParser(pattern)
        return (try alone.parse(), alone.isUncertain)
    }

    private mutating func parse() throws(Problem) -> Node {
        let node = try alternatives()
        guard rest.isEmpty else { throw Problem(text: "a ')' closes no group") }
        return node
    }

    private mutating func alternatives() throws(Problem) -> Node {
        level += 1
        defer { level -= 1 }
        guard level <= Self.deepest else { throw Problem(text: "its groups are nested too deep") }
        var nodes = [try sequence()]
        while take("|") { nodes.append(try sequence()) }
        return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
    }

    private mutating func sequence() throws(Problem) -> Node {
        var nodes: [Node] = []
        var isRepeated = false
        while let scalar = rest.first, scalar != "|", scalar != ")" {
            if let (least, most) = try quantifier() {
                guard !isRepeated else { throw Problem(text: "a repetition is repeated") }
                guard let last = nodes.popLast() else { throw Problem(text: "a repetition has nothing to repeat") }
                let node = Node.repeated(last, least: least, most: most)
                guard Self.fits(node, Self.mostRepetitions) else {
                    throw Problem(text: "it repeats more than \(Self.mostRepetitions) times")
                }
                nodes.append(node)
                isRepeated = true
            } else {
                if let node = try atom() { nodes.append(node) }
                isRepeated = false
            }
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    // MARK: Repetitions

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

    /// `{2}`, `{2,}` or `{2,5}`; anything else in braces stands for itself.
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
            // * + and ? cost nothing, only counts are written out.
            let count = most == nil && least <= 1 || (least, most) == (0, 1) ? 1 : most ?? least
            return count <= budget && fits(inner, count > 0 ? budget / count : budget)
        case .sequence(let nodes), .alternatives(let nodes): return nodes.allSatisfy { fits($0, budget) }
        case .scalar, .any, .set, .start, .end, .wordBoundary: return true
        }
    }

    // MARK: Atoms

    private mutating func atom() throws(Problem) -> Node? {
        switch rest.removeFirst() {
        case "(": return try group()
        case "[": return try set()
        case ".": return .any
        case "^": return .start
        case "$": return .end
        case "\\": return try escape()
        case let scalar: return .scalar(scalar)
        }
    }

    private mutating func group() throws(Problem) -> Node? {
        if take("?") {
            if take("P") {
                guard take("<"), let name = text(upTo: ">"), !name.isEmpty,
                    name.unicodeScalars.allSatisfy({ $0.isASCII && UInt8(ascii: $0).isNamePart })
                else { throw Problem(text: "the name of a group is not well formed") }
            } else {
                guard let flags = text(upTo: ":", orBefore: ")") else { throw Problem(text: "a group is not closed") }
                guard Self.areFlags(flags.text) else {
                    throw Problem(text: "'(?\(flags.text)' begins no group that RE2 knows, such as (?:")
                }
                if flags.text.contains(where: { "im".contains($0) }) { isUncertain = true }
                if !flags.isGroup { return nil }
            }
        }
        let inner = try alternatives()
        guard take(")") else { throw Problem(text: "a group is not closed") }
        return inner
    }

    private static func areFlags(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ $0.allSatisfy { "imsU".contains($0) } }) else { return false }
        return parts.count == 1 || !(parts.last?.isEmpty ?? true)
    }

    private mutating func escape() throws(Problem) -> Node? {
        guard let mark = rest.first else { throw Problem(text: "a backslash has nothing to escape") }
        if let ranges = try classEscape() { return ranges }
        rest.removeFirst()
        switch mark {
        case "A": return .start
        case "z": return .end
        case "b": return .wordBoundary(true)
        case "B": return .wordBoundary(false)
        case "Q":
            var nodes: [Node] = []
            while let scalar = rest.popFirst() {
                if scalar == "\\", take("E") { break }
                nodes.append(.scalar(scalar))
            }
            return .sequence(nodes)
        default: return .scalar(try scalarEscape(mark))
        }
    }

    /// `\d`, `\W`, `\pL` and the like, after the backslash.
    private mutating func classEscape() throws(Problem) -> Node? {
        guard let mark = rest.first else { return nil }
        let ranges: [ClosedRange<UInt32>]
        switch mark {
        case "d", "D": ranges = Self.digits
        case "s", "S": ranges = [9...10, 12...13, 32...32]
        case "w", "W": ranges = Self.digits + Self.letters + [95...95]
        case "p", "P":
            rest.removeFirst()
            isUncertain = true
            guard let first = rest.popFirst() else { throw Problem(text: "a class of characters has no name") }
            if first == "{" {
                guard let name = text(upTo: "}"), Self.isClassName(name) else {
                    throw Problem(text: "there is no such class of characters as it names")
                }
            } else if !"CLMNPSZ".unicodeScalars.contains(first) {
                throw Problem(text: "there is no class of characters '\(first)'")
            }
            return .set([], isNegated: true)
        default: return nil
        }
        rest.removeFirst()
        return .set(ranges, isNegated: mark.properties.isUppercase)
    }

    /// Unicode's categories have one or two letters; any word that could be a script is taken for one.
    private static func isClassName(_ name: String) -> Bool {
        let word = name.hasPrefix("^") ? name.dropFirst() : name[...]
        if word.utf8.count <= 2 { return categories.contains(word) }
        guard let first = word.utf8.first, word.utf8.allSatisfy(\.isLetter) else { return false }
        return first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
    }

    private static let categories: [Substring] = [
        "C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No",
        "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Yi", "Z", "Zl", "Zp", "Zs",
    ]

    private mutating func scalarEscape(_ mark: Unicode.Scalar) throws(Problem) -> Unicode.Scalar {
        switch mark {
        case "a": return "\u{07}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{0B}"
        case "x":
            let digits: String?
            if take("{") {
                digits = text(upTo: "}")
            } else {
                digits = rest.prefix(2).reduce(into: "") { $0.unicodeScalars.append($1) }
                guard rest.count >= 2 else { break }
                rest = rest.dropFirst(2)
            }
            if let digits, !digits.isEmpty, digits.utf8.allSatisfy({ $0.hexadecimalValue != nil }),
                let value = UInt32(digits, radix: 16), value <= 0x10FFFF
            {
                // Go takes half a surrogate pair, which no text holds.
                return Unicode.Scalar(value) ?? "\u{FFFD}"
            }
        case "0"..."7":
            // A single digit other than 0 would refer back to a group, which RE2 cannot.
            guard mark == "0" || rest.first.map({ $0 >= "0" && $0 <= "7" }) == true else { break }
            var value = mark.value - 48
            for _ in 0..<2 {
                guard let digit = rest.first, digit >= "0", digit <= "7" else { break }
                value = value * 8 + digit.value - 48
                rest.removeFirst()
            }
            if let scalar = Unicode.Scalar(value) { return scalar }
        case _ where mark.isASCII && (mark == "_" || !UInt8(ascii: mark).isNamePart): return mark
        default: break
        }
        throw Problem(text: "'\\\(mark)' is no escape sequence that RE2 knows")
    }

    // MARK: Sets

    private static let digits: [ClosedRange<UInt32>] = [48...57]
    private static let letters: [ClosedRange<UInt32>] = [65...90, 97...122]
    private static let namedSets: [String: [ClosedRange<UInt32>]] = [
        "alnum": digits + letters, "alpha": letters, "ascii": [0...127], "blank": [9...9, 32...32],
        "cntrl": [0...31, 127...127], "digit": digits, "graph": [33...126], "lower": [97...122], "print": [32...126],
        "punct": [33...47, 58...64, 91...96, 123...126], "space": [9...13, 32...32], "upper": [65...90],
        "word": digits + letters + [95...95], "xdigit": [48...57, 65...70, 97...102],
    ]

    private mutating func set() throws(Problem) -> Node {
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while isFirst || rest.first != "]" {
            isFirst = false
            if rest.first == "[", rest.dropFirst().first == ":", let end = namedSetEnd() {
                var name = rest[(rest.startIndex + 2)..<end].reduce(into: "") { $0.unicodeScalars.append($1) }
                let isComplement = name.hasPrefix("^")
                if isComplement { name.removeFirst() }
                guard let named = Self.namedSets[name] else { throw Problem(text: "there is no set '[:\(name):]'") }
                rest = rest[(end + 2)...]
                ranges += isComplement ? Self.complement(named) : named
                continue
            }
            if rest.first == "\\" {
                let before = rest
                rest.removeFirst()
                if case .set(let inner, let isComplement)? = try classEscape() {
                    ranges += isComplement ? Self.complement(inner) : inner
                    continue
                }
                rest = before
            }
            let low = try setScalar()
            var high = low
            if rest.first == "-", let next = rest.dropFirst().first, next != "]" {
                rest.removeFirst()
                high = try setScalar()
            }
            guard low <= high else { throw Problem(text: "a range in a set is the wrong way round") }
            ranges.append(low.value...high.value)
        }
        rest.removeFirst()
        return .set(ranges, isNegated: isNegated)
    }

    /// Where the `:]` of a `[:name:]` begins; without one the bracket stands for itself.
    private func namedSetEnd() -> Int? {
        rest.indices.dropFirst(2).first { rest[$0] == ":" && rest.indices.contains($0 + 1) && rest[$0 + 1] == "]" }
    }

    private mutating func setScalar() throws(Problem) -> Unicode.Scalar {
        guard let scalar = rest.popFirst() else { throw Problem(text: "a set is not closed with ']'") }
        guard scalar == "\\" else { return scalar }
        guard let mark = rest.popFirst() else { throw Problem(text: "a backslash has nothing to escape") }
        return try scalarEscape(mark)
    }

    private static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var next: UInt32 = 0
        var result: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if next < range.lowerBound { result.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        return result + [next...0x10FFFF]
    }

    // MARK: Scalars

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func text(upTo end: Unicode.Scalar) -> String? {
        guard let index = rest.firstIndex(of: end) else { return nil }
        defer { rest = rest[(index + 1)...] }
        return rest[..<index].reduce(into: "") { $0.unicodeScalars.append($1) }
    }

    private mutating func text(upTo end: Unicode.Scalar, orBefore other: Unicode.Scalar) -> (
        text: String, isGroup: Bool
    )? {
        guard let index = rest.firstIndex(where: { $0 == end || $0 == other }) else { return nil }
        let isGroup = rest[index] == end
        let text = rest[..<index].reduce(into: "") { $0.unicodeScalars.append($1) }
        rest = rest[(index + 1)...]
        return (text, isGroup)
    }
}
