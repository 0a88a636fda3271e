/// Escapes and classes.
extension PatternParser {
    /// Reads an escape from its backslash, outside of a class.
    mutating func readEscape() throws(PatternSyntaxError) {
        let start = position
        guard let mark = peek(1) else { throw error("a backslash at the end escapes nothing") }
        switch mark {
        case "b", "B":
            position += 2
            appendAssertion(.wordBoundary(isNegated: mark == "B"))
        case "k":
            position += 2
            try referToNamedGroup(at: start)
        case "1"..."9":
            position += 1
            try refer(toGroup: readNumber() ?? 0, at: start)
        default:
            if let item = try readClassEscape() {
                try appendAtom(.set(PatternSet([item])))
            } else {
                try appendAtom(.set(PatternSet(scalar: try readCharacterEscape(inClass: false))))
            }
        }
    }

    /// Parses an escape of a set, at its backslash; `nil` for other escapes.
    private mutating func readClassEscape() throws(PatternSyntaxError) -> PatternSet.Item? {
        let item: PatternSet.Item
        switch peek(1) {
        case "d", "D": item = .digits(isNegated: peek(1) == "D")
        case "w", "W": item = .word(isNegated: peek(1) == "W")
        case "s", "S": item = .space(isNegated: peek(1) == "S")
        case "p", "P":
            return try readProperty(isNegated: peek(1) == "P")
        default: return nil
        }
        position += 2
        return item
    }

    private mutating func readProperty(isNegated: Bool) throws(PatternSyntaxError) -> PatternSet.Item {
        let start = position
        position += 2
        guard skip("{") else { throw error("'\\p' is followed by '{property}'", at: start) }
        var name = ""
        while let scalar = next, scalar != "}" {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard skip("}") else { throw error("'\\p{' is not closed with '}'", at: start) }
        guard let property = PatternProperty(name) else {
            throw error("unknown character property '\(name)'", at: start)
        }
        return .property(property, isNegated: isNegated)
    }

    /// Parses an escape of one character, at its backslash.
    private mutating func readCharacterEscape(inClass: Bool) throws(PatternSyntaxError) -> UInt32 {
        let start = position
        guard let mark = peek(1) else { throw error("a backslash at the end escapes nothing") }
        position += 2
        switch mark {
        case "t": return 0x09
        case "n": return 0x0A
        case "v": return 0x0B
        case "f": return 0x0C
        case "r": return 0x0D
        case "b" where inClass: return 0x08
        case "0":
            if let digit = next, "0"..."9" ~= digit { break }
            return 0
        case "c":
            guard let letter = next, letter.isASCII, letter.properties.isAlphabetic else { break }
            position += 1
            return letter.value & 0x1F
        case "x":
            guard let value = readHexadecimal(digits: 2) else { break }
            return value
        case "u":
            guard let value = readUnicodeEscape() else { break }
            return value
        case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/": return mark.value
        case "-" where inClass: return mark.value
        default:
            // Without the flag `u` a character escapes itself. A letter or digit may mean something else to its author.
            guard !mark.isASCII || !mark.properties.isAlphabetic && !("0"..."9" ~= mark) else { break }
            note("'\\\(mark)' escapes a character that needs no backslash", at: start)
            return mark.value
        }
        throw error("unknown escape '\\\(mark)'", at: start)
    }

    /// Reads the digits of `\u` in each of its forms, after the `u`. A pair of surrogates is one character.
    mutating func readUnicodeEscape() -> UInt32? {
        if skip("{") {
            var value: UInt32 = 0
            let start = position
            while let digit = next?.hexadecimalValue {
                value = value << 4 | digit
                guard value <= 0x10FFFF else { return nil }
                position += 1
            }
            return position > start && skip("}") ? value : nil
        }
        guard let unit = readHexadecimal(digits: 4) else { return nil }
        if 0xD800...0xDBFF ~= unit, next == "\\", peek(1) == "u" {
            let end = position
            position += 2
            if let trail = readHexadecimal(digits: 4), 0xDC00...0xDFFF ~= trail {
                return 0x10000 + (unit - 0xD800) << 10 + (trail - 0xDC00)
            }
            position = end
        }
        return unit
    }

    private mutating func readHexadecimal(digits count: Int) -> UInt32? {
        var value: UInt32 = 0
        for offset in 0..<count {
            guard let digit = peek(offset)?.hexadecimalValue else { return nil }
            value = value << 4 | digit
        }
        position += count
        return value
    }

    // MARK: Classes

    /// Reads a class from its `[`.
    mutating func readClass() throws(PatternSyntaxError) -> PatternSet {
        let start = position
        position += 1
        var set = PatternSet([])
        set.isNegated = skip("^")
        while !skip("]") {
            guard next != nil else { throw error("the class is not closed with ']'", at: start) }
            let place = position
            let low = try readClassAtom()
            guard next == "-", let after = peek(1), after != "]" else {
                set.items.append(low)
                continue
            }
            let dash = position
            position += 1
            let high = try readClassAtom()
            if case .range(let low) = low, case .range(let high) = high {
                guard low.lowerBound <= high.lowerBound else {
                    throw error("the bounds of a range are out of order", at: place)
                }
                set.items.append(.range(low.lowerBound...high.lowerBound))
            } else {
                note("'-' beside a set is not a range", at: dash)
                set.items += [low, .range(0x2D...0x2D), high]
            }
        }
        return set
    }

    /// Reads a character as a range of one, or a set.
    private mutating func readClassAtom() throws(PatternSyntaxError) -> PatternSet.Item {
        guard let scalar = next else { throw error("the class is not closed with ']'") }
        guard scalar == "\\" else {
            position += 1
            return .range(scalar.value...scalar.value)
        }
        if let item = try readClassEscape() { return item }
        let value = try readCharacterEscape(inClass: true)
        return .range(value...value)
    }
}

extension Unicode.Scalar {
    fileprivate var hexadecimalValue: UInt32? {
        switch self {
        case "0"..."9": value - 0x30
        case "a"..."f": value - 0x61 + 10
        case "A"..."F": value - 0x41 + 10
        default: nil
        }
    }
}
