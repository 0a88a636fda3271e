/// Durations in RFC 3339's appendix A, such as `P1Y2M3DT4H5M6S` and `P4W`.
package enum DurationText {
    /// Returns whether a string is a duration.
    package static func isDuration(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = ByteScanner(text)
        return scanner.skipDuration() && scanner.isAtEnd
    }
}

extension ByteScanner {
    fileprivate mutating func skipDuration() -> Bool {
        guard skip(UInt8(ascii: "P")) else { return false }
        if skip(UInt8(ascii: "T")) { return skipComponents("HMS") }
        let start = position
        if skip(allOf: .digits) > 0, skip(UInt8(ascii: "W")) { return true }
        position = start
        guard skipComponents("YMD") else { return false }
        return skip(UInt8(ascii: "T")) ? skipComponents("HMS") : true
    }

    /// Steps over numbers with their units. The first may be of any unit; each further one is of the next smaller unit.
    private mutating func skipComponents(_ units: StaticString) -> Bool {
        var unit = 0
        var isFirst = true
        while ASCIISet.digits.contains(next), !isAtEnd {
            skip(allOf: .digits)
            if isFirst {
                while unit < 3, units.utf8Start[unit] != next { unit += 1 }
                isFirst = false
            }
            // The string has three bytes.
            guard unit < 3, skip(units.utf8Start[unit]) else { return false }
            unit += 1
        }
        return !isFirst
    }
}
