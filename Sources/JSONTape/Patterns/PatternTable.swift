/// A regular expression as a table of states over the bytes of UTF-8 text: a deterministic automaton.
///
/// Matching takes one step for each byte and stops where the answer is known. The event-contracts generator writes the tables.
public struct PatternTable: Sendable {
    /// The column of each byte.
    private let columns: [UInt8]
    /// The next state by state and column. A state is the index of its row's first cell.
    private let cells: [UInt16]
    private let start: UInt16
    /// States from here on accept the text that ends in them.
    private let firstAccepting: UInt16
    /// The state from which every text matches, and which is not left; `UInt16.max` where there is none. The state from which
    /// none matches is 0.
    private let matched: UInt16

    /// Reads the table that the generator has written.
    public init(packed text: StaticString) {
        self.init(PackedNumbers(text))
    }

    package init(_ numbers: PackedNumbers) {
        var numbers = numbers
        let width = numbers.next()
        let count = numbers.next()
        let start = numbers.next()
        let firstAccepting = numbers.next()
        let hasMatched = numbers.next() == 1
        let columns = numbers.next(256)
        self.init(
            columns: columns, rows: numbers.next(width * count), width: width, start: start,
            firstAccepting: firstAccepting, hasMatched: hasMatched)
    }

    /// Creates a table. State 0 rejects every text; where `hasMatched`, the last state accepts every text.
    package init(columns: [Int], rows: [Int], width: Int, start: Int, firstAccepting: Int, hasMatched: Bool) {
        precondition(
            width > 0 && columns.count == 256 && rows.count.isMultiple(of: width) && rows.count <= Self.maximumCells)
        let count = rows.count / width
        precondition(
            columns.allSatisfy { 0..<width ~= $0 } && rows.allSatisfy { 0..<count ~= $0 } && 0..<count ~= start)
        precondition(0...count ~= firstAccepting)
        self.columns = columns.map { UInt8($0) }
        cells = rows.map { UInt16($0 * width) }
        self.start = UInt16(start * width)
        self.firstAccepting = UInt16(firstAccepting * width)
        matched = hasMatched ? UInt16((count - 1) * width) : .max
    }

    /// The most cells that states can be the indices of.
    package static var maximumCells: Int { 65_000 }

    /// Returns whether a string matches. Its bytes must be well-formed UTF-8.
    package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        // In bounds: `init` has checked that a column is less than the rows' width, and a state the start of a row.
        columns.withUnsafeBufferPointer { columns in
            cells.withUnsafeBufferPointer { cells in
                var state = start
                var position = 0
                while position < text.count {
                    let next = cells[Int(state) &+ Int(columns[Int(text[position])])]
                    position &+= 1
                    if next == state {
                        // While the state stays, no load waits for the one before.
                        while position < text.count,
                            cells[Int(state) &+ Int(columns[Int(text[position])])] == state
                        {
                            position &+= 1
                        }
                    }
                    state = next
                    // One comparison for both: 0 wraps around.
                    if state &- 1 >= matched &- 1 { break }
                }
                return state >= firstAccepting
            }
        }
    }
}
