import ContractModel
import JSONTape
import SchemaCompiler

/// Checks the literal strings of patterns for placeholders that were meant to be filled in.
struct LiteralTextChecks {
    let resolver: PropertyResolver

    private static let builtIns: Set<String> = ["now", "now.ms", "id", "service", "event"]

    func check(_ pattern: MessagePattern, diagnostics: inout Diagnostics) {
        for (index, part) in pattern.parts.enumerated() {
            guard case .text(let text) = part else { continue }
            let next = index + 1 < pattern.parts.count ? pattern.parts[index + 1] : nil
            guard let (message, hint) = mistake(in: text, before: next) else { continue }
            diagnostics.warning(.literalPlaceholder, at: pattern.location, message, hint: hint)
            return
        }
        guard let (first, last) = ends(of: pattern), Self.opening.contains(first), Self.closing.contains(last) else {
            return
        }
        diagnostics.warning(
            .typographicQuote, at: pattern.location,
            "the quotes '\(first)' and '\(last)' are part of the text", hint: "write \" to quote in YAML")
    }

    /// Checks a fixed value, in which no placeholder is filled in.
    func checkFixed(_ text: String, at location: SourceLocation, diagnostics: inout Diagnostics) {
        for name in Self.bracedNames(in: text) where isKnown(name) {
            diagnostics.warning(
                .literalPlaceholder, at: location, "'{\(name)}' is not filled in: a fixed value has no placeholders",
                hint: "fill the property in 'envelope', or let the sender state it")
            return
        }
    }

    // MARK: Placeholders

    private func mistake(in text: String, before next: MessagePattern.Part?) -> (String, String)? {
        for name in Self.bracedNames(in: text) where isKnown(name) {
            return (
                "'{{\(name)}}' is the literal text '{\(name)}', and is not filled in",
                "write {\(name)} with single braces"
            )
        }
        if let next, let sign = text.last, "$#%".contains(sign), let name = Self.name(of: next) {
            return (
                "the '\(sign)' before '{\(name)}' is part of the text", "write {\(name)} alone, without '\(sign)'"
            )
        }
        // Names with a dot anywhere, and a name in the signs of another language's placeholders.
        let decorated = text.trimming(Set("<>$%#:[]()@"))
        for name in Self.dottedNames(in: text) + (decorated == text ? [] : [decorated]) where isKnown(name) {
            return ("'\(name)' is literal text, and is not filled in", "did you mean '{\(name)}'?")
        }
        if let (pointer, name) = pointer(in: text) {
            return ("'\(pointer)' is literal text, and is not filled in", "did you mean '{\(name)}'?")
        }
        if let name = Self.calls[text] {
            return ("'\(text)' is literal text, and is not filled in", "did you mean '{\(name)}'?")
        }
        return nil
    }

    /// Whole texts that are meant to be filled in.
    private static let calls = [
        "now": "now", "now()": "now", "id()": "id", "uuid()": "id", "UUID()": "id", "service()": "service",
    ]

    /// Returns a pointer to a property, as `key` and `envelope` have it: the text from the first `/` that starts one.
    private func pointer(in text: String) -> (pointer: String, name: String)? {
        for start in text.indices where text[start] == "/" {
            let rest = text[start...].prefix { !$0.isWhitespace && $0 != "," && $0 != ";" }
            guard let pointer = JSONPointer(String(rest)), pointer.tokens.count > 1 || start == text.startIndex,
                let path = resolver.resolve(pointer), !path.pointer.tokens.isEmpty
            else { continue }
            return (String(rest), pointer.tokens.joined(separator: "."))
        }
        return nil
    }

    private func isKnown(_ name: String) -> Bool {
        if Self.builtIns.contains(name) { return true }
        let tokens = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return resolver.resolve(JSONPointer(tokens: tokens)) != nil
    }

    /// Returns a placeholder's name; `nil` of numbers, before which a `$` may be a currency.
    private static func name(of part: MessagePattern.Part) -> String? {
        switch part {
        case .text: nil
        case .now: "now"
        case .nowMilliseconds: "now.ms"
        case .id: "id"
        case .service: "service"
        case .event: "event"
        case .property(let path):
            switch path.type {
            case .integer, .unsignedInteger, .double, .exactNumber: nil
            default: path.pointer.tokens.joined(separator: ".")
            }
        }
    }

    /// Returns the names between braces.
    private static func bracedNames(in text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
            guard let end = rest.firstIndex(of: "}") else { return nil }
            // Go's templates write a dot before the name, others a dollar sign.
            let name = rest[..<end].drop { " .$".contains($0) }
            return String(name.prefix { $0 != " " })
        }
    }

    /// Returns the words with a dot.
    private static func dottedNames(in text: String) -> [String] {
        text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
            .map { String($0.drop { $0 == "." }) }.filter { $0.contains(".") && $0.last != "." }
    }

    // MARK: Quotes

    private static let opening: Set<Character> = ["\u{201C}", "\u{201D}", "\u{201E}", "\u{2018}", "\u{201A}", "\u{AB}"]
    private static let closing: Set<Character> = ["\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}", "\u{BB}"]

    private func ends(of pattern: MessagePattern) -> (first: Character, last: Character)? {
        guard case .text(let start)? = pattern.parts.first, case .text(let end)? = pattern.parts.last,
            let first = start.first, let last = end.last, pattern.parts.count > 1 || start.count > 1
        else { return nil }
        return (first, last)
    }
}

extension String {
    /// Returns the text without some characters at its start and end.
    fileprivate func trimming(_ characters: Set<Character>) -> String {
        var text = self[...]
        while let first = text.first, characters.contains(first) { text.removeFirst() }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return String(text)
    }
}
