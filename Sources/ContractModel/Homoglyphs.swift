/// Letters of other scripts that look like ASCII letters.
enum Homoglyphs {
    private static let cyrillicAndGreek: [Unicode.Scalar: Character] = [
        "\u{430}": "a", "\u{435}": "e", "\u{43E}": "o", "\u{440}": "p", "\u{441}": "c", "\u{443}": "y", "\u{445}": "x",
        "\u{456}": "i", "\u{458}": "j", "\u{455}": "s", "\u{501}": "d", "\u{51B}": "q", "\u{51D}": "w", "\u{4BB}": "h",
        "\u{410}": "A", "\u{412}": "B", "\u{415}": "E", "\u{41A}": "K", "\u{41C}": "M", "\u{41D}": "H", "\u{41E}": "O",
        "\u{420}": "P", "\u{421}": "C", "\u{422}": "T", "\u{425}": "X", "\u{406}": "I", "\u{408}": "J", "\u{405}": "S",
        "\u{3BF}": "o", "\u{3BD}": "v", "\u{3B1}": "a", "\u{3C1}": "p", "\u{391}": "A", "\u{392}": "B", "\u{395}": "E",
        "\u{396}": "Z", "\u{397}": "H", "\u{399}": "I", "\u{39A}": "K", "\u{39C}": "M", "\u{39D}": "N", "\u{39F}": "O",
        "\u{3A1}": "P", "\u{3A4}": "T", "\u{3A5}": "Y", "\u{3A7}": "X",
    ]

    /// Names the letters of a string that look like ASCII letters; `nil` if there are none.
    static func note(on text: String) -> String? {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
        var seen: Set<Unicode.Scalar> = []
        let letters = text.unicodeScalars.compactMap { scalar -> String? in
            guard let letter = ascii(scalar), seen.insert(scalar).inserted else { return nil }
            return "'\(scalar)' is U+\(hexadecimal(scalar)), not the ASCII letter '\(letter)'"
        }
        return letters.isEmpty ? nil : letters.joined(separator: ", ")
    }

    private static func ascii(_ scalar: Unicode.Scalar) -> Character? {
        if let letter = cyrillicAndGreek[scalar] { return letter }
        // Full-width letters.
        guard (0xFF21...0xFF3A).contains(scalar.value) || (0xFF41...0xFF5A).contains(scalar.value) else { return nil }
        return Unicode.Scalar(scalar.value - 0xFEE0).map { Character($0) }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
