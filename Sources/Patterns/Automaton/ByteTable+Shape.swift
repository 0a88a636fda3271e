extension ByteTable {
    /// The pattern as a set for each of a fixed number of places: the bits of each byte and of each place; `nil` where it is
    /// not one, or has too many sets.
    var shape: (members: [Int], places: [Int])? {
        var sets: [[Int]] = []
        var places: [Int] = []
        var state = start
        while !accepting[state] {
            let live = (0..<256).filter { byteRows[state][$0] != 0 && !(0x80..<0xC0 ~= $0) }
            guard let first = live.first, let last = live.last, last < 0x80 else { return nil }
            let next = byteRows[state][first]
            guard next != state, live.allSatisfy({ byteRows[state][$0] == next }), places.count < byteRows.count else {
                return nil
            }
            if !sets.contains(live) { sets.append(live) }
            guard sets.count <= 8, let set = sets.firstIndex(of: live) else { return nil }
            places.append(1 << set)
            state = next
        }
        guard (0..<256).allSatisfy({ byteRows[state][$0] == 0 || 0x80..<0xC0 ~= $0 }) else { return nil }
        var members = [Int](repeating: 0, count: 256)
        for (index, set) in sets.enumerated() {
            for byte in set { members[byte] |= 1 << index }
        }
        return (members, places)
    }
}
