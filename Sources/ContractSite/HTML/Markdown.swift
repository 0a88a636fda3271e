/// Descriptions as HTML: a safe part of Markdown.
///
/// Paragraphs, lists, quotes, headings, fenced code, emphasis, code and links are rendered. HTML in a string is shown as text,
/// and a link is a link only to a web or mail address.
enum Markdown {
    /// Returns the blocks of a string.
    static func html(_ text: String) -> HTML {
        var parser = BlockParser(text)
        return parser.blocks()
    }

    /// Returns the first paragraph in one line, without marks, for lists.
    static func summary(_ text: String) -> String {
        let paragraph = text.split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0.allSatisfy(\.isWhitespace) }
            .prefix { !$0.allSatisfy(\.isWhitespace) }
            .joined(separator: " ")
        return Inline.plain(paragraph)
    }

    /// Returns the text with its marks in one line, as in a cell of a table.
    static func inline(_ text: String) -> HTML {
        Inline.html(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
}

/// A parser that divides a string into blocks.
private struct BlockParser {
    private var lines: ArraySlice<Substring>

    init(_ text: String) {
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    }

    private init(lines: [Substring]) { self.lines = lines[...] }

    mutating func blocks(depth: Int = 0) -> HTML {
        var html = HTML()
        while let line = lines.first {
            let text = line.drop(while: \.isWhitespace)
            if text.isEmpty {
                lines.removeFirst()
            } else if text.hasPrefix("```") || text.hasPrefix("~~~") {
                html.append(fence(text.prefix(3)))
            } else if let heading = heading(text) {
                lines.removeFirst()
                html.append(heading)
            } else if text.hasPrefix(">"), depth < 4 {
                html.append(quote(depth))
            } else if Self.marker(of: text) != nil, depth < 4 {
                html.append(list(depth))
            } else {
                html.append(paragraph())
            }
        }
        return html
    }

    private mutating func fence(_ mark: Substring) -> HTML {
        lines.removeFirst()
        var code: [Substring] = []
        while let line = lines.popFirst(), !line.drop(while: \.isWhitespace).hasPrefix(mark) { code.append(line) }
        return .element("pre", [.set("tabindex", "0")]) { HTML.code(code.joined(separator: "\n")) }
    }

    /// Returns a heading within a description, which is below those of the page.
    private func heading(_ text: Substring) -> HTML? {
        let level = text.prefix { $0 == "#" }.count
        guard (1...6).contains(level), text.dropFirst(level).first == " " else { return nil }
        return .element("h4") { Inline.html(String(text.dropFirst(level + 1))) }
    }

    private mutating func quote(_ depth: Int) -> HTML {
        var inner: [Substring] = []
        while let line = lines.first?.drop(while: \.isWhitespace), line.hasPrefix(">") {
            inner.append(line.dropFirst().first == " " ? line.dropFirst(2) : line.dropFirst())
            lines.removeFirst()
        }
        var parser = BlockParser(lines: inner)
        return .element("blockquote") { parser.blocks(depth: depth + 1) }
    }

    /// Returns the length of a list item's mark, and whether the list is numbered.
    private static func marker(of line: Substring) -> (length: Int, isNumbered: Bool)? {
        if let first = line.first, "-*+".contains(first), line.dropFirst().first == " " { return (2, false) }
        let digits = line.prefix { $0.isASCII && $0.isNumber }.count
        let rest = line.dropFirst(digits)
        guard (1...9).contains(digits), rest.hasPrefix(". ") || rest.hasPrefix(") ") else { return nil }
        return (digits + 2, true)
    }

    private mutating func list(_ depth: Int) -> HTML {
        var items: [[Substring]] = []
        var isNumbered = false
        while let line = lines.first {
            let indentation = line.prefix(while: \.isWhitespace).count
            let text = line.drop(while: \.isWhitespace)
            if indentation < 2, let marker = Self.marker(of: text) {
                if items.isEmpty { isNumbered = marker.isNumbered }
                guard marker.isNumbered == isNumbered else { break }
                items.append([text.dropFirst(marker.length)])
            } else if text.isEmpty || indentation >= 2, !items.isEmpty {
                items[items.count - 1].append(line.dropFirst(min(indentation, 2)))
            } else {
                break
            }
            lines.removeFirst()
        }
        let content = HTML.group {
            for item in items { HTML.element("li") { Self.item(item, depth) } }
        }
        return isNumbered ? .element("ol") { content } : .element("ul") { content }
    }

    private static func item(_ lines: [Substring], _ depth: Int) -> HTML {
        let isPlain = lines.dropFirst().allSatisfy { $0.allSatisfy(\.isWhitespace) }
        if isPlain { return Inline.html(lines.first.map(String.init) ?? "") }
        var parser = BlockParser(lines: lines)
        return parser.blocks(depth: depth + 1)
    }

    private mutating func paragraph() -> HTML {
        var text: [Substring] = []
        while let line = lines.first {
            let trimmed = line.drop(while: \.isWhitespace)
            if trimmed.isEmpty || trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") { break }
            if !text.isEmpty, trimmed.hasPrefix(">") || heading(trimmed) != nil || Self.marker(of: trimmed) != nil {
                break
            }
            text.append(trimmed)
            lines.removeFirst()
        }
        return .element("p") { Inline.html(text.joined(separator: "\n")) }
    }
}

/// A parser of the marks within a paragraph.
private struct Inline {
    private let characters: [Character]
    private var position = 0

    private init(_ text: String) { characters = Array(text) }

    /// The longest paragraph whose marks are rendered: the search for their ends takes the square of its length.
    private static let longestText = 10_000

    static func html(_ text: String) -> HTML {
        guard text.utf8.count <= longestText else { return .text(text) }
        var inline = Inline(text)
        return inline.content(depth: 0)
    }

    /// Returns the text without the marks that a list of summaries would show.
    static func plain(_ text: String) -> String {
        guard text.utf8.contains(where: { "*`[".utf8.contains($0) }) else { return text }
        let plain = text.replacing("`", with: "").replacing("**", with: "")
        return plain.contains("](") ? plain.replacing(/\[([^\]]*)\]\([^)]*\)/) { String($0.output.1) } : plain
    }

    private mutating func content(until end: [Character] = [], depth: Int) -> HTML {
        var html = HTML()
        var text = ""
        func flush() {
            if !text.isEmpty { html.append(.text(text)) }
            text = ""
        }
        while position < characters.count {
            if !end.isEmpty, starts(with: end) { break }
            let character = characters[position]
            if character == "\\", position + 1 < characters.count, characters[position + 1].isPunctuation {
                text.append(characters[position + 1])
                position += 2
            } else if let part = mark(character, depth) {
                flush()
                html.append(part)
            } else {
                text.append(character)
                position += 1
            }
        }
        flush()
        return html
    }

    /// Returns a marked part at the position, after which it moves; `nil` where there is none.
    private mutating func mark(_ character: Character, _ depth: Int) -> HTML? {
        switch character {
        case "`": code()
        case "*", "_": depth < 8 ? emphasis(character, depth) : nil
        case "[": depth < 8 ? link(depth) : nil
        case "<": automaticLink()
        case "h": bareLink()
        default: nil
        }
    }

    private mutating func code() -> HTML? {
        let length = characters[position...].prefix { $0 == "`" }.count
        let mark = [Character](repeating: "`", count: length)
        guard let end = find(mark, from: position + length) else { return nil }
        let text = String(characters[(position + length)..<end])
        position = end + length
        return .code(text)
    }

    private mutating func emphasis(_ character: Character, _ depth: Int) -> HTML? {
        let length = min(characters[position...].prefix { $0 == character }.count, 2)
        // An underscore within a word is part of the word.
        if character == "_", position > 0, characters[position - 1].isLetter || characters[position - 1].isNumber {
            return nil
        }
        let mark = [Character](repeating: character, count: length)
        let start = position + length
        guard start < characters.count, !characters[start].isWhitespace,
            let end = find(mark, from: start + 1), !characters[end - 1].isWhitespace
        else { return nil }
        if character == "_", end + length < characters.count, characters[end + length].isLetter { return nil }
        var inner = Inline(String(characters[start..<end]))
        position = end + length
        let content = inner.content(depth: depth + 1)
        return length == 2 ? .element("strong") { content } : .element("em") { content }
    }

    private mutating func link(_ depth: Int) -> HTML? {
        guard let close = find(["]", "("], from: position + 1), let end = find([")"], from: close + 2),
            let link = Link(external: String(characters[(close + 2)..<end]))
        else { return nil }
        var inner = Inline(String(characters[(position + 1)..<close]))
        position = end + 1
        let content = inner.content(depth: 8)
        return .element("a", [.href(link), .set("rel", "noopener noreferrer")]) { content }
    }

    /// Reads an automatic link such as `<https://example.com>`.
    private mutating func automaticLink() -> HTML? {
        guard let end = find([">"], from: position + 1),
            let link = Link(external: String(characters[(position + 1)..<end]))
        else { return nil }
        position = end + 1
        return .element("a", [.href(link), .set("rel", "noopener noreferrer")]) { link.address }
    }

    private mutating func bareLink() -> HTML? {
        guard starts(with: Array("https://")) || starts(with: Array("http://")) else { return nil }
        if position > 0, characters[position - 1].isLetter { return nil }
        var address = characters[position...].prefix { !$0.isWhitespace && !"<>\"'`()[]{}".contains($0) }
        while let last = address.last, ".,;:!?*_".contains(last) { address.removeLast() }
        guard let link = Link(external: String(address)) else { return nil }
        position += address.count
        return .element("a", [.href(link), .set("rel", "noopener noreferrer")]) { link.address }
    }

    private func starts(with mark: [Character]) -> Bool { characters[position...].starts(with: mark) }

    private func find(_ mark: [Character], from start: Int) -> Int? {
        guard start <= characters.count - mark.count else { return nil }
        return (start...(characters.count - mark.count)).first { characters[$0...].starts(with: mark) }
    }
}
