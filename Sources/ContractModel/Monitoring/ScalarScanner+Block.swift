/// Literal and folded block scalars: lines that start where the first one does.
extension ScalarScanner {
    mutating func scanBlock(isFolded: Bool) {
        skipLine()
        position += breakLength ?? 0
        let indentation = blockIndentation
        var lineEnd: Int?
        var breaks: [Int] = []
        var goesOn = skipEmptyLines(indentation, into: &breaks)
        var wasIndented = false
        while !isDone, goesOn {
            // Lines that are indented further, and those beside them, are not folded.
            if isFolded, let lineEnd, !wasIndented, !isAtBlank {
                fold(lineEnd, breaks)
            } else {
                keep(lineEnd, breaks)
            }
            wasIndented = isAtBlank
            while position < text.count, breakLength == nil { take() }
            lineEnd = position
            position += breakLength ?? 0
            breaks = []
            goesOn = skipEmptyLines(indentation, into: &breaks)
        }
        keep(lineEnd, breaks)
    }

    private mutating func keep(_ lineEnd: Int?, _ breaks: [Int]) {
        for offset in [lineEnd].compactMap(\.self) + breaks { emitBreak(at: offset) }
    }

    /// Goes past empty lines, and past the indentation of the line after them.
    ///
    /// - Returns: Whether that line is one of the scalar's.
    private mutating func skipEmptyLines(_ indentation: Int, into breaks: inout [Int]) -> Bool {
        while true {
            var column = 0
            while column < indentation, current == 0x20 {
                position += 1
                column += 1
            }
            guard let length = breakLength else { return column == indentation && current != nil }
            // A line of so many spaces and no more is empty too.
            breaks.append(position)
            position += length
        }
    }

    /// The indentation of the scalar's lines: by the spaces that its first line with anything in it has in the file and not in
    /// the value, whether that was stated or found. The lines before are as many in either.
    private var blockIndentation: Int {
        var offset = 0
        var start = position
        while let length = value.lineBreak(at: offset) {
            offset += length
            while start < text.count, text.lineBreak(at: start) == nil { start += 1 }
            start += text.lineBreak(at: start) ?? 0
        }
        guard offset < value.count else { return .max }
        return text.spaces(from: start) - value.spaces(from: offset)
    }
}

extension [UInt8] {
    fileprivate func spaces(from start: Int) -> Int { self[start...].prefix { $0 == 0x20 }.count }
}
