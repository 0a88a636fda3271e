import Foundation
import Patterns
import StringFormats
import Testing

/// Random patterns by an independent engine: `scripts/test-patterns` has Node.js write the cases, and runs this.
@Suite(
    "agreement on patterns",
    .enabled(if: PatternCases.file != nil, "PATTERN_CASES is not set: run scripts/test-patterns"))
struct PatternAgreementTests {
    @Test func agrees() throws {
        var compiled = 0
        for line in try String(contentsOfFile: #require(PatternCases.file), encoding: .utf8).split(separator: "\n") {
            let example = try JSONDecoder().decode(PatternCases.Example.self, from: Data(line.utf8))
            let pattern: CompiledPattern
            do throws(PatternError) {
                pattern = try CompiledPattern.compile(example.pattern)
            } catch {
                // Lookarounds in each other, which are refused by name.
                guard case .unsupported = error else { throw error }
                continue
            }
            compiled += 1
            for text in example.matching {
                #expect(pattern.matches(text), "\(example.pattern) on \(text.debugDescription)")
            }
            for text in example.others {
                #expect(!pattern.matches(text), "\(example.pattern) on \(text.debugDescription)")
            }
        }
        #expect(compiled > 0)
    }
}

private enum PatternCases {
    struct Example: Decodable {
        var pattern: String
        var matching: [String]
        var others: [String]
    }

    static let file = ProcessInfo.processInfo.environment["PATTERN_CASES"]
}
