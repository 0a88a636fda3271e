/// The patterns of matchers: RE2, anchored at both ends. Checked as far as slips of the pen go, and matched as far as
/// patterns for a closed set of values go.
enum Pattern {
    /// What is wrong with a pattern; `nil` where nothing was found.
    static func problem(in pattern: String) -> String? {
        let characters = Array(pattern)
        var groups = 0
        var canRepeat = false
        var index = 0
        while index < characters.count {
            let character = characters[index]
            switch character {
            case "\\":
                guard index + 1 < characters.count else { return "it ends in a backslash" }
                index += 1
                canRepeat = true
            case "[":
                guard let end = endOfClass(characters, index) else { return "a '[' has no ']'" }
                index = end
                canRepeat = true
            case "(":
                groups += 1
                canRepeat = false
                if index + 1 < characters.count, characters[index + 1] == "?" {
                    guard isGroupStart(characters[(index + 2)...]) else { return "'(?' starts no group that there is" }
                    index += 1
                    while index + 1 < characters.count, !":>)".contains(characters[index + 1]) { index += 1 }
                    if index + 1 < characters.count, characters[index + 1] != ")" { index += 1 }
                }
            case ")":
                groups -= 1
                if groups < 0 { return "a ')' has no '('" }
                canRepeat = true
            case "*", "+", "?":
                guard canRepeat else { return "'\(character)' repeats nothing" }
                // A second sign may follow once: lazy.
                if index + 1 < characters.count, characters[index + 1] == "?" { index += 1 }
                canRepeat = false
                if index + 1 < characters.count, "*+".contains(characters[index + 1]) {
                    return "'\(characters[index + 1])' repeats a repetition"
                }
                canRepeat = true
            case "|": canRepeat = false
            default: canRepeat = true
            }
            index += 1
        }
        return groups > 0 ? "a '(' has no ')'" : nil
    }

    private static func isGroupStart(_ rest: ArraySlice<Character>) -> Bool {
        guard let first = rest.first else { return false }
        if first == "P" { return rest.dropFirst().first == "<" && rest.contains(">") }
        let flags = rest.prefix { "imsU-".contains($0) }
        guard let end = rest.dropFirst(flags.count).first else { return false }
        return end == ":" || end == ")" && !flags.isEmpty
    }

    private static func endOfClass(_ characters: [Character], _ start: Int) -> Int? {
        var index = start + 1
        if index < characters.count, characters[index] == "^" { index += 1 }
        if index < characters.count, characters[index] == "]" { index += 1 }
        while index < characters.count {
            if characters[index] == "\\" {
                index += 1
            } else if characters[index] == "]" {
                return index
            }
            index += 1
        }
        return nil
    }

    static func matchesEmpty(_ pattern: String) -> Bool { matches("", pattern) ?? false }

    /// Whether a pattern of literals, `|`, `.*`, `.+` and `.` matches a text; `nil` where the pattern says more than that.
    static func matches(_ text: String, _ pattern: String) -> Bool? {
        var alternatives: [[Piece]] = [[]]
        var rest = Array(pattern)[...]
        while let character = rest.popFirst() {
            switch character {
            case "|": alternatives.append([])
            case ".":
                if rest.first == "*" || rest.first == "+" {
                    let isRequired = rest.popFirst() == "+"
                    if rest.first == "?" { _ = rest.popFirst() }
                    alternatives[alternatives.count - 1].append(isRequired ? .some : .any)
                } else {
                    alternatives[alternatives.count - 1].append(.one)
                }
            case "\\":
                guard let escaped = rest.popFirst(), !escaped.isLetter, !escaped.isNumber else { return nil }
                alternatives[alternatives.count - 1].append(.literal(escaped))
            case "(", ")", "[", "]", "{", "}", "*", "+", "?", "^", "$": return nil
            default: alternatives[alternatives.count - 1].append(.literal(character))
            }
            if let next = rest.first, "*+?{".contains(next) { return nil }
        }
        return alternatives.contains { Self.matches(Array(text)[...], $0[...]) }
    }

    private enum Piece {
        case literal(Character)
        case one, any, some
    }

    private static func matches(_ text: ArraySlice<Character>, _ pieces: ArraySlice<Piece>) -> Bool {
        guard let piece = pieces.first else { return text.isEmpty }
        let others = pieces.dropFirst()
        switch piece {
        case .literal(let character): return text.first == character && matches(text.dropFirst(), others)
        case .one: return !text.isEmpty && matches(text.dropFirst(), others)
        case .any: return (0...text.count).contains { matches(text.dropFirst($0), others) }
        case .some: return !text.isEmpty && (1...text.count).contains { matches(text.dropFirst($0), others) }
        }
    }
}
