/// The difference of two texts, as `diff -u` writes it.
package enum UnifiedDiff {
    private static let context = 3

    private struct Line {
        var mark: Character
        var text: Substring
        /// The line's number in the old and the new text, from 0; of an added line, its position in the old.
        var old: Int
        var new: Int
    }

    /// Returns the diff; empty if the texts are equal. `nil` is a missing file.
    package static func render(old: String?, new: String?, name: String) -> String {
        let oldLines = lines(old)
        let newLines = lines(new)
        let merged = merge(oldLines, newLines)
        guard merged.contains(where: { $0.mark != " " }) else { return "" }
        var text = "--- \(old == nil ? "/dev/null" : "a/" + name)\n+++ \(new == nil ? "/dev/null" : "b/" + name)\n"
        for range in hunks(of: merged) {
            let hunk = merged[range]
            guard let first = hunk.first else { continue }
            let oldCount = hunk.count { $0.mark != "+" }
            let newCount = hunk.count { $0.mark != "-" }
            text += "@@ -\(first.old + (oldCount > 0 ? 1 : 0)),\(oldCount) "
            text += "+\(first.new + (newCount > 0 ? 1 : 0)),\(newCount) @@\n"
            for line in hunk { text += "\(line.mark)\(line.text)" + (line.text.utf8.last == lineBreak ? "" : unended) }
        }
        return text
    }

    private static let lineBreak = UInt8(ascii: "\n")
    private static let unended = "\n\\ No newline at end of file\n"

    /// Returns the lines, each with the line break that ends it. By bytes, for Swift takes a carriage return and a line feed for
    /// one character.
    private static func lines(_ text: String?) -> [Substring] {
        var lines: [Substring] = []
        var rest = Substring(text ?? "")
        while !rest.isEmpty {
            let end = rest.utf8.firstIndex(of: lineBreak).map { rest.utf8.index(after: $0) } ?? rest.endIndex
            lines.append(rest[..<end])
            rest = rest[end...]
        }
        return lines
    }

    private static func merge(_ old: [Substring], _ new: [Substring]) -> [Line] {
        let difference = new.difference(from: old) { $0.utf8.elementsEqual($1.utf8) }
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var merged: [Line] = []
        var (oldIndex, newIndex) = (0, 0)
        while oldIndex < old.count || newIndex < new.count {
            if removed.contains(oldIndex) {
                merged.append(Line(mark: "-", text: old[oldIndex], old: oldIndex, new: newIndex))
                oldIndex += 1
            } else if inserted.contains(newIndex) {
                merged.append(Line(mark: "+", text: new[newIndex], old: oldIndex, new: newIndex))
                newIndex += 1
            } else {
                merged.append(Line(mark: " ", text: old[oldIndex], old: oldIndex, new: newIndex))
                oldIndex += 1
                newIndex += 1
            }
        }
        return merged
    }

    /// Returns the ranges of lines that are shown: the changes, and a few lines around each.
    private static func hunks(of lines: [Line]) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for (index, line) in lines.enumerated() where line.mark != " " {
            let range = max(0, index - context)..<min(lines.count, index + context + 1)
            if let last = hunks.last, last.upperBound >= range.lowerBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }
}
