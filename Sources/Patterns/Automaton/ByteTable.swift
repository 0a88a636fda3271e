import JSONTape

/// A state table over the bytes of UTF-8.
///
/// The text is well-formed. So a state stays the same on continuation bytes, and the step for a character is taken at the
/// first of its bytes from which the next state is known: most often the lead byte. Only where the characters of one lead
/// byte differ are there states between its bytes.
struct ByteTable {
    private let table: StateTable
    /// For each state the last scalar of each range with one next state, ascending, and that state.
    private var ranges: [[(last: UInt32, target: Int)]] = []
    /// For each state the next one by byte. The states between bytes follow those of the table.
    private var rows: [[Int]] = []
    private var between: [[Int]: Int] = [:]

    /// The most states between bytes.
    private static let mostBetween = 4_000

    /// Creates the table of bytes; `nil` where it is too large.
    static func make(_ table: StateTable, _ alphabet: Alphabet) -> ByteTable? {
        var bytes = ByteTable(table, alphabet)
        return bytes.fill() ? bytes : nil
    }

    private init(_ table: StateTable, _ alphabet: Alphabet) {
        self.table = table
        ranges = (0..<table.count).map { state in
            var ranges: [(last: UInt32, target: Int)] = []
            for (index, itsClass) in alphabet.classes.enumerated() {
                let range = alphabet.range(at: index)
                let target = table.next(state, itsClass)
                // Surrogates are in no text, and go with the characters before them.
                let isSurrogate = range.lowerBound >= 0xD800 && range.upperBound <= 0xDFFF
                if let last = ranges.last, last.target == target || isSurrogate {
                    ranges[ranges.count - 1].last = range.upperBound
                } else {
                    ranges.append((range.upperBound, target))
                }
            }
            return ranges
        }
    }

    private mutating func fill() -> Bool {
        rows = [[Int]](repeating: [], count: table.count)
        for state in 0..<table.count {
            var row = [Int](repeating: 0, count: 256)
            for byte in 0..<0x80 { row[byte] = target(of: state, at: UInt32(byte)) }
            for byte in 0x80..<0xC0 { row[byte] = state }
            for byte in 0xC2..<0xE0 { row[byte] = step(state, from: UInt32(byte & 0x1F) << 6, bytes: 1) }
            for byte in 0xE0..<0xF0 { row[byte] = step(state, from: UInt32(byte & 0x0F) << 12, bytes: 2) }
            for byte in 0xF0..<0xF5 { row[byte] = step(state, from: UInt32(byte & 0x07) << 18, bytes: 3) }
            // Bytes that are in no UTF-8: as their neighbors, so that they need no column.
            for byte in 0xC0..<0xC2 { row[byte] = row[0xC2] }
            for byte in 0xF5..<0x100 { row[byte] = row[0xF4] }
            rows[state] = row
            guard between.count <= Self.mostBetween else { return false }
        }
        return true
    }

    private func range(of state: Int, at scalar: UInt32) -> Int {
        var (low, high) = (0, ranges[state].count - 1)
        while low < high {
            let middle = (low + high) / 2
            if ranges[state][middle].last < scalar { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func target(of state: Int, at scalar: UInt32) -> Int { ranges[state][range(of: state, at: scalar)].target }

    /// Returns the state after the first bytes of characters that begin at a scalar and have some more bytes.
    private mutating func step(_ state: Int, from base: UInt32, bytes: Int) -> Int {
        // The shortest forms only, up to the last scalar.
        let least: UInt32 = bytes == 1 ? 0x80 : bytes == 2 ? 0x800 : 0x1_0000
        let last = min(base + (1 << UInt32(6 * bytes)) - 1, 0x10_FFFF)
        return step(state, first: base, last: last, least: least, bytes: bytes)
    }

    private mutating func step(_ state: Int, first: UInt32, last: UInt32, least: UInt32, bytes: Int) -> Int {
        let valid = min(max(first, least), last)
        let index = range(of: state, at: valid)
        if ranges[state][index].last >= last || first > last { return ranges[state][index].target }
        let size = UInt32(1) << UInt32(6 * (bytes - 1))
        let targets = (0..<64).map { part -> Int in
            let start = first + UInt32(part) * size
            let end = start + size - 1
            // Parts that are in no text go with the first one that is.
            guard end >= least, start <= 0x10_FFFF else { return -1 }
            return bytes == 1
                ? target(of: state, at: start)
                : step(state, first: start, last: min(end, 0x10_FFFF), least: least, bytes: bytes - 1)
        }
        let fallback = targets.first { $0 >= 0 } ?? 0
        let filled = targets.map { $0 < 0 ? fallback : $0 }
        if let known = between[filled] { return known }
        var row = [Int](repeating: 0, count: 256)
        row.replaceSubrange(0x80..<0xC0, with: filled)
        rows.append(row)
        between[filled] = rows.count - 1
        return rows.count - 1
    }

    // MARK: Result

    /// The next state by state and byte.
    var byteRows: [[Int]] { rows }

    var accepting: [Bool] { table.accepting + repeatElement(false, count: rows.count - table.count) }

    var start: Int { table.starts[0] }

    /// The parts of the table that is run; `nil` where it has too many cells.
    var parts: Parts? {
        let (columns, width) = columns()
        guard width * rows.count <= PatternTable.maximumCells else { return nil }
        let matched = table.matched
        let accepting = accepting
        let others = rows.indices.dropFirst().filter { $0 != matched }
        // One step for each group: the sum of them all takes the compiler half a second.
        var order = [0]
        order += others.filter { !accepting[$0] }
        order += others.filter { accepting[$0] }
        if let matched { order.append(matched) }
        var numbers = [Int](repeating: 0, count: rows.count)
        for (number, state) in order.enumerated() { numbers[state] = number }
        let firstBytes = (0..<width).map { column in columns.firstIndex(of: column) ?? 0 }
        return Parts(
            columns: columns, rows: order.flatMap { state in firstBytes.map { numbers[rows[state][$0]] } },
            width: width,
            start: numbers[start], firstAccepting: order.firstIndex { accepting[$0] } ?? order.count,
            hasMatched: matched != nil)
    }

    /// Returns the column of each byte: bytes with the same next states share one.
    private func columns() -> (columns: [Int], width: Int) {
        var known: [[Int]: Int] = [:]
        let columns = (0..<256).map { byte -> Int in
            let column = rows.map { $0[byte] }
            let number = known[column] ?? known.count
            known[column] = number
            return number
        }
        return (columns, known.count)
    }

    struct Parts {
        var columns: [Int]
        var rows: [Int]
        var width: Int
        var start: Int
        var firstAccepting: Int
        var hasMatched: Bool

        var table: PatternTable {
            PatternTable(
                columns: columns, rows: rows, width: width, start: start, firstAccepting: firstAccepting,
                hasMatched: hasMatched)
        }

        var packed: String {
            var writer = PackedNumbers.Writer()
            for number in [width, rows.count / width, start, firstAccepting, hasMatched ? 1 : 0] {
                writer.append(number)
            }
            writer.append(columns)
            writer.append(rows)
            return writer.text
        }
    }
}
