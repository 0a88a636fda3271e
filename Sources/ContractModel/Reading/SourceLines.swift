/// The lines of a text, as libyaml counts them, to convert between bytes and places without a scan of the text.
package struct SourceLines: Sendable {
    package let bytes: [UInt8]
    /// The offset at which each line starts.
    private let starts: [Int]
    /// The number of Unicode scalars that start before each block of bytes.
    private let counts: [Int]

    private static let stretch = 256

    package init(_ bytes: [UInt8]) {
        var starts = [SourceText.markLength(of: bytes)]
        var counts: [Int] = []
        var count = 0
        var nextLine: Int?
        for (position, byte) in bytes.enumerated() {
            if position.isMultiple(of: Self.stretch) { counts.append(count) }
            if byte.startsScalar { count += 1 }
            if nextLine == nil { nextLine = bytes.lineBreak(at: position).map { position + $0 } }
            if position + 1 == nextLine {
                starts.append(position + 1)
                nextLine = nil
            }
        }
        self.bytes = bytes
        self.starts = starts
        self.counts = counts
    }

    /// Returns the line and column of a byte.
    func location(ofByte offset: Int, file: String) -> SourceLocation {
        let line = starts.partitioningIndex { $0 > offset } - 1
        guard starts.indices.contains(line) else { return SourceLocation(file: file) }
        return SourceLocation(
            file: file, line: line + 1, column: scalars(before: offset) - scalars(before: starts[line]) + 1)
    }

    /// Returns the byte at a line and column; `nil` where there is none.
    func offset(of location: SourceLocation) -> Int? {
        guard starts.indices.contains(location.line - 1), location.column > 0 else { return nil }
        let target = scalars(before: starts[location.line - 1]) + location.column - 1
        let stretch = counts.partitioningIndex { $0 > target } - 1
        guard counts.indices.contains(stretch) else { return nil }
        var count = counts[stretch]
        for position in (stretch * Self.stretch)..<bytes.count where bytes[position].startsScalar {
            if count == target { return position }
            count += 1
        }
        return nil
    }

    /// Returns the scalars of a line, without its break; `nil` where there is no such line.
    func scalars(ofLine line: Int) -> [Unicode.Scalar]? {
        guard starts.indices.contains(line - 1) else { return nil }
        let end = line < starts.count ? starts[line] : bytes.count
        var scalars = Array(String(decoding: bytes[starts[line - 1]..<end], as: UTF8.self).unicodeScalars)
        while let last = scalars.last, last == "\n" || last == "\r" { scalars.removeLast() }
        return scalars
    }

    /// Returns the lines in which a search finds something, by their numbers.
    package func lines(containing search: ByteSearch) -> [Int: String] {
        var found: [Int: String] = [:]
        for number in starts.indices {
            let line = bytes[starts[number]..<(number + 1 < starts.count ? starts[number + 1] : bytes.count)]
            if search.isFound(in: line) { found[number + 1] = String(decoding: line, as: UTF8.self) }
        }
        return found
    }

    private func scalars(before offset: Int) -> Int {
        let stretch = min(offset / Self.stretch, counts.count - 1)
        guard stretch >= 0 else { return 0 }
        let rest = bytes[(stretch * Self.stretch)..<min(offset, bytes.count)]
        return counts[stretch] + rest.count { $0.startsScalar }
    }
}

extension [Int] {
    /// Returns the first index of an ascending list from which on a predicate holds.
    fileprivate func partitioningIndex(_ belongsAfter: (Int) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if belongsAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
