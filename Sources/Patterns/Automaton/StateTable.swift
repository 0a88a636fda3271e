/// A deterministic automaton over the classes of an alphabet. State 0 rejects every text.
struct StateTable {
    var width: Int
    /// The next state by state and class.
    var cells: [Int]
    var accepting: [Bool]
    /// The first state by what is before the text, as ``PlaceAutomaton/Context`` numbers it.
    var starts: [Int]

    var count: Int { accepting.count }

    func next(_ state: Int, _ itsClass: Int) -> Int { cells[state * width + itsClass] }

    func row(_ state: Int) -> ArraySlice<Int> { cells[state * width..<(state + 1) * width] }

    /// The state that accepts every text; `nil` where there is none.
    var matched: Int? {
        (0..<count).first { state in accepting[state] && row(state).allSatisfy { $0 == state } }
    }

    /// The table that accepts what this one rejects. Its state 0 is no longer the one that rejects every text.
    var complement: StateTable {
        var table = self
        table.accepting = accepting.map { !$0 }
        return table
    }
}

extension StateTable {
    /// Returns the smallest table that accepts the same strings (Hopcroft's algorithm), with its states in the order in which a
    /// walk from the starts finds them.
    func minimized() -> StateTable {
        var partition = Partition(accepting)
        let sources = Sources(self)
        var pending = (0..<partition.blockCount).flatMap { block in (0..<width).map { (block, $0) } }
        while let (block, itsClass) = pending.popLast() {
            var touched: [Int] = []
            for target in partition.elements(of: block) {
                for source in sources[target, itsClass] {
                    if let touchedBlock = partition.mark(source) { touched.append(touchedBlock) }
                }
            }
            for block in touched {
                guard let new = partition.split(block) else { continue }
                for itsClass in 0..<width { pending.append((new, itsClass)) }
            }
        }
        return renumbered(partition)
    }

    /// Returns the table of a partition's blocks.
    private func renumbered(_ partition: Partition) -> StateTable {
        func isRejecting(_ state: Int) -> Bool {
            !accepting[state] && row(state).allSatisfy { partition.block(of: $0) == partition.block(of: state) }
        }
        var numbers = [Int](repeating: -1, count: partition.blockCount)
        var representatives: [Int] = []
        var table = StateTable(width: width, cells: [], accepting: [], starts: [])
        if let rejected = (0..<count).first(where: isRejecting) {
            numbers[partition.block(of: rejected)] = 0
            representatives.append(rejected)
        } else {
            // None does: a state that nothing leads to, so that 0 always means the same.
            representatives.append(-1)
        }
        func number(_ state: Int) -> Int {
            let block = partition.block(of: state)
            if numbers[block] < 0 {
                numbers[block] = representatives.count
                representatives.append(state)
            }
            return numbers[block]
        }
        table.starts = starts.map(number)
        var index = 0
        while index < representatives.count {
            let state = representatives[index]
            if state < 0 {
                table.cells += repeatElement(0, count: width)
                table.accepting.append(false)
            } else {
                for next in row(state) { table.cells.append(number(next)) }
                table.accepting.append(accepting[state])
            }
            index += 1
        }
        return table
    }
}

/// The states that lead to a state by a class.
private struct Sources {
    private let width: Int
    private var offsets: [Int]
    private var states: [Int]

    init(_ table: StateTable) {
        width = table.width
        offsets = [Int](repeating: 0, count: table.cells.count + 1)
        for (index, target) in table.cells.enumerated() { offsets[target * table.width + index % table.width + 1] += 1 }
        for index in 1..<offsets.count { offsets[index] += offsets[index - 1] }
        var filled = offsets
        states = [Int](repeating: 0, count: table.cells.count)
        for (index, target) in table.cells.enumerated() {
            let slot = target * table.width + index % table.width
            states[filled[slot]] = index / table.width
            filled[slot] += 1
        }
    }

    subscript(target: Int, itsClass: Int) -> ArraySlice<Int> {
        let slot = target * width + itsClass
        return states[offsets[slot]..<offsets[slot + 1]]
    }
}

/// States in blocks, of which each can be split into its marked states and the others.
private struct Partition {
    private var elements: [Int]
    private var places: [Int]
    private var blocks: [Int]
    private var starts: [Int] = []
    private var ends: [Int] = []
    private var marked: [Int] = []

    /// Creates a partition of one block, or of two.
    init(_ accepting: [Bool]) {
        elements = accepting.indices.filter { !accepting[$0] } + accepting.indices.filter { accepting[$0] }
        places = [Int](repeating: 0, count: elements.count)
        blocks = places
        for (place, element) in elements.enumerated() { places[element] = place }
        let border = accepting.count { !$0 }
        for (start, end) in [(0, border), (border, elements.count)] where start < end {
            for element in elements[start..<end] { blocks[element] = starts.count }
            starts.append(start)
            ends.append(end)
            marked.append(0)
        }
    }

    var blockCount: Int { starts.count }

    func block(of element: Int) -> Int { blocks[element] }

    func elements(of block: Int) -> ArraySlice<Int> { elements[starts[block]..<ends[block]] }

    /// Marks an element; returns its block where it is the first of the block.
    mutating func mark(_ element: Int) -> Int? {
        let block = blocks[element]
        let target = starts[block] + marked[block]
        guard places[element] >= target else { return nil }
        let other = elements[target]
        elements.swapAt(places[element], target)
        places[other] = places[element]
        places[element] = target
        marked[block] += 1
        return marked[block] == 1 ? block : nil
    }

    /// Makes a block of its own of the marked elements or of the others, whichever are fewer, and removes the marks.
    mutating func split(_ block: Int) -> Int? {
        let count = marked[block]
        marked[block] = 0
        let border = starts[block] + count
        guard border < ends[block] else { return nil }
        let new = starts.count
        if count <= ends[block] - border {
            starts.append(starts[block])
            ends.append(border)
            starts[block] = border
        } else {
            starts.append(border)
            ends.append(ends[block])
            ends[block] = border
        }
        marked.append(0)
        for element in elements[starts[new]..<ends[new]] { blocks[element] = new }
        return new
    }
}
