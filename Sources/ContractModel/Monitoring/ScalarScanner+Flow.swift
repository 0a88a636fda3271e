/// Plain and quoted scalars: lines are folded, whatever their indentation.
extension ScalarScanner {
    mutating func scanFlow(quote: UInt8?) {
        while !isDone {
            var endsEscaped = false
            while !isDone, !isAtBlank, breakLength == nil {
                if quote == UInt8(ascii: "\""), current == UInt8(ascii: "\\") {
                    if let length = text.lineBreak(at: position + 1) {
                        position += 1 + length
                        endsEscaped = true
                        break
                    }
                    guard takeEscape() else { return }
                } else if quote == UInt8(ascii: "'"), current == quote {
                    emit([UInt8(ascii: "'")], from: position..<position + 2)
                    position += 2
                } else {
                    take()
                }
            }
            takeGap(isEscaped: endsEscaped)
        }
    }

    /// Blanks between two words of a line are kept; a line's end and the next one's start are not. One line break is a
    /// space, of more all but the first are kept; after a line that ends in a backslash, all are.
    private mutating func takeGap(isEscaped: Bool) {
        let start = position
        var breaks: [Int] = []
        while isAtBlank || breakLength != nil {
            if breakLength != nil { breaks.append(position) }
            position += breakLength ?? 1
        }
        if isEscaped {
            for offset in breaks { emitBreak(at: offset) }
        } else if let first = breaks.first {
            fold(first, breaks.dropFirst())
        } else {
            for offset in start..<position { emit([text[offset]], from: offset..<offset + 1) }
        }
    }

    /// Takes a line's end, and those of the empty lines after it.
    mutating func fold(_ first: Int, _ rest: some Collection<Int>) {
        if !isFolding(first) {
            emitBreak(at: first)
        } else if rest.isEmpty {
            emit([0x20], from: first..<first + (text.lineBreak(at: first) ?? 1))
        }
        for offset in rest { emitBreak(at: offset) }
    }

    // MARK: Escape sequences

    /// The escape sequences of one character.
    private static let marks: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "t"): "\t",
        0x09: "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}", UInt8(ascii: "f"): "\u{C}",
        UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}", 0x20: " ", UInt8(ascii: "\""): "\"",
        UInt8(ascii: "/"): "/", UInt8(ascii: "\\"): "\\", UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}",
        UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
    ]

    /// The number of hexadecimal digits after a mark.
    private static let digitCounts: [UInt8: Int] = [
        UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8,
    ]

    private mutating func takeEscape() -> Bool {
        let start = position
        guard start + 1 < text.count else { return false }
        let mark = text[start + 1]
        var scalar = Self.marks[mark]
        position += 2
        if let count = Self.digitCounts[mark], position + count <= text.count {
            let digits = String(decoding: text[position..<position + count], as: UTF8.self)
            scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
            position += count
        }
        guard let scalar else { return false }
        emit(Array(String(Character(scalar)).utf8), from: start..<position)
        return true
    }
}
