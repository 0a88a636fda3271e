import ContractModel

/// A lexer that splits a skeleton into texts and tags, each tag with its place.
struct TemplateLexer {
    struct Tag {
        /// The character before the name, such as `#`; `nil` where there is none.
        var kind: Character?
        var name: String
        var location: SourceLocation

        /// Whether a line that contains nothing else is not rendered.
        fileprivate var mayStandAlone: Bool { kind.map { "#^/!>".contains($0) } ?? false }
    }

    enum Token {
        case text(Substring)
        case tag(Tag)
    }

    private let file: String
    private var rest: Substring
    private var line = 1
    private var column = 1
    private var tokens: [Token] = []

    private init(_ text: String, file: String) {
        self.file = file
        rest = text[...]
    }

    /// Returns all texts and tags; `nil` where a tag does not end.
    static func tokens(of text: String, file: String, diagnostics: inout Diagnostics) -> [Token]? {
        var lexer = TemplateLexer(text, file: file)
        while let start = lexer.rest.firstRange(of: "{{") {
            lexer.appendText(lexer.rest[..<start.lowerBound])
            guard lexer.appendTag(from: start, diagnostics: &diagnostics) else { return nil }
        }
        lexer.appendText(lexer.rest)
        lexer.removeLinesOfTags()
        return lexer.tokens
    }

    private mutating func appendText(_ text: Substring) {
        tokens.append(.text(text))
        advance(over: text)
    }

    private mutating func appendTag(from start: Range<Substring.Index>, diagnostics: inout Diagnostics) -> Bool {
        let location = SourceLocation(file: file, line: line, column: column)
        let isTriple = rest[start.upperBound...].first == "{"
        let ending = isTriple ? "}}}" : "}}"
        guard let end = rest[start.upperBound...].firstRange(of: ending) else {
            diagnostics.error(.templateSyntax, at: location, "this tag does not end", hint: "expected '\(ending)'")
            return false
        }
        var content = rest[start.upperBound..<end.lowerBound]
        var kind: Character?
        if let first = content.first, !first.isLetter, first != " " {
            kind = first
            content = content.dropFirst()
        }
        let name = content.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        tokens.append(.tag(Tag(kind: kind, name: String(name), location: location)))
        advance(over: rest[start.lowerBound..<end.upperBound])
        return true
    }

    private mutating func advance(over part: Substring) {
        for scalar in part.unicodeScalars {
            if scalar == "\n" {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
        rest = rest[part.endIndex...]
    }

    // MARK: Lines

    /// Removes what is left of each line that contains one tag and no text, unless the tag renders something itself.
    ///
    /// Texts and tags alternate, beginning and ending with a text.
    private mutating func removeLinesOfTags() {
        // Judged by the texts as they were: the line of one tag may be next to that of another.
        let original = tokens
        for index in stride(from: 1, to: original.count, by: 2) {
            guard case .tag(let tag) = original[index], tag.mayStandAlone,
                case .text(let before) = original[index - 1], case .text(let after) = original[index + 1],
                let indentation = before.indentationAtEnd(beginsLine: index == 1),
                let ending = after.blankLineAtStart(endsLine: index == original.count - 2),
                case .text(let leading) = tokens[index - 1], case .text(let trailing) = tokens[index + 1]
            else { continue }
            tokens[index - 1] = .text(leading.dropLast(indentation))
            tokens[index + 1] = .text(trailing.dropFirst(ending))
        }
    }
}

extension Substring {
    /// Returns the first place of a text; a plain search, for the short texts of templates.
    fileprivate func firstRange(of other: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other), let end = index(start, offsetBy: other.count, limitedBy: endIndex) {
                return start..<end
            }
            start = index(after: start)
        }
        return nil
    }

    /// Returns the number of spaces after the last line break; `nil` where the last line contains anything else.
    ///
    /// - Parameter beginsLine: Whether the text begins at the start of a line.
    fileprivate func indentationAtEnd(beginsLine: Bool) -> Int? {
        var count = 0
        for character in reversed() {
            if character.isNewline { return count }
            guard character == " " || character == "\t" else { return nil }
            count += 1
        }
        return beginsLine ? count : nil
    }

    /// Returns the number of characters up to and with the first line break; `nil` where there is anything but spaces.
    ///
    /// - Parameter endsLine: Whether the text ends where its last line ends.
    fileprivate func blankLineAtStart(endsLine: Bool) -> Int? {
        var count = 0
        for character in self {
            count += 1
            if character.isNewline { return count }
            guard character == " " || character == "\t" else { return nil }
        }
        return endsLine ? count : nil
    }
}
