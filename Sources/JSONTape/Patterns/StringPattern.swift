/// A regular expression in the smallest form that decides whether a string matches.
package enum StringPattern: Sendable {
    case always, never
    /// So many characters.
    case length(least: Int, most: Int?)
    /// One of some strings.
    case literals([String])
    case prefix(String)
    case suffix(String)
    /// A string anywhere.
    case contains(String)
    /// So many ASCII characters of one set: a bit for each of the characters 0 to 63, and of 64 to 127.
    case repeated(low: UInt64, high: UInt64, least: Int, most: Int?)
    case shape(PatternShape)
    case table(PatternTable)
    /// A table and a length.
    case counted(PatternTable, least: Int, most: Int?)
    case simulation(PatternSimulation)

    /// Returns whether a string of well-formed UTF-8 matches.
    package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .always: true
        case .never: false
        case .length(let least, let most): TextMatcher.hasLength(text, least: least, most: most ?? .max)
        case .literals(let literals): literals.contains { TextMatcher.equals(text, $0) }
        case .prefix(let prefix): text.count >= prefix.utf8.count && text.starts(with: prefix.utf8)
        case .suffix(let suffix):
            text.count >= suffix.utf8.count && text.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
        case .contains(let part): TextMatcher.contains(text, Array(part.utf8))
        case .repeated(let low, let high, let least, let most):
            TextMatcher.consists(text, low: low, high: high, least: least, most: most ?? .max)
        case .shape(let shape): shape.matches(text)
        case .table(let table): table.matches(text)
        case .counted(let table, let least, let most):
            TextMatcher.hasLength(text, least: least, most: most ?? .max) && table.matches(text)
        case .simulation(let simulation): simulation.matches(text)
        }
    }

    /// Returns whether a string matches.
    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }
}

/// The tests of a string that need no table.
@usableFromInline
enum TextMatcher {
    /// Returns whether a string has a number of Unicode scalars.
    @usableFromInline
    static func hasLength(_ text: UnsafeBufferPointer<UInt8>, least: Int, most: Int) -> Bool {
        guard text.count >= least else { return false }
        // A scalar has at most four bytes.
        if text.count <= most, text.count / 4 >= least { return true }
        let count = text.reduce(0) { $0 &+ ($1 & 0xC0 != 0x80 ? 1 : 0) }
        return count >= least && count <= most
    }

    @usableFromInline
    static func consists(
        _ text: UnsafeBufferPointer<UInt8>, low: UInt64, high: UInt64, least: Int, most: Int
    ) -> Bool {
        guard text.count >= least, text.count <= most else { return false }
        for byte in text {
            // The upper half of the bytes has the bit 7, and is in no set.
            let word = byte & 0x40 == 0 ? low : high
            guard byte < 0x80, (word &>> UInt64(byte & 63)) & 1 != 0 else { return false }
        }
        return true
    }

    static func equals(_ text: UnsafeBufferPointer<UInt8>, _ literal: String) -> Bool {
        text.count == literal.utf8.count && text.elementsEqual(literal.utf8)
    }

    /// Returns whether a part, which is not empty, occurs in a string: each place of its first byte is compared, so the steps are at
    /// most the product of the lengths, and the part's length is the contract's choice.
    @usableFromInline
    static func contains(_ text: UnsafeBufferPointer<UInt8>, _ part: some RandomAccessCollection<UInt8>) -> Bool {
        guard let first = part.first, text.count >= part.count else { return part.isEmpty }
        for start in 0...(text.count - part.count) where text[start] == first {
            if text[start..<start + part.count].elementsEqual(part) { return true }
        }
        return false
    }
}
