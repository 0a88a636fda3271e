/// One of the things that an `Accept` header lists (RFC 9110, section 12.5.1).
struct MediaRange {
    var type: Substring
    var subtype: Substring
    var version: Substring?
    /// From 0, not wanted, to 1000.
    var quality: Int

    /// Returns the valid parts of a header; others are ignored.
    static func parse(_ header: String) -> [MediaRange] {
        split(header[...], at: ",").compactMap(MediaRange.init)
    }

    private init?(_ text: Substring) {
        let parts = Self.split(text, at: ";").map(Self.trim)
        let names = (parts.first ?? "").split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else { return nil }
        type = names[0].lowercased()[...]
        subtype = names[1].lowercased()[...]
        quality = 1000
        for parameter in parts.dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1).map(Self.trim)
            guard pair.count == 2 else { continue }
            let value =
                pair[1].count > 1 && pair[1].hasPrefix("\"") && pair[1].hasSuffix("\"")
                ? pair[1].dropFirst().dropLast() : pair[1]
            switch pair[0].lowercased() {
            case "version": version = value
            case "q":
                guard let quality = Self.thousandths(value) else { return nil }
                self.quality = quality
            default: break
            }
        }
    }

    /// Reads `qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )`.
    private static func thousandths(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? parts[1] : ""
        guard parts[0] == "0" || parts[0] == "1", fraction.utf8.count <= 3,
            fraction.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let value = Int(parts[0] + fraction + String(repeating: "0", count: 3 - fraction.utf8.count)),
            value <= 1000
        else { return nil }
        return value
    }

    /// Splits at a character that is not in a quoted string.
    private static func split(_ text: Substring, at separator: Character) -> [Substring] {
        var isQuoted = false
        return text.split { character in
            if character == "\"" { isQuoted.toggle() }
            return character == separator && !isQuoted
        }
    }

    private static func trim(_ text: Substring) -> Substring {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        var text = text.drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }
}

extension [MediaRange] {
    /// Returns the quality of a media type: that of the most specific range that matches it. `isNamed` is false where only a
    /// wildcard matches it.
    func preference(type: Substring, subtype: Substring, versions: [Substring]) -> (quality: Int, isNamed: Bool) {
        var best = (precision: -1, quality: 0)
        for range in self {
            let precision: Int
            switch (range.type, range.subtype, range.version) {
            case (type, subtype, nil): precision = 2
            case (type, subtype, let version?) where versions.contains(version): precision = 3
            case (type, "*", _): precision = 1
            case ("*", "*", _): precision = 0
            default: continue
            }
            if (precision, range.quality) > best { best = (precision, range.quality) }
        }
        return (best.quality, best.precision >= 2)
    }
}
