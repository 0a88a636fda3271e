/// A YAML text as libyaml, which reads YAML 1.1, takes it for what it is in YAML 1.2.
///
/// Three characters that end lines in 1.1 are characters like any other in 1.2: libyaml is handed others in their place,
/// that the text does not use and that are ordinary in both, and what it hands back is turned round again.
struct YAMLText {
    /// As libyaml reads it. Each character is where it was, by line and column.
    let bytes: [UInt8]
    /// The replaced characters, by their replacements.
    private let replaced: [Unicode.Scalar: Unicode.Scalar]

    private static let lineEnds: [Unicode.Scalar] = ["\u{85}", "\u{2028}", "\u{2029}"]

    /// - Parameter bytes: UTF-8.
    init(_ bytes: [UInt8]) {
        guard Self.mayHoldLineEnds(bytes) else {
            self.bytes = bytes
            replaced = [:]
            return
        }
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        let used = Set(scalars.filter { Self.standIns.contains($0.value) })
        let free = Self.standIns.lazy.compactMap(Unicode.Scalar.init).filter { !used.contains($0) }
        let standIns = Dictionary(zip(Self.lineEnds, free.prefix(Self.lineEnds.count))) { first, _ in first }
        var text = String.UnicodeScalarView()
        for scalar in scalars { text.append(standIns[scalar] ?? scalar) }
        self.bytes = Array(String(text).utf8)
        replaced = Dictionary(standIns.map { ($1, $0) }) { first, _ in first }
    }

    /// Returns a part of what libyaml read, as it is written.
    func original(_ text: String) -> String {
        guard !replaced.isEmpty else { return text }
        var original = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { original.append(replaced[scalar] ?? scalar) }
        return String(original)
    }

    /// Characters for private use, of which no text uses all.
    private static let standIns: ClosedRange<UInt32> = 0xE000...0xF8FF

    /// Returns whether a text has bytes that the characters concerned start with, followed as they are in those.
    private static func mayHoldLineEnds(_ bytes: [UInt8]) -> Bool {
        var index = 1
        while index < bytes.count {
            switch (bytes[index - 1], bytes[index]) {
            case (0xC2, 0x85): return true
            case (0xE2, 0x80) where index + 1 < bytes.count && bytes[index + 1] & 0xFE == 0xA8: return true
            default: index += 1
            }
        }
        return false
    }

    // MARK: Directives

    private static let mostDirectives = 64

    /// Returns the place of a line that starts with `%`, where there are more of them than a text has a use for:
    /// libyaml looks through all of them for each.
    func excessiveDirective(file: String) -> SourceLocation? {
        var count = 0
        var line = 1
        var last = UInt8(ascii: "\n")
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
                count += 1
                if count > Self.mostDirectives { return SourceLocation(file: file, line: line) }
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            last = byte
            index += 1
        }
        return nil
    }
}
