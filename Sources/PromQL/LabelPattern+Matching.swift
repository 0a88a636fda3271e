/// Whether a pattern matches a value, in all ways at once, so that no pattern takes long.
extension LabelPattern {
    /// Whether the pattern matches the whole of a value; `nil` where that hangs on a class of characters that is not
    /// known.
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
        /// Whether a class that is not known is taken to hold every character, or none.
        let ifUnknown: Bool

        /// Where matches of a node can end that begin at one of the places.
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

extension Query.Matcher {
    /// The pattern's characters times the values beyond which the pattern is not run against each value. No label of a
    /// running system comes near.
    private static let mostComparisons = 1 << 20

    /// Returns whether the pattern can be run against each of the values in reasonable time.
    func canTest(_ values: Set<String>) -> Bool { value.text.utf8.count * values.count <= Self.mostComparisons }

    /// The values that the matcher takes, or may take. Where it names values, no pattern is run against each of them.
    func selected(of values: Set<String>) -> Set<String> {
        switch operation {
        case .equal: return values.intersection([value.text])
        case .notEqual: return values.subtracting([value.text])
        case .matches:
            if let listed = pattern?.listedValues { return values.intersection(listed) }
        case .doesNotMatch:
            if let listed = pattern?.listedValues { return values.subtracting(listed) }
        }
        return canTest(values) ? values.filter { matches($0) ?? true } : values
    }

    /// Whether the matcher takes a value; `nil` where that can't be told.
    package func matches(_ candidate: String) -> Bool? {
        switch operation {
        case .equal: candidate == value.text
        case .notEqual: candidate != value.text
        case .matches: pattern?.matches(candidate)
        case .doesNotMatch: pattern?.matches(candidate).map { !$0 }
        }
    }
}
