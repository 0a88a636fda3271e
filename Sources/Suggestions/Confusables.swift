/// Characters that look like those of ASCII, and characters that are not visible.
package enum Confusables {
    private static let cyrillicAndGreek: [Unicode.Scalar: Character] = [
        "\u{430}": "a", "\u{435}": "e", "\u{43E}": "o", "\u{440}": "p", "\u{441}": "c", "\u{443}": "y", "\u{445}": "x",
        "\u{456}": "i", "\u{458}": "j", "\u{455}": "s", "\u{501}": "d", "\u{51B}": "q", "\u{51D}": "w", "\u{4BB}": "h",
        "\u{410}": "A", "\u{412}": "B", "\u{415}": "E", "\u{41A}": "K", "\u{41C}": "M", "\u{41D}": "H", "\u{41E}": "O",
        "\u{420}": "P", "\u{421}": "C", "\u{422}": "T", "\u{425}": "X", "\u{406}": "I", "\u{408}": "J", "\u{405}": "S",
        "\u{3BF}": "o", "\u{3BD}": "v", "\u{3B1}": "a", "\u{3C1}": "p", "\u{391}": "A", "\u{392}": "B", "\u{395}": "E",
        "\u{396}": "Z", "\u{397}": "H", "\u{399}": "I", "\u{39A}": "K", "\u{39C}": "M", "\u{39D}": "N", "\u{39F}": "O",
        "\u{3A1}": "P", "\u{3A4}": "T", "\u{3A5}": "Y", "\u{3A7}": "X", "\u{3B9}": "i", "\u{3BA}": "k",
        "\u{3C5}": "u", "\u{43A}": "k", "\u{131}": "i", "\u{251}": "a", "\u{261}": "g", "\u{585}": "o",
        "\u{578}": "n", "\u{57D}": "u",
    ]

    private static let names: [Unicode.Scalar: String] = [
        "\u{A0}": "no-break space", "\u{AD}": "soft hyphen", "\u{200B}": "zero-width space",
        "\u{200C}": "zero-width non-joiner", "\u{200D}": "zero-width joiner", "\u{2028}": "line separator",
        "\u{2060}": "word joiner", "\u{202F}": "narrow no-break space", "\u{3000}": "ideographic space",
        "\u{FEFF}": "byte order mark", "\u{85}": "next line",
    ]

    /// Returns the ASCII character that a character of another script looks like.
    package static func ascii(_ scalar: Unicode.Scalar) -> Character? {
        if let letter = cyrillicAndGreek[scalar] { return letter }
        switch scalar.value {
        // Full-width characters.
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map { Character($0) }
        // Letters of mathematical alphabets.
        case 0x1D400...0x1D6A3:
            let index = (scalar.value - 0x1D400) % 52
            return Unicode.Scalar(index < 26 ? 0x41 + index : 0x61 + index - 26).map { Character($0) }
        default: return nil
        }
    }

    /// Returns whether a character has no width, or changes the direction of others.
    package static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x34F, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF:
            true
        default: false
        }
    }

    /// Returns whether a character looks like a space or a line break, but is not one of ASCII.
    package static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x80 && scalar.properties.isWhitespace
    }

    /// Returns whether a character shows nothing, and is not white space of ASCII.
    package static func isOddBlank(_ scalar: Unicode.Scalar) -> Bool { isInvisible(scalar) || isSpace(scalar) }

    /// Returns the code of a character, with its name where it is known: `U+00A0 (no-break space)`.
    package static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            + (names[scalar].map { " (\($0))" } ?? "")
    }

    /// Returns a text as it looks: in ASCII where possible, without invisible characters and other spaces.
    package static func visible(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        var visible = ""
        for scalar in text.unicodeScalars where !isOddBlank(scalar) {
            if let letter = ascii(scalar) { visible.append(letter) } else { visible.unicodeScalars.append(scalar) }
        }
        return visible
    }
}
