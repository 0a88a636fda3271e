extension Contract {
    /// The place of a byte within a text of the manifest: an expression's, say. Where the text is written in a way that
    /// can't be followed, it is the place where the text starts.
    package func location(ofByte offset: Int, in scalar: Located<String>) -> SourceLocation {
        guard scalar.location.file == manifestPath, var walk = ScalarWalk(scalar, in: manifestText) else {
            return scalar.location
        }
        return walk.location(ofByte: offset) ?? scalar.location
    }
}

/// Goes through a scalar as the manifest writes it and as it was read, side by side.
private struct ScalarWalk {
    private let raw: [UInt8]
    private let value: [UInt8]
    private var place: SourceLocation
    private var position = 0
    private var quote: UInt8?
    /// How far a block scalar's lines are indented; `nil` for any other.
    private var blockIndentation: Int?

    init?(_ scalar: Located<String>, in text: [UInt8]) {
        var place = SourceLocation(file: scalar.location.file)
        var start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < text.count, place < scalar.location {
            place.step(over: text[start])
            start += 1
        }
        // The rest of a character of several bytes is no place of its own.
        guard start < text.count, place == scalar.location else { return nil }
        raw = Array(text[start...])
        value = Array(scalar.value.utf8)
        self.place = place
        switch raw.first {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            quote = raw.first
            advance()
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            while let byte = current, byte != UInt8(ascii: "\n") { advance() }
            skipLineBreak()
            blockIndentation = self.place.column - 1
        default: break
        }
    }

    private var current: UInt8? { position < raw.count ? raw[position] : nil }

    private mutating func advance() {
        place.step(over: raw[position])
        position += 1
    }

    /// Goes past the end of a line, empty lines, and the next line's indentation. Of a block scalar, only past one line's
    /// end and the indentation that all its lines have: the rest is its text.
    private mutating func skipLineBreak() {
        if let blockIndentation {
            advance()
            while current == 0x20, place.column <= blockIndentation { advance() }
            return
        }
        while let byte = current, [0x0A, 0x0D, 0x20, 0x09].contains(byte) { advance() }
    }

    mutating func location(ofByte offset: Int) -> SourceLocation? {
        var index = 0
        while index < offset {
            guard let byte = current, index < value.count else { return nil }
            if byte == 0x0A || byte == 0x0D {
                // A line break is read as one, or as a space, or not at all where it is escaped.
                guard value[index] == 0x20 || value[index] == 0x0A else { return nil }
                skipLineBreak()
            } else if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "\\") {
                advance()
                guard let escaped = current, "\"\\/nt ".utf8.contains(escaped) else { return nil }
                advance()
            } else if byte == value[index] {
                advance()
                if quote == UInt8(ascii: "'"), byte == UInt8(ascii: "'") { advance() }
            } else {
                return nil
            }
            index += 1
        }
        if current == 0x0A { skipLineBreak() }
        return place
    }
}
