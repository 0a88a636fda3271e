/// Characters, escape sequences and sets.
extension LabelPatternParser {
    mutating func atom() throws(Problem) -> Node {
        switch rest.removeFirst() {
        case "[": return .set(try set())
        case ".": return .set(flags.contains("s") ? .any : .anyOfLine)
        case "^": return .start(ofLine: flags.contains("m"))
        case "$": return .end(ofLine: flags.contains("m"))
        case "\\": return try escape()
        case let scalar: return literal(scalar)
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> Node {
        flags.contains("i") ? .folded(scalar) : .scalar(scalar)
    }

    private mutating func escape() throws(Problem) -> Node {
        guard let mark = rest.first else { throw Problem(text: "incomplete escape sequence") }
        if let member = try classEscape() {
            return .set(ScalarSet(members: [member], ignoresCase: flags.contains("i")))
        }
        rest.removeFirst()
        switch mark {
        case "A": return .start(ofLine: false)
        case "z": return .end(ofLine: false)
        case "b": return .wordBoundary(true)
        case "B": return .wordBoundary(false)
        case "Q":
            var nodes: [Node] = []
            while let scalar = rest.popFirst() {
                if scalar == "\\", take("E") { break }
                nodes.append(literal(scalar))
            }
            return .sequence(nodes)
        default: return literal(try scalarEscape(mark))
        }
    }

    /// Parses `\d`, `\W`, `\pL` and the like, after the backslash.
    private mutating func classEscape() throws(Problem) -> ScalarSet.Member? {
        guard let mark = rest.first else { return nil }
        let isNegated = mark.properties.isUppercase
        let ranges: [ClosedRange<UInt32>]
        switch mark {
        case "d", "D": ranges = Self.digits
        case "s", "S": ranges = [9...10, 12...13, 32...32]
        case "w", "W": ranges = Self.digits + Self.letters + [95...95]
        case "p", "P": return try namedClass(isNegated: isNegated)
        default: return nil
        }
        rest.removeFirst()
        return .ranges(ranges, isNegated: isNegated)
    }

    private mutating func namedClass(isNegated: Bool) throws(Problem) -> ScalarSet.Member {
        rest.removeFirst()
        guard let first = rest.popFirst() else { throw Problem(text: "a class of characters has no name") }
        guard first == "{" else {
            guard let member = ScalarSet.Member.named("\(first)", isNegated: isNegated) else {
                throw Problem(text: "unknown class of characters '\(first)'")
            }
            return member
        }
        // `\p{^Lu}` is `\P{Lu}`.
        guard let name = text(upTo: "}"),
            let member = ScalarSet.Member.named(
                name.drop { $0 == "^" }, isNegated: isNegated != name.hasPrefix("^"))
        else { throw Problem(text: "unknown class of characters") }
        return member
    }

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
                // Go accepts half a surrogate pair, which no text contains.
                return Unicode.Scalar(value) ?? "\u{FFFD}"
            }
        case "0"..."7":
            // A single digit other than 0 is a back-reference, which RE2 does not support.
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
        throw Problem(text: "unknown escape sequence '\\\(mark)'")
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

    private mutating func set() throws(Problem) -> ScalarSet {
        var set = ScalarSet(members: [], isNegated: take("^"), ignoresCase: flags.contains("i"))
        var isFirst = true
        while isFirst || rest.first != "]" {
            isFirst = false
            set.members.append(try member())
        }
        rest.removeFirst()
        return set
    }

    private mutating func member() throws(Problem) -> ScalarSet.Member {
        if rest.first == "[", rest.dropFirst().first == ":", let end = namedSetEnd() {
            var name = rest[(rest.startIndex + 2)..<end].reduce(into: "") { $0.unicodeScalars.append($1) }
            let isNegated = name.hasPrefix("^")
            if isNegated { name.removeFirst() }
            guard let ranges = Self.namedSets[name] else { throw Problem(text: "unknown set '[:\(name):]'") }
            rest = rest[(end + 2)...]
            return .ranges(ranges, isNegated: isNegated)
        }
        if rest.first == "\\" {
            let before = rest
            rest.removeFirst()
            if let member = try classEscape() { return member }
            rest = before
        }
        let low = try setScalar()
        var high = low
        if rest.first == "-", let next = rest.dropFirst().first, next != "]" {
            rest.removeFirst()
            high = try setScalar()
        }
        guard low <= high else { throw Problem(text: "the bounds of a range in a set are reversed") }
        return .ranges([low.value...high.value], isNegated: false)
    }

    /// Returns the index of the `:]` of a `[:name:]`. Without one, the bracket is literal.
    private func namedSetEnd() -> Int? {
        rest.indices.dropFirst(2).first { rest[$0] == ":" && rest.indices.contains($0 + 1) && rest[$0 + 1] == "]" }
    }

    private mutating func setScalar() throws(Problem) -> Unicode.Scalar {
        guard let scalar = rest.popFirst() else { throw Problem(text: "a set is not closed with ']'") }
        guard scalar == "\\" else { return scalar }
        guard let mark = rest.popFirst() else { throw Problem(text: "incomplete escape sequence") }
        return try scalarEscape(mark)
    }
}
