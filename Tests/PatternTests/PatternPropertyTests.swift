import JSONTape
import Patterns
import StringFormats
import Testing

/// Random patterns and texts, by the reference.
@Suite("random patterns")
struct PatternPropertyTests {
    @Test("a compiled pattern matches what the reference matches", arguments: 0..<8)
    func agrees(seed: UInt64) throws {
        var random = PatternSource(seed: seed)
        var compiled = 0
        for _ in 0..<60 {
            let source = random.pattern()
            let tree = try PatternParser.parse(source)
            let pattern: CompiledPattern
            do throws(PatternError) {
                pattern = try CompiledPattern.compile(source)
            } catch {
                // Lookarounds in each other, which are refused by name.
                guard case .unsupported = error else { throw error }
                continue
            }
            compiled += 1
            for _ in 0..<25 {
                let text = random.text()
                let expected = ReferenceMatcher(tree: tree, text: Array(text.unicodeScalars)).isMatch
                #expect(pattern.matches(text) == expected, "\(source) on \(text.debugDescription), seed \(seed)")
            }
        }
        #expect(compiled > 40)
    }
}

/// Small patterns of all constructs, and texts that are likely to match.
private struct PatternSource {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    private mutating func below(_ count: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(count))
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    mutating func text() -> String {
        (0..<below(7)).reduce(into: "") { text, _ in
            text += below(3) > 0 ? pick(["a", "b", "1"]) : pick(["_", "-", " ", "\n", "é", "€", "😀", "\u{2028}", "A"])
        }
    }

    mutating func pattern() -> String {
        let body = alternatives(depth: 2)
        return (below(3) == 0 ? "^" : "") + body + (below(3) == 0 ? "$" : "")
    }

    private mutating func alternatives(depth: Int) -> String {
        (0...below(3) / 2).map { _ in (0..<below(4)).map { _ in quantified(depth: depth) }.joined() }
            .joined(separator: "|")
    }

    private mutating func quantified(depth: Int) -> String {
        switch below(16) {
        case 0: return pick(["^", "$", #"\b"#, #"\B"#])
        case 1 where depth > 0: return pick(["(?=", "(?!", "(?<=", "(?<!"]) + alternatives(depth: depth - 1) + ")"
        case 2...4 where depth > 0: return pick(["(", "(?:"]) + alternatives(depth: depth - 1) + ")" + quantifier()
        default:
            let atom = pick([
                "a", "b", "1", "é", "€", "😀", ".", #"\d"#, #"\w"#, #"\W"#, #"\s"#, #"\S"#, "[ab]", "[^a]", "[é-😀]",
                "[^é]", #"[\w-]"#, "[]", "[^]", #"\u{1F600}"#,
            ])
            return atom + quantifier()
        }
    }

    private mutating func quantifier() -> String {
        below(2) == 0 ? "" : pick(["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?", "+?"])
    }
}
