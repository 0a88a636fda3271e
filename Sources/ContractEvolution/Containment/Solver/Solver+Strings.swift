import JSONTape
import Patterns

extension Solver {
    /// Finds a string that satisfies a branch's conditions.
    func solveString(_ branch: Branch) -> Outcome {
        let facts = branch.strings
        let excluded = branch.excluded.compactMap { if case .string(let text) = $0 { text } else { nil } }
        let formats = facts.formats
        func hasFormats(_ text: String) -> Bool { formats.allSatisfy { $0.format.matches(text) == $0.matches } }
        let isOpen = !formats.isEmpty

        var search = PatternSearch(
            matching: facts.patterns.filter(\.matches).map(\.source),
            notMatching: facts.patterns.filter { !$0.matches }.map(\.source),
            lengths: facts.minimum...max(facts.minimum, facts.maximum), excluding: excluded)
        search.matching += formats.filter(\.matches).compactMap(\.format.pattern)
        search.notMatching += formats.filter { !$0.matches }.compactMap(\.format.pattern)
        let isExact = formats.allSatisfy { $0.format.pattern != nil }
        if search.matching.isEmpty, search.notMatching.isEmpty {
            if let text = plainText(facts, excluded, hasFormats) { return .found(.string(text)) }
            if isOpen { return withoutText(search, formats) }
            // The empty text is the only one of its length.
            return facts.maximum == 0 ? .empty : .undecided("a string needs more characters than are tried")
        }
        switch search.run(limit: isExact ? 1 : 24) {
        case .none: return .empty
        case .texts(let texts):
            if let text = texts.first(where: hasFormats) { return .found(.string(text)) }
        case .undecided(let reason):
            if let text = sample(search, hasFormats) { return .found(.string(text)) }
            return .undecided(reason)
        }
        if let text = sample(search, hasFormats) { return .found(.string(text)) }
        return withoutText(search, formats)
    }

    /// Returns the outcome if no string was found: none is proved by patterns that each string of a format matches.
    private func withoutText(
        _ search: PatternSearch, _ formats: [(format: StringFormat, matches: Bool)]
    ) -> Outcome {
        var wider = search
        wider.matching += formats.filter(\.matches).compactMap(\.format.roughPattern)
        return wider.run(limit: 1) == .none ? .empty : .undecided(Self.formatReason(formats))
    }

    private static func formatReason(_ formats: [(format: StringFormat, matches: Bool)]) -> String {
        let names = Set(formats.map { "'\($0.format.rawValue)'" }).sorted().joined(separator: ", ")
        return "no string was found that decides by the formats \(names)"
    }

    /// Returns a string of any characters.
    private func plainText(_ facts: StringFacts, _ excluded: [String], _ hasFormats: (String) -> Bool) -> String? {
        let excluded = Set(excluded.map(JSONName.init))
        func isGood(_ text: String) -> Bool {
            facts.minimum <= text.unicodeScalars.count && text.unicodeScalars.count <= facts.maximum
                && !excluded.contains(JSONName(text)) && hasFormats(text)
        }
        guard facts.minimum <= 1_000_000 else { return nil }
        if facts.minimum == 0, isGood("") { return "" }
        guard facts.maximum > 0 else { return nil }
        let start = String(repeating: "a", count: max(0, facts.minimum - 1))
        for value in 0x61...UInt32(0x61 + excluded.count + 30) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = start + String(Character(scalar))
            if isGood(text) { return text }
        }
        return Self.samples.first(where: isGood)
    }

    private func sample(_ search: PatternSearch, _ hasFormats: (String) -> Bool) -> String? {
        let patterns = search.matching.map { ($0, true) } + search.notMatching.map { ($0, false) }
        let compiled = patterns.compactMap { source, matches in
            (try? CompiledPattern.compile(source)).map { ($0, matches) }
        }
        guard compiled.count == patterns.count else { return nil }
        return Self.samples.first { text in
            search.lengths.contains(text.unicodeScalars.count) && !search.excluding.contains(text) && hasFormats(text)
                && compiled.allSatisfy { $0.0.matches(text) == $0.1 }
        }
    }

    /// Strings of all formats, and of none.
    private static let samples = [
        "a", "", "1", "-", "(", "{", "~", " ", "\\", "/", "/a", "#", "a b", "%", "é", "::", "::1", "0",
        "2000-01-01", "2000-01-01T00:00:00Z", "2020-06-30T23:59:59.5+02:00", "00:00:00Z", "P1D", "PT1S",
        "a@b.c", "user@example.com", "é@example.com", "a.b", "example.com", "bücher.example", "127.0.0.1", "0.0.0.0",
        "a:b", "a:", "https://example.com/", "http://example.com/a?b#c", "urn:a:b", "http://é.example/",
        "00000000-0000-0000-0000-000000000000", "0/a", "0#", "1/a", "{a}", "/{a}", "[a", "a*", "/a/b", "<>",
        "00000000-0000-4000-8000-000000000000", "example", "é.example", "-a", "a_b", "/~", "relative/path",
    ]
}

extension StringFormat {
    /// A pattern that matches exactly the strings of the format; `nil` where there is none.
    fileprivate var pattern: String? {
        switch self {
        case .uuid: "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"
        case .ipv4:
            "^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$"
        case .jsonPointer: "^(/([^~/]|~[01])*)*$"
        default: nil
        }
    }
}
