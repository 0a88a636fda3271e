import JSONTape
import Patterns

/// Texts for examples: readable, the same in each run, and of the form that a schema requires.
enum ExampleTexts {
    /// The time of all examples.
    static let now = "2026-01-15T09:30:00Z"
    static let milliseconds = 1_768_469_400_000
    static let id = "7f3c9a52"

    /// Returns a text for a property; `nil` where none is found.
    static func text(_ facts: ValueFacts, name: String) -> String? {
        let compiled = facts.patterns.map { try? CompiledPattern.compile($0) }
        func isGood(_ text: String) -> Bool {
            let count = text.unicodeScalars.count
            return facts.minimumLength <= count && count <= facts.maximumLength
                && facts.format?.matches(text) != false
                && compiled.allSatisfy { $0?.matches(text) != false }
        }
        let candidates = facts.format.map { samples(of: $0, name: name) } ?? plain(name)
        if let text = candidates.first(where: isGood) { return text }
        if !facts.patterns.isEmpty {
            let search = PatternSearch(
                matching: facts.patterns, notMatching: [], lengths: facts.minimumLength...facts.maximumLength,
                excluding: [])
            if case .texts(let texts) = search.run(limit: 24), let text = texts.first(where: isGood) { return text }
            return nil
        }
        // Longer or shorter than usual.
        let usual = candidates.first ?? "text"
        let longest = String(usual.unicodeScalars.prefix(facts.maximumLength))
        if isGood(longest) { return longest }
        guard facts.minimumLength <= longestText else { return nil }
        let repeated = String(repeating: "x", count: facts.minimumLength)
        return isGood(repeated) ? repeated : nil
    }

    private static let longestText = 4096

    /// Texts for a property without a format, by its name.
    private static func plain(_ name: String) -> [String] {
        let words = words(of: name)
        guard let last = words.last else { return ["text"] }
        var texts: [String] = []
        switch last {
        case "id", "uuid", "key", "code", "number":
            let stem = words.dropLast().joined(separator: "-")
            texts.append(stem.isEmpty ? "1" : stem + "-1")
        case "email": texts.append("ada@example.com")
        case "url", "uri", "link", "href": texts.append("https://example.com/\(words.first ?? last)")
        case "currency": texts.append("EUR")
        case "country": texts.append("DE")
        case "version": texts.append("1.0")
        case "name": texts.append(words.count > 1 ? "Example \(words.dropLast().joined(separator: " "))" : "Example")
        case "timestamp", "at", "time": texts.append(now)
        case "date": texts.append("2026-01-15")
        case "path", "file": texts.append("/data/\(words.first ?? last)")
        default: break
        }
        texts.append("example " + words.joined(separator: " "))
        return texts + ["example", "EUR", "DE", "a", "A", "1", "1.0", "abc", "ABC", "abc-1", "ABC-1", "/a", "a.b"]
    }

    /// Returns the words of a name in snake or camel case, in lower case.
    private static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in name {
            if !(character.isLetter || character.isNumber) || (character.isUppercase && word.last?.isLowercase == true)
            {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
            }
            if character.isLetter || character.isNumber { word.append(character) }
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        return words
    }

    private static func samples(of format: StringFormat, name: String) -> [String] {
        let word = words(of: name).first ?? "example"
        return switch format {
        case .dateTime: [now]
        case .date: ["2026-01-15"]
        case .time: ["09:30:00Z"]
        case .duration: ["PT15M"]
        case .email, .idnEmail: ["ada@example.com"]
        case .hostname, .idnHostname: ["example.com"]
        case .ipv4: ["192.0.2.1"]
        case .ipv6: ["2001:db8::1"]
        case .uri, .iri: ["https://example.com/\(word)", "https://example.com/", "urn:example:1"]
        case .uriReference, .iriReference: ["/\(word)/1", "/"]
        case .uuid: ["6f1c2a4e-8d3b-4c5f-9a7e-2b1d0c3e4f5a"]
        case .uriTemplate: ["https://example.com/{id}", "{id}"]
        case .jsonPointer: ["/\(word)", "/a"]
        case .relativeJSONPointer: ["1/\(word)", "0"]
        case .regex: ["^[a-z]+$"]
        }
    }
}
