/// Notes on characters that look like those of ASCII, or that are not visible.
enum Homoglyphs {
    /// Names the characters of a string that look like ASCII characters, or that are not visible; `nil` if there are none.
    static func note(on text: String) -> String? {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
        var seen: Set<Unicode.Scalar> = []
        let notes = text.unicodeScalars.compactMap { scalar -> String? in
            guard let note = note(on: scalar), seen.insert(scalar).inserted else { return nil }
            return note
        }
        return notes.isEmpty ? nil : notes.joined(separator: ", ")
    }

    private static func note(on scalar: Unicode.Scalar) -> String? {
        if let character = Confusables.ascii(scalar) {
            let kind = character.isLetter ? "letter" : "character"
            return "'\(scalar)' is \(Confusables.code(scalar)), not the ASCII \(kind) '\(character)'"
        }
        if Confusables.isInvisible(scalar) { return "it contains \(Confusables.code(scalar)), which is invisible" }
        return Confusables.isSpace(scalar) ? "it contains \(Confusables.code(scalar)), not a space of ASCII" : nil
    }
}
