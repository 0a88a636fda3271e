/// The suggestion of the word that a misspelt one was meant to be.
package enum Suggestion {
    /// As many words as one is looked for among. A contract with more of them may have as many that are misspelt.
    package static let mostCandidates = 500

    /// Returns the word nearest to one that is not known, where it is near enough to have been meant. Of more words
    /// than a person could have in mind, only the first are examined.
    package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        if let number = Double(word), number.isFinite { return nearest(to: number, among: candidates) }
        let visible = Confusables.visible(word)
        let limit = max(1, min(3, visible.count / 3))
        let bytes = lowercased(visible)
        var nearest: (word: String, distance: Int)?
        for candidate in candidates.prefix(mostCandidates) {
            let text = Confusables.visible(candidate)
            guard abs(text.utf8.count - bytes.count) <= limit else { continue }
            let distance = distance(bytes, lowercased(text), limit: limit)
            guard distance <= limit, distance < visible.count else { continue }
            if let best = nearest, (best.distance, best.word) < (distance, candidate) { continue }
            nearest = (candidate, distance)
        }
        return nearest?.word
    }

    /// Returns the number nearest to another.
    private static func nearest(to number: Double, among candidates: some Sequence<String>) -> String? {
        let numbers = candidates.prefix(mostCandidates).compactMap { text in
            Double(text).flatMap { $0.isFinite ? (text: text, distance: abs($0 - number)) : nil }
        }
        return numbers.min { ($0.distance, $0.text) < ($1.distance, $1.text) }?.text
    }

    /// Returns a word's UTF-8, ASCII's capitals made small.
    private static func lowercased(_ word: String) -> [UInt8] {
        var bytes = Array(word.utf8)
        for index in bytes.indices where bytes[index] &- UInt8(ascii: "A") < 26 { bytes[index] |= 0x20 }
        return bytes
    }

    /// As many words as a person reads through to find the one that was meant.
    private static let longestList = 20

    /// Returns a hint that names the nearest word, or lists what was expected.
    package static func hint(for word: String, among candidates: some Collection<String>) -> String {
        if let nearest = nearest(to: word, among: candidates) { return "did you mean '\(nearest)'?" }
        // Of very many, the first ones in order take longer to find than a hint is worth.
        return "expected one of: "
            + (candidates.count > mostCandidates ? list(candidates) : list(candidates.sorted()))
    }

    /// Words with commas between them, and no more of them than can be read.
    package static func list(_ words: some Collection<String>) -> String {
        let rest = words.count - longestList
        return words.prefix(longestList).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    /// Returns the edits (insert, delete, replace, swap of neighbours) of bytes from one word to another; more than
    /// `limit` is one more than it.
    private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
        // A common prefix costs nothing: names of one contract often start alike.
        var shared = 0
        while shared < left.count, shared < right.count, left[shared] == right[shared] { shared += 1 }
        let left = left[shared...]
        let right = right[shared...]
        guard abs(left.count - right.count) <= limit else { return limit + 1 }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row - shared + 1]
            var least = current[0]
            for column in right.indices {
                let place = column - shared
                let replaced = last[place] + (left[row] == right[column] ? 0 : 1)
                var best = min(replaced, last[place + 1] + 1, current[place] + 1)
                if row > shared, column > shared, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[place - 1] + 1)
                }
                current.append(best)
                least = min(least, best)
            }
            // From here on it only grows, but for a swap that the row before still allows.
            guard least <= limit + 1 else { return limit + 1 }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
