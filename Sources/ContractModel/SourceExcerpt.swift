/// The line of a finding, with the part that it is about underlined.
package struct SourceExcerpt: Sendable {
    private static let longestLine = 160
    private static let lead = 60

    private let number: Int
    private let text: String
    /// The columns before the underlined part, and those of the part.
    private let indent: Int
    private let width: Int

    /// Cuts out the source line of a place.
    ///
    /// - Returns: `nil` if the file has no such line.
    package init?(at location: SourceLocation, in lines: SourceLines) {
        guard let scalars = lines.scalars(ofLine: location.line), location.column >= 1,
            location.column <= scalars.count + 1
        else { return nil }
        let start = location.column - 1
        let length = max(1, Self.length(of: scalars, from: start))
        let first = scalars.count > Self.longestLine ? max(0, start - Self.lead) : 0
        let last = min(scalars.count, first + Self.longestLine)
        number = location.line
        text =
            (first > 0 ? "…" : "") + Self.shown(scalars[first..<last]).text + (last < scalars.count ? "…" : "")
        indent = (first > 0 ? 1 : 0) + Self.shown(scalars[first..<min(start, last)]).width
        width = max(1, Self.shown(scalars[min(start, last)..<min(start + length, last)]).width)
    }

    /// Returns the two lines, each with a newline.
    package func rendered(_ painted: (_ text: String, _ code: String) -> String) -> String {
        let margin = String(repeating: " ", count: String(number).count)
        let marks = String(repeating: " ", count: indent) + painted(String(repeating: "^", count: width), "32;1")
        return " \(number) | \(text)\n \(margin) | \(marks)\n"
    }

    /// Returns the scalars as a terminal shows them, and their columns.
    private static func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> (text: String, width: Int) {
        var text = ""
        var width = 0
        for scalar in scalars {
            if scalar == "\t" {
                text += " "
                width += 1
                continue
            }
            let shown = DiagnosticRenderer.oneLine(String(scalar))
            text += shown
            width += shown.unicodeScalars.count > 1 ? shown.count : scalar.columns
        }
        return (text, width)
    }

    // MARK: The part

    /// Returns the length of the key, value or word that starts at a place.
    private static func length(of line: [Unicode.Scalar], from start: Int) -> Int {
        guard start < line.count else { return 1 }
        let rest = line[start...]
        switch line[start] {
        case "\"", "'": return lengthOfQuoted(rest)
        case "{", "[": return lengthOfBracketed(rest)
        default: return isStartOfScalar(line[..<start]) ? lengthOfPlain(rest) : lengthOfWord(rest)
        }
    }

    /// Returns whether a key or a value starts after a part of a line.
    private static func isStartOfScalar(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let last = before.last else { return true }
        if last == "{" || last == "[" { return true }
        guard last == " " else { return false }
        let sign = before.last { $0 != " " }
        return sign.map { ":-,{[?".unicodeScalars.contains($0) } ?? true
    }

    private static func lengthOfQuoted(_ rest: ArraySlice<Unicode.Scalar>) -> Int {
        let quote = rest[rest.startIndex]
        var isEscaped = false
        for index in rest.indices.dropFirst() {
            if rest[index] == quote, !isEscaped { return index - rest.startIndex + 1 }
            isEscaped = rest[index] == "\\" && quote == "\"" && !isEscaped
        }
        return trimmed(rest)
    }

    private static func lengthOfBracketed(_ rest: ArraySlice<Unicode.Scalar>) -> Int {
        var depth = 0
        for index in rest.indices {
            if rest[index] == "{" || rest[index] == "[" { depth += 1 }
            if rest[index] == "}" || rest[index] == "]" { depth -= 1 }
            if depth == 0 { return index - rest.startIndex + 1 }
        }
        return trimmed(rest)
    }

    private static func lengthOfPlain(_ rest: ArraySlice<Unicode.Scalar>) -> Int {
        for index in rest.indices {
            let next = index + 1 < rest.endIndex ? rest[index + 1] : " "
            let isEnd =
                switch rest[index] {
                case ",", "]", "}": true
                case ":": next == " "
                case " ": next == "#"
                default: false
                }
            if isEnd { return trimmed(rest[..<index]) }
        }
        return trimmed(rest)
    }

    private static func lengthOfWord(_ rest: ArraySlice<Unicode.Scalar>) -> Int {
        rest.prefix { $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil }.count
    }

    /// Returns the length without spaces at the end.
    private static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
        scalars.lastIndex { $0 != " " && $0 != "\r" }.map { $0 - scalars.startIndex + 1 } ?? 0
    }
}

extension Unicode.Scalar {
    /// The columns of a terminal that the scalar takes, roughly by East Asian Width.
    fileprivate var columns: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
