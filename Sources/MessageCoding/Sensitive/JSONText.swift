import JSONTape

/// Changes to the text of a JSON value that has been parsed.
///
/// A tape undoes the escapes of its strings, so that the text is found in the bytes from which it was parsed.
package enum JSONText {
    /// A part of a text, and the bytes that take its place.
    package struct Replacement: Sendable {
        package var range: Range<Int>
        package var bytes: [UInt8]

        package init(range: Range<Int>, bytes: [UInt8]) {
            self.range = range
            self.bytes = bytes
        }
    }

    /// Returns the range of a value's text.
    ///
    /// - Parameters:
    ///   - start: The offset of the value, as ``JSONTape/offset(of:)`` returns it.
    ///   - text: The text that the tape was parsed from.
    package static func range(ofValueAt start: Int, in text: [UInt8]) -> Range<Int> {
        var depth = 0
        var position = start
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""):
                position = endOfString(at: position, in: text)
                if depth == 0 { return start..<position }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // The end of the container that the value is in.
                if depth == 0 { return start..<position }
                depth -= 1
                if depth == 0 { return start..<position + 1 }
            case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if depth == 0 { return start..<position }
            default: break
            }
            position += 1
        }
        return start..<text.count
    }

    private static func endOfString(at quote: Int, in text: [UInt8]) -> Int {
        var position = quote + 1
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""): return position + 1
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        return text.count
    }

    /// Returns a text with other bytes in place of some of its parts.
    ///
    /// - Parameter replacements: Replacements whose ranges do not overlap, in the order of the text.
    package static func replacing(_ replacements: [Replacement], in text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(replacements.reduce(text.count) { $0 + $1.bytes.count })
        var position = 0
        for replacement in replacements {
            result.append(contentsOf: text[position..<replacement.range.lowerBound])
            result.append(contentsOf: replacement.bytes)
            position = replacement.range.upperBound
        }
        result.append(contentsOf: text[position...])
        return result
    }
}
