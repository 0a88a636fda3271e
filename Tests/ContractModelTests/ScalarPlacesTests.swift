import Foundation
import TestSupport
import Testing

@testable import ContractModel

@Suite("Places within a manifest's scalars")
struct ScalarPlacesTests {
    static let styles = [
        "expr: a + bad > 1",
        "expr: 'a + bad > 1'",
        "expr: 'it''s + bad > 1'",
        "expr: \"a{b=\\\"c\\\"} + bad > 1\"",
        "expr: \"a\\n + bad > 1\"",
        "expr: \"\\x41 \\u00e9 \\U0001F600 \\L bad > 1\"",
        "expr: \"abc \\\n  \n  def bad\"",
        "expr: \"abc\n\n  def bad\"",
        "expr: 'abc\n\n\n  def bad'",
        "expr: |\n  a\n    + bad > 1",
        "expr: |\n  a\n\n  + bad > 1\n",
        "expr: |2-\n      a\n   b\n\n  bad",
        "expr: |-2 # what follows is indented by two\n    a\n  bad",
        "expr: |+\n\n\n  a\n  \n  bad\n\n",
        "expr: >-\n  a\n  + bad > 1",
        "expr: >\n  first\n\n  third bad",
        "expr: >\n  first\n    kept\n\n   kept too\n  fourth bad",
        "expr: >1\n    first\n second\n\n\n third bad",
        "expr: a\n  + bad\n  > 1",
        "expr: a\n\n  + bad",
        "expr: \"a\n  + bad\n  > 1\"",
        "expr: é + bad > 1",
        "expr: a\u{2028} \u{85} + bad > 1",
        "expr: |\n  a\u{2029}\n  \u{2028} bad",
        "expr: &x \"é bad\"",
        "expr: !!str &x 'a bad'",
        "expr: &x # an anchor on its own\n  # and more\n  |\n  a\n  bad",
    ]

    @Test(
        "a byte of a text has its line and column, however the manifest writes the text", arguments: styles,
        ["\n", "\r\n", "\r"])
    func place(_ style: String, lineEnd: String) throws {
        let text = "\u{FEFF}# a manifest\n\(style)\nend: here\n".replacing("\n", with: lineEnd)
        let (value, places) = try #require(Self.read(text)?.0)
        let offset = try #require(value.utf8.firstRange(of: "bad".utf8)).lowerBound
        let place = places.location(ofByte: value.utf8.distance(from: value.startIndex, to: offset))
        #expect(Self.rest(of: text, from: place).starts(with: "bad".unicodeScalars), "\(place)")
    }

    @Test(
        "a text ends where its last letter does",
        arguments: [
            ("expr: a +", 2, 10), ("expr: 'a +'", 2, 11), ("expr: \"a \\\n  +\"", 3, 4), ("expr: |\n  a\n  +\n", 4, 4),
            ("expr: |+\n  a +\n\n\n", 3, 6), ("expr: >\n  a\n  +", 4, 4),
        ])
    func end(style: String, line: Int, column: Int) throws {
        let (value, places) = try #require(Self.read("# a manifest\n\(style)\nend: here\n")?.0)
        let place = places.location(ofByte: value.utf8.count)
        #expect((place.line, place.column) == (line, column))
    }

    @Test("each character of a random scalar is at its reported place")
    func random() throws {
        var generator = SeededGenerator(seed: 7)
        var checked: [ScalarWriter.Style: Int] = [:]
        for _ in 0..<4000 {
            var writer = ScalarWriter(using: generator)
            let text = writer.write()
            generator = writer.generator
            guard let (scalar, isExact) = Self.read(text) else { continue }
            #expect(isExact, "\(text.debugDescription)")
            var offset = 0
            for character in scalar.value.unicodeScalars {
                let place = scalar.places.location(ofByte: offset)
                offset += String(character).utf8.count
                let rest = Self.rest(of: text, from: place)
                if let written = writer.written[character] {
                    #expect(rest.count == written, "\(character) at \(place) of \(text.debugDescription)")
                } else {
                    let stands = rest.first.map { " \t\n\r\\".unicodeScalars.contains($0) }
                    #expect(stands == true, "a blank at \(place) of \(text.debugDescription)")
                }
            }
            checked[writer.style, default: 0] += 1
        }
        for style in ScalarWriter.Style.allCases { #expect(checked[style] ?? 0 > 200, "\(style)") }
    }

    @Test("finding places in arbitrary texts never traps")
    func anyText() {
        var generator = SeededGenerator(seed: 11)
        let words = ["\"", "'", "\\", "\\u", "|9-\n", ">", "\r", "\u{2028}", "&a ", "!t ", "#", "\n   "]
        for _ in 0..<3000 {
            var writer = ScalarWriter(using: generator)
            let text = Array(writer.write().utf8)
            generator = writer.generator
            let lines = SourceLines(generator.mutate(text, words: words))
            let value = String(decoding: generator.mutate(text, words: words), as: UTF8.self)
            let start = ContractModel.SourceLocation(
                file: "topics.yaml", line: Int.random(in: -1...9, using: &generator),
                column: Int.random(in: -1...9, using: &generator))
            let places = ScalarPlaces(of: Located(value, at: start), in: lines)
            for offset in [-1, 0, 1, value.utf8.count, .max] { _ = places.location(ofByte: offset) }
        }
    }

    @Test(
        "finding a place in a long file or line takes constant time",
        .timeLimit(.minutes(20)))
    func cost() {
        let word = "'é bad' "
        let text = SourceLines(Array(String(repeating: word, count: 50_000).utf8))
        for index in stride(from: 0, to: 50_000, by: 2) {
            let start = ContractModel.SourceLocation(file: "topics.yaml", column: index * word.count + 1)
            let places = ScalarPlaces(of: Located("é bad", at: start), in: text)
            #expect(places.location(ofByte: 3).column == start.column + 3)
        }
    }

    // MARK: Parts

    /// The value of `expr`, and its places, found without going through the text; and whether each has one of its own.
    private static func read(_ text: String) -> (scalar: (value: String, places: ScalarPlaces), isExact: Bool)? {
        let bytes = Array(text.utf8)
        var diagnostics = Diagnostics()
        let root = YAMLReader.read(bytes, file: "topics.yaml", diagnostics: &diagnostics)
        guard diagnostics.isEmpty, let node = root?["expr"], case .string(let value) = node.content else { return nil }
        let places = ScalarPlaces(of: Located(value, at: node.location), in: SourceLines(bytes))
        return ((value, places), value.isEmpty || places.isExact)
    }

    /// What of a text stands at a place and after it, by a count of all lines before.
    private static func rest(of text: String, from place: ContractModel.SourceLocation) -> Substring.UnicodeScalarView {
        var rest = text.unicodeScalars[...]
        if rest.first == "\u{FEFF}" { rest.removeFirst() }
        for _ in 1..<place.line {
            rest = rest.drop { !"\n\r".unicodeScalars.contains($0) }
            rest = rest.dropFirst(rest.starts(with: "\r\n".unicodeScalars) ? 2 : 1)
        }
        return rest.dropFirst(place.column - 1)
    }
}
