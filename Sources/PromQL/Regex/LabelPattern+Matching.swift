/// Matching without backtracking: all positions are advanced at once.
extension LabelPattern {
    /// Returns whether the pattern matches the whole of a value; `nil` if that depends on an unknown class of characters.
    package func matches(_ value: String) -> Bool? {
        let scalars = Array(value.unicodeScalars)
        func matches(ifUnknown: Bool) -> Bool {
            Matching(text: scalars, ifUnknown: ifUnknown).ends(of: root, from: [0]).contains(scalars.count)
        }
        if matches(ifUnknown: false) { return true }
        return matches(ifUnknown: true) ? nil : false
    }

    private struct Matching {
        let text: [Unicode.Scalar]
        /// Whether an unknown class is assumed to contain every character, or none.
        let ifUnknown: Bool

        /// Returns the possible ends of matches of a node that start at any of the given positions.
        func ends(of node: Node, from places: Set<Int>) -> Set<Int> {
            switch node {
            case .scalar(let scalar): return step(from: places) { $0 == scalar }
            case .folded(let scalar): return step(from: places) { $0.folded == scalar.folded }
            case .set(let set): return step(from: places) { set.contains($0) ?? ifUnknown }
            case .start(let ofLine): return places.filter { $0 == 0 || (ofLine && text[$0 - 1] == "\n") }
            case .end(let ofLine): return places.filter { $0 == text.count || (ofLine && text[$0] == "\n") }
            case .wordBoundary(let isBoundary): return places.filter { (isWord($0 - 1) != isWord($0)) == isBoundary }
            case .sequence(let nodes):
                var places = places
                for node in nodes where !places.isEmpty { places = ends(of: node, from: places) }
                return places
            case .alternatives(let nodes):
                return nodes.reduce(into: Set()) { $0.formUnion(ends(of: $1, from: places)) }
            case .repeated(let inner, let least, let most): return repeated(inner, least, most, from: places)
            }
        }

        private func step(from places: Set<Int>, _ accepts: (Unicode.Scalar) -> Bool) -> Set<Int> {
            Set(places.filter { $0 < text.count && accepts(text[$0]) }.map { $0 + 1 })
        }

        private func isWord(_ place: Int) -> Bool {
            text.indices.contains(place) && text[place].isASCII && UInt8(ascii: text[place]).isNamePart
        }

        private func repeated(_ inner: Node, _ least: Int, _ most: Int?, from places: Set<Int>) -> Set<Int> {
            var current = places
            for _ in 0..<least {
                let next = ends(of: inner, from: current)
                if next == current { break }
                current = next
            }
            var reached = current
            var count = least
            while !current.isEmpty, count < most ?? .max {
                current = ends(of: inner, from: current).subtracting(reached)
                reached.formUnion(current)
                count += 1
            }
            return reached
        }
    }
}
