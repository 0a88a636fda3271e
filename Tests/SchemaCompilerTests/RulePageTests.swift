import ContractModel
import ContractPipeline
import Foundation
import JSONTape
import Testing

/// The pages of rules in `docs/rules`. Their examples are fixtures: the wrong one has exactly the findings on the page, the
/// right one has none. `UPDATE_FIXTURES=1` updates the findings.
@Suite struct RulePageTests {
    @Test("each rule has a page with its level, and a line in docs/rules.md")
    func pages() throws {
        #expect(RulePageFile.names == Rule.allCases.map(\.rawValue).sorted())
        let index = try String(contentsOf: RulePageFile.root.appending(path: "docs/rules.md"), encoding: .utf8)
        for rule in Rule.allCases {
            let page = try RulePageFile(rule.rawValue)
            #expect(page.heading == "# \(rule.rawValue)")
            let level = rule.level == .mixed ? "error or warning" : rule.level.rawValue
            let allowable = Rule.allowable.contains(rule) ? ", can be allowed" : ""
            #expect(page.level.hasSuffix(" · \(level)\(allowable)*"), "\(rule.rawValue): \(page.level)")
            #expect(index.contains("| [`\(rule.rawValue)`](rules/\(rule.rawValue).md) | \(level)\(allowable) |"))
        }
    }

    @Test(
        "a page says what its rule reports, why, and how to correct it, with a wrong and a right example",
        arguments: RulePageFile.names)
    func parts(name: String) throws {
        let page = try RulePageFile(name)
        let parts = page.text.components(separatedBy: "\n## ")
        #expect(parts.map { String($0.prefix { $0 != "\n" }) }.dropFirst() == ["Wrong", "Right", "Fix"])
        // The heading and the level, the meaning, and the reason.
        #expect(parts[0].split(separator: "\n\n").count >= 4, "the reason")
        #expect(parts.dropFirst().allSatisfy { $0.split(separator: "\n").count > 1 })
        if let rule = Rule(rawValue: name), Rule.allowable.contains(rule) {
            #expect(
                parts.last?.contains("allow: \(name)") == true || parts.last?.contains("x-allow") == true,
                "how to allow it")
        }
    }

    @Test("the wrong example of a page has its findings", arguments: RulePageFile.names)
    func wrongExamples(name: String) throws {
        let page = try RulePageFile(name)
        guard let wrong = page.wrong else { return }
        let (text, diagnostics) = try Self.findings(in: wrong)
        if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil { try page.record(text) }
        #expect(text == (try RulePageFile(name).findings))
        #expect(diagnostics.contains { $0.rule.rawValue == name })
    }

    @Test("the right example of a page has no findings", arguments: RulePageFile.names)
    func rightExamples(name: String) throws {
        let page = try RulePageFile(name)
        #expect((page.wrong == nil) == (page.right == nil), "both examples, or neither")
        guard let right = page.right else { return }
        #expect(try Self.findings(in: right).text == "")
    }

    @Test("findings of an example can be allowed if the rule can be", arguments: RulePageFile.names)
    func allowed(name: String) throws {
        guard let rule = Rule(rawValue: name), Rule.allowable.contains(rule), var wrong = try RulePageFile(name).wrong
        else { return }
        wrong.manifest += "allow: [\(name)]\n"
        // Of some rules, only the warnings can be allowed.
        let found = try Self.findings(in: wrong).diagnostics.filter { $0.rule == rule }
        #expect(found.allSatisfy { rule.level == .mixed && $0.severity == .error })
    }

    /// Checks the base with the changes of an example.
    static func findings(
        in example: RulePageFile.Example
    ) throws -> (text: String, diagnostics: [Diagnostic]) {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.appending(path: "rule-page-\(UUID().uuidString)").path
        defer { try? manager.removeItem(atPath: folder) }
        try manager.copyItem(atPath: "\(RuleTests.folder)/base", toPath: folder)
        let manifest = "\(folder)/topics.yaml"
        let merged = ManifestOverlay.merge(
            try String(contentsOfFile: manifest, encoding: .utf8), with: example.manifest)
        try merged.write(toFile: manifest, atomically: true, encoding: .utf8)
        for file in example.files {
            try file.text.write(toFile: "\(folder)/\(file.name)", atomically: true, encoding: .utf8)
        }
        var diagnostics = Diagnostics(today: CalendarDate(year: 2026, month: 11, day: 30))
        _ = CheckedContract(at: manifest, diagnostics: &diagnostics)
        let sorted = diagnostics.sorted
        var lines: [String: SourceLines] = [:]
        for file in Set(sorted.map(\.location.file)) {
            lines[file] = (try? Data(contentsOf: URL(filePath: file))).map { SourceLines(Array($0)) }
        }
        let renderer = DiagnosticRenderer(format: .text) { [lines] location in
            lines[location.file].flatMap { SourceExcerpt(at: location, in: $0) }
        }
        return (withoutNumbers(renderer.render(sorted), folder: folder), sorted)
    }

    /// Removes places: the lines of a page are not those of the whole contract.
    private static func withoutNumbers(_ text: String, folder: String) -> String {
        text.split(separator: "\n").map { line in
            if line.hasPrefix("\(folder)/") {
                // FILE:LINE:COLUMN: TEXT
                let text = line.split(separator: ":", maxSplits: 3).dropFirst(3).joined().dropFirst()
                return text.replacing("\(folder)/", with: "") + "\n"
            }
            guard let margin = line.firstRange(of: " | ") else { return line + "\n" }
            return "    " + line[margin.upperBound...] + "\n"
        }.joined()
    }
}
