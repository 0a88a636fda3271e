/// Finds what a misspelt word was meant to be.
package enum Suggestion {
    /// The word nearest to one that is not known, where it is near enough to have been meant.
    package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(1, min(3, word.count / 3))
        return
            candidates
            .map { (word: $0, distance: distance(word.lowercased(), $0.lowercased(), limit: limit)) }
            .filter { $0.distance <= limit && $0.distance < word.count }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
    }

    /// As many words as a person reads through to find the one that was meant.
    private static let longestList = 20

    /// A hint that names the nearest word, or lists what was expected.
    package static func hint(for word: String, among candidates: some Collection<String>) -> String {
        if let nearest = nearest(to: word, among: candidates) { return "did you mean '\(nearest)'?" }
        let listed = candidates.sorted().prefix(longestList).joined(separator: ", ")
        let rest = candidates.count - longestList
        return "expected one of: " + listed + (rest > 0 ? " and \(rest) more" : "")
    }

    /// The edits (insert, delete, replace, swap of neighbours) from one word to another; more than `limit` is one more
    /// than it.
    private static func distance(_ left: String, _ right: String, limit: Int) -> Int {
        let left = Array(left.unicodeScalars)
        let right = Array(right.unicodeScalars)
        guard abs(left.count - right.count) <= limit else { return limit + 1 }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
