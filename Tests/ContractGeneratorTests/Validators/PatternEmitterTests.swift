import Patterns
import Testing

@testable import ContractGenerator

/// Regular expressions as generated Swift.
@Suite struct PatternEmitterTests {
    private static let patterns: [(source: String, matching: String, other: String)] = [
        ("", "a", ""), (#"[\s\S]"#, "a", ""), ("^[^]{2,3}$", "éé", "a"), ("^[^]{2}$", "éé", "é"),
        ("^[^]{0,2}$", "é", "abc"),
        ("^[^]{2,}$", "ab", "é"), ("^abc$", "abc", "abcd"), ("^(a|b\\\\)$", "b\\", "ab"),
        ("^(Identifier|Constant|Parameter|Variable)$", "Constant", "constant"), ("^x-", "x-é", "y-"),
        ("\"$", "a\"", "\"a"), ("foo", "a foo b", "fo"), ("^[a-z_-]{1,4}$", "a_-b", "abcde"), ("^[a-z]*$", "", "A"),
        (#"^\d{4}-\d{2}$"#, "2026-11", "2026-1"), ("^(a|é)+b?$", "aéb", "b"), ("^.{1,20}$", "é", "a\nb"),
        ("(a|b)*a(a|b){14}", "abbbbbbbbbbbbbb", "abb"),
    ]

    @Test("each form compiles, and matches what the compiled pattern matches")
    func forms() throws {
        var writer = SourceWriter()
        writer.line("import JSONTape")
        writer.block("enum Check") { writer in
            var functions: [(name: String, condition: String)] = []
            for (index, example) in Self.patterns.enumerated() {
                guard let pattern = try? CompiledPattern.compile(example.source) else {
                    Issue.record("refused: \(example.source)")
                    continue
                }
                if example.source != "" { #expect(!pattern.matches(example.other), "\(example.source)") }
                #expect(pattern.matches(example.matching), "\(example.source)")
                let emitter = PatternEmitter(pattern: pattern, table: "pattern\(index)")
                emitter.emitTable("private ", to: &writer)
                functions.append(("matches\(index)", emitter.condition(at: "node")))
            }
            for (name, condition) in functions {
                writer.block("static func \(name)(_ tape: borrowing JSONTape, at node: JSONTape.Index) -> Bool") {
                    $0.line(condition)
                }
            }
        }
        var main = "import JSONTape\n"
        for (index, example) in Self.patterns.enumerated() {
            for (text, isMatch) in [(example.matching, true), (example.other, example.source == "")] {
                let json = text.debugDescription.replacing("\\u{0A}", with: "\\n")
                main += """
                    do {
                        let tape = try JSONTape(parsing: \(json.debugDescription).utf8)
                        precondition(Check.matches\(index)(tape, at: .root) == \(isMatch), "\(index) on \(isMatch)")
                    }

                    """
            }
        }
        let outcome = try SwiftCompiler.runProgram(["Check.swift": writer.text, "main.swift": main])
        #expect(outcome.isSound, "\(outcome.text)")
    }
}
