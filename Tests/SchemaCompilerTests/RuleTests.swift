import ContractModel
import ContractPipeline
import Foundation
import SchemaCompiler
import Testing

/// The folders in Tests/Fixtures/Rules: changes of the contract in `base` that break the rule of the folder's name, and the
/// diagnostics in `expected.txt`, which `UPDATE_FIXTURES=1` updates.
///
/// A folder contains the files to add or replace. The sections in `sections.yaml` replace those of the base's manifest; other
/// sections are appended.
@Suite struct RuleTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/Rules").path

    static var rules: [String] { FolderReader.names(in: folder).filter { $0 != "base" } }

    /// Rules that a contract in a folder cannot break, with the tests that cover them.
    static let testedElsewhere: Set<Rule> = [
        .fileTooLarge, .invalidUTF8,  // FileTests
        .templateSyntax, .templateName,  // TemplateTests
        .unwritableOutput, .outdatedOutput, .invalidMessage,  // CommandTests
    ]

    @Test("a contract that breaks a rule has exactly the expected diagnostics", arguments: rules)
    func expectedText(rule: String) throws {
        let folder = try Self.contract(breaking: rule)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let expectedFile = "\(Self.folder)/\(rule)/expected.txt"
        var diagnostics = Diagnostics()
        let checked = CheckedContract(at: "\(folder)/topics.yaml", diagnostics: &diagnostics)
        let text = DiagnosticRenderer(format: .text).render(diagnostics.sorted).replacing("\(folder)/", with: "")
        if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
            try text.write(toFile: expectedFile, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOfFile: expectedFile, encoding: .utf8)
        #expect(text == expected)
        #expect(text.contains("[\(rule)]"))
        #expect((checked == nil) == diagnostics.hasErrors)
    }

    /// Composes the contract of a rule in a temporary folder.
    ///
    /// - Returns: The path of the folder.
    private static func contract(breaking rule: String) throws -> String {
        let manager = FileManager.default
        let composed = manager.temporaryDirectory.appending(path: "contract-\(UUID().uuidString)").path
        try manager.copyItem(atPath: "\(folder)/base", toPath: composed)
        for name in try manager.contentsOfDirectory(atPath: "\(folder)/\(rule)")
        where name != "expected.txt" && name != "sections.yaml" {
            try? manager.removeItem(atPath: "\(composed)/\(name)")
            try manager.copyItem(atPath: "\(folder)/\(rule)/\(name)", toPath: "\(composed)/\(name)")
        }
        if let changed = try? String(contentsOfFile: "\(folder)/\(rule)/sections.yaml", encoding: .utf8) {
            let manifest = "\(composed)/topics.yaml"
            var sections = sections(try String(contentsOfFile: manifest, encoding: .utf8))
            for section in Self.sections(changed) {
                if let index = sections.firstIndex(where: { $0.key == section.key }) {
                    sections[index] = section
                } else {
                    sections.append(section)
                }
            }
            try sections.map(\.text).joined().write(toFile: manifest, atomically: true, encoding: .utf8)
        }
        return composed
    }

    /// Splits a manifest into its sections, each with its key.
    private static func sections(_ manifest: String) -> [(key: Substring, text: String)] {
        var sections: [(key: Substring, text: String)] = []
        for line in manifest.split(separator: "\n") {
            if line.first?.isLetter == true { sections.append((line.prefix { $0 != ":" }, "")) }
            sections[sections.count - 1].text += line + "\n"
        }
        return sections
    }

    @Test("every rule has a folder, an example on its page, or a test of its own")
    func everyRuleIsTested() throws {
        let folders = Set(Self.rules)
        for rule in Rule.allCases where !Self.testedElsewhere.contains(rule) {
            let hasExample = try RulePageFile(rule.rawValue).wrong != nil
            #expect(folders.contains(rule.rawValue) || hasExample, "\(rule.rawValue)")
        }
        #expect(folders.isSubset(of: Rule.allCases.map(\.rawValue)))
    }
}
