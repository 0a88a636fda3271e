/// The characters in classes: those of one class are in the same sets of a pattern.
struct Alphabet {
    /// The first scalar of each range, ascending from 0, and the class of the range.
    private(set) var starts: [UInt32] = []
    private(set) var classes: [Int] = []
    private(set) var classCount = 0
    private var membership: [ScalarSet: [Int]] = [:]

    init(_ sets: Set<ScalarSet>) {
        let sets = Array(sets)
        // Where something changes: a set's number is flipped at the start and after the end of its ranges.
        var changes: [(place: UInt32, set: Int)] = []
        for (index, set) in sets.enumerated() {
            for range in set.ranges {
                changes.append((range.lowerBound, index))
                changes.append((range.upperBound + 1, index))
            }
        }
        changes.sort { $0.place < $1.place }
        var signature = [Bool](repeating: false, count: sets.count)
        var known: [[Bool]: Int] = [:]
        var index = 0
        var place: UInt32 = 0
        while place <= 0x10FFFF {
            while index < changes.count, changes[index].place == place {
                signature[changes[index].set].toggle()
                index += 1
            }
            // Surrogates are in no set and in no text: they need no class of their own.
            let isSurrogate = 0xD800...0xDFFF ~= place
            let itsClass = isSurrogate ? classes.last ?? 0 : known[signature] ?? classCount
            if itsClass == classCount {
                known[signature] = itsClass
                classCount += 1
            }
            starts.append(place)
            classes.append(itsClass)
            guard index < changes.count else { break }
            place = changes[index].place
        }
        for (index, set) in sets.enumerated() {
            membership[set] = known.filter { $0.key[index] }.map(\.value).sorted()
        }
    }

    /// Returns the classes of a set's characters. The alphabet must have been made with the set.
    func classes(of set: ScalarSet) -> [Int] { membership[set] ?? [] }

    /// Returns the range at each index.
    func range(at index: Int) -> ClosedRange<UInt32> {
        starts[index]...(index + 1 < starts.count ? starts[index + 1] - 1 : 0x10FFFF)
    }
}
