/// The place of each byte of a scalar in the source text, for every style of scalar.
package struct ScalarPlaces {
    private let text: SourceLines
    private let start: SourceLocation
    /// The offset in the text of what each byte of the scalar was read from; empty where it can't be followed.
    private var sources: [Int] = []
    /// The end of the scalar, without line breaks.
    private var end = 0

    init(of scalar: Located<String>, in text: SourceLines) {
        self.text = text
        start = scalar.location
        let value = Array(scalar.value.utf8)
        guard let offset = text.offset(of: scalar.location) else { return }
        var scanner = ScalarScanner(text.bytes, from: offset, value: value)
        guard let pieces = scanner.scan() else { return }
        sources = pieces.sources
        let visible = value.lastIndex { $0 != UInt8(ascii: "\n") }.map { $0 + 1 } ?? 0
        end = visible < sources.count ? sources[visible] : pieces.end
    }

    /// Whether each byte has a place of its own.
    var isExact: Bool { !sources.isEmpty }

    /// Returns the place of a byte, or of the scalar's end; where the text can't be followed, that of the scalar's
    /// start.
    package func location(ofByte offset: Int) -> SourceLocation {
        guard isExact else { return start }
        return text.location(ofByte: sources.indices.contains(offset) ? sources[offset] : end, file: start.file)
    }
}
