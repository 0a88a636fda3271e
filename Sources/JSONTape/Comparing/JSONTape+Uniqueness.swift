extension JSONTape {
    /// Returns the first element of an array that is equal to an earlier one; `nil` where all differ.
    ///
    /// Few elements are compared with each other. Of many, the hashes are sorted, and equal hashes compared.
    public func firstDuplicate(in array: Index) -> Index? {
        let count = kind(at: array) == .array ? count(at: array) : 0
        guard count > 1 else { return nil }
        return count <= 8 ? firstDuplicateOfFew(in: array) : firstDuplicateOfMany(in: array, count: count)
    }

    private func firstDuplicateOfFew(in array: Index) -> Index? {
        let end = end(of: array)
        var element = self.end(of: first(in: array))
        while element != end {
            var earlier = first(in: array)
            while earlier != element {
                if value(at: earlier, equals: element) { return element }
                earlier = self.end(of: earlier)
            }
            element = self.end(of: element)
        }
        return nil
    }

    private func firstDuplicateOfMany(in array: Index, count: Int) -> Index? {
        var hashes: [(hash: Int, element: Index)] = []
        hashes.reserveCapacity(count)
        var element = first(in: array)
        let end = end(of: array)
        while element != end {
            hashes.append((hash(at: element), element))
            element = self.end(of: element)
        }
        hashes.sort { ($0.hash, $0.element.raw) < ($1.hash, $1.element.raw) }
        var duplicate: Index?
        var runStart = 0
        for position in 1..<count {
            if hashes[position].hash != hashes[runStart].hash { runStart = position }
            for earlier in runStart..<position
            where value(at: hashes[earlier].element, equals: hashes[position].element) {
                if hashes[position].element.raw < duplicate?.raw ?? .max { duplicate = hashes[position].element }
                break
            }
        }
        return duplicate
    }

    /// Returns a hash of a value that is the same for equal values. Seeded for each process, so that a message can't
    /// choose values of one hash.
    func hash(at index: Index) -> Int {
        var hasher = Hasher()
        let kind = kind(at: index)
        switch kind {
        case .null, .true, .false: hasher.combine(kind)
        case .number: hasher.combine(number(at: index))
        case .string: hasher.combine(bytes: UnsafeRawBufferPointer(text(of: node(index))))
        case .array:
            hasher.combine(kind)
            var element = first(in: index)
            let end = end(of: index)
            while element != end {
                hasher.combine(hash(at: element))
                element = self.end(of: element)
            }
        case .object:
            // A sum, as the order of members is not part of the value.
            var sum = 0
            var key = first(in: index)
            let end = end(of: index)
            while key != end {
                let member = value(ofKey: key)
                var pair = Hasher()
                pair.combine(hash(at: key))
                pair.combine(hash(at: member))
                sum &+= pair.finalize()
                key = self.end(of: member)
            }
            hasher.combine(kind)
            hasher.combine(sum)
        }
        return hasher.finalize()
    }
}
