/// A regular expression whose table would be too large: all ways to match at once, as a set of places in the pattern.
///
/// Matching visits each place at most once for each character, and never tries a way again.
public struct PatternSimulation: Sendable {
    /// The class of each ASCII character.
    private let classes: [UInt16]
    /// The first character of each range past ASCII, ascending, and the range's class.
    private let rangeStarts: [UInt32]
    private let rangeClasses: [UInt16]
    private let placeCount: Int
    /// For each class the set of the places whose characters it contains, a word for each 64 places.
    private let members: [UInt64]
    /// The places that follow each place: from an offset to the next one.
    private let offsets: [Int32]
    private let successors: [Int32]
    /// The places that end a match at the end of the text.
    private let accepting: [UInt64]

    /// The parts of a simulation, as the compiler of patterns finds them. Place 0 is before the text.
    package struct Parts {
        package var classes: [Int] = []
        package var rangeStarts: [Int] = []
        package var rangeClasses: [Int] = []
        package var classCount = 0
        /// The classes of each place's characters.
        package var placeClasses: [[Int]] = []
        package var successors: [[Int]] = []
        package var accepting: [Int] = []

        package init() {}

        /// The text from which the simulation is read.
        package var packed: String {
            var writer = PackedNumbers.Writer()
            writer.append(classCount)
            writer.append(placeClasses.count)
            writer.append(classes)
            writer.append(rangeStarts.count)
            var previous = 0
            for (start, itsClass) in zip(rangeStarts, rangeClasses) {
                writer.append(start - previous)
                writer.append(itsClass)
                previous = start
            }
            for list in placeClasses + successors + [accepting] {
                writer.append(list.count)
                for item in list { writer.append(item) }
            }
            return writer.text
        }
    }

    /// Reads the table that the generator has written.
    public init(packed text: StaticString) {
        self.init(PackedNumbers(text))
    }

    package init(_ numbers: PackedNumbers) {
        var numbers = numbers
        var parts = Parts()
        parts.classCount = numbers.next()
        let placeCount = numbers.next()
        parts.classes = numbers.next(128)
        var start = 0
        for _ in 0..<numbers.next() {
            start += numbers.next()
            parts.rangeStarts.append(start)
            parts.rangeClasses.append(numbers.next())
        }
        func list() -> [Int] { (0..<numbers.next()).map { _ in numbers.next() } }
        parts.placeClasses = (0..<placeCount).map { _ in list() }
        parts.successors = (0..<placeCount).map { _ in list() }
        parts.accepting = list()
        self.init(parts)
    }

    package init(_ parts: Parts) {
        let count = parts.placeClasses.count
        precondition(count > 0 && parts.successors.count == count && parts.classes.count == 128)
        precondition(!parts.rangeStarts.isEmpty && parts.rangeStarts.count == parts.rangeClasses.count)
        let classNumbers = parts.classes + parts.rangeClasses + parts.placeClasses.joined()
        precondition(classNumbers.allSatisfy { 0..<parts.classCount ~= $0 })
        precondition((parts.accepting + parts.successors.joined()).allSatisfy { 0..<count ~= $0 })
        let wordCount = (count + 63) / 64
        classes = parts.classes.map { UInt16($0) }
        rangeStarts = parts.rangeStarts.map { UInt32($0) }
        rangeClasses = parts.rangeClasses.map { UInt16($0) }
        placeCount = count
        var members = [UInt64](repeating: 0, count: parts.classCount * wordCount)
        for (place, classes) in parts.placeClasses.enumerated() {
            for itsClass in classes { members[itsClass * wordCount + place / 64] |= 1 << UInt64(place % 64) }
        }
        self.members = members
        var offsets: [Int32] = [0]
        for list in parts.successors { offsets.append(offsets[offsets.count - 1] + Int32(list.count)) }
        self.offsets = offsets
        successors = parts.successors.joined().map { Int32($0) }
        var accepting = [UInt64](repeating: 0, count: wordCount)
        for place in parts.accepting { accepting[place / 64] |= 1 << UInt64(place % 64) }
        self.accepting = accepting
    }

    /// Returns whether a string matches. Its bytes must be well-formed UTF-8.
    package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        steps(text).isMatch
    }

    /// Returns whether a string matches, and the number of places that were visited to find out.
    package func steps(_ text: UnsafeBufferPointer<UInt8>) -> (isMatch: Bool, count: Int) {
        let wordCount = accepting.count
        var current = [UInt64](repeating: 0, count: wordCount)
        var next = current
        current[0] = 1
        var count = 0
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            let row = Int(itsClass(scalar)) * wordCount
            var isEmpty = true
            for word in 0..<wordCount {
                var rest = current[word]
                while rest != 0 {
                    let place = word * 64 + rest.trailingZeroBitCount
                    rest &= rest - 1
                    for index in Int(offsets[place])..<Int(offsets[place + 1]) {
                        let successor = Int(successors[index])
                        next[successor / 64] |= 1 << UInt64(successor % 64)
                        count += 1
                    }
                }
            }
            for word in 0..<wordCount {
                current[word] = next[word] & members[row + word]
                next[word] = 0
                if current[word] != 0 { isEmpty = false }
            }
            if isEmpty { return (false, count) }
        }
        return (zip(current, accepting).contains { $0 & $1 != 0 }, count)
    }

    private func itsClass(_ scalar: Unicode.Scalar) -> UInt16 {
        if scalar.isASCII { return classes[Int(scalar.value)] }
        var (low, high) = (0, rangeStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if rangeStarts[middle] <= scalar.value { low = middle } else { high = middle }
        }
        return rangeClasses[low]
    }
}
