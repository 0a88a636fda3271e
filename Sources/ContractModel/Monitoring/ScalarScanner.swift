/// A scanner of a YAML scalar that follows libyaml and records the source of each byte of the scalar's value.
///
/// The known value determines the end of the scalar: the text after it is not parsed.
struct ScalarScanner {
    struct Pieces {
        /// The offset of what each byte of the value was read from.
        var sources: [Int]
        /// The end of the last piece.
        var end: Int
    }

    let text: [UInt8]
    let value: [UInt8]
    var position: Int
    private var produced: [UInt8] = []
    private var sources: [Int] = []
    private var end: Int

    init(_ text: [UInt8], from start: Int, value: [UInt8]) {
        self.text = text
        self.value = value
        position = start
        end = start
        produced.reserveCapacity(value.count)
        sources.reserveCapacity(value.count)
    }

    /// - Returns: `nil` where the text does not read as the value.
    mutating func scan() -> Pieces? {
        skipProperties()
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let quote = current
            position += 1
            scanFlow(quote: quote)
        case UInt8(ascii: "|"): scanBlock(isFolded: false)
        case UInt8(ascii: ">"): scanBlock(isFolded: true)
        default: scanFlow(quote: nil)
        }
        guard produced.prefix(value.count).elementsEqual(value) else { return nil }
        return Pieces(sources: Array(sources.prefix(value.count)), end: end)
    }

    // MARK: Steps

    var current: UInt8? { position < text.count ? text[position] : nil }
    var isDone: Bool { produced.count >= value.count || position >= text.count }
    var isAtBlank: Bool { current == 0x20 || current == 0x09 }
    var breakLength: Int? { text.lineBreak(at: position) }

    /// Records that bytes of the value were read from a part of the text.
    mutating func emit(_ bytes: some Collection<UInt8>, from source: Range<Int>) {
        guard produced.count < value.count else { return }
        produced += bytes
        sources += repeatElement(source.lowerBound, count: bytes.count)
        end = source.upperBound
    }

    /// Takes one Unicode scalar as it is.
    mutating func take() {
        let start = position
        repeat { position += 1 } while current?.startsScalar == false
        emit(text[start..<position], from: start..<position)
    }

    /// Takes the line break at an offset: as a line feed, but for the two that Unicode made for text.
    mutating func emitBreak(at offset: Int) {
        guard let length = text.lineBreak(at: offset) else { return }
        let source = offset..<offset + length
        if length == 3 { emit(text[source], from: source) } else { emit([0x0A], from: source) }
    }

    /// Returns whether the line break at an offset is one that folding makes a space of.
    func isFolding(_ offset: Int) -> Bool { text.lineBreak(at: offset) != 3 }

    mutating func skipLine() {
        while position < text.count, breakLength == nil { position += 1 }
    }

    /// Skips an anchor and a tag before a scalar, even on lines of their own.
    private mutating func skipProperties() {
        while current == UInt8(ascii: "&") || current == UInt8(ascii: "!") {
            while current != nil, !isAtBlank, breakLength == nil { position += 1 }
            while current != nil {
                if current == UInt8(ascii: "#") { skipLine() }
                guard isAtBlank || breakLength != nil else { break }
                position += breakLength ?? 1
            }
        }
    }
}
