import ContractModel
import Foundation
import MonitoringCompiler
import SchemaCompiler
import Testing

/// The folders in Tests/Fixtures/Rules: a contract that breaks the rule of the folder's name, and what is said of it.
/// `UPDATE_FIXTURES=1` writes the latter anew.
@Suite struct RuleTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/Rules").path

    static var rules: [String] { FolderReader.names(in: folder) }

    /// Rules that no contract in a folder can break: the tests named here hold them.
    static let testedElsewhere: Set<Rule> = [
        .fileTooLarge, .invalidUTF8,  // FileTests
        .templateSyntax, .templateName,  // TemplateTests
        .unwritableOutput, .outdatedOutput, .invalidMessage,  // CommandTests
    ]

    @Test("a contract that breaks a rule is told exactly so", arguments: rules)
    func expectedText(rule: String) throws {
        let folder = "\(Self.folder)/\(rule)"
        var diagnostics = Diagnostics()
        let checked = CheckedContract(at: "\(folder)/topics.yaml", diagnostics: &diagnostics)
        let text = DiagnosticRenderer(format: .text).render(diagnostics.sorted).replacing("\(folder)/", with: "")
        if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
            try text.write(toFile: "\(folder)/expected.txt", atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOfFile: "\(folder)/expected.txt", encoding: .utf8)
        #expect(text == expected)
        #expect(text.contains("[\(rule)]"))
        #expect((checked == nil) == diagnostics.hasErrors)
    }

    @Test("every rule has a folder or a test of its own")
    func everyRuleIsTested() {
        let folders = Set(Self.rules)
        for rule in Rule.allCases {
            #expect(folders.contains(rule.rawValue) != Self.testedElsewhere.contains(rule), "\(rule.rawValue)")
        }
    }

    @Test("every rule has one line in docs/rules.md")
    func everyRuleIsDocumented() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/rules.md"), encoding: .utf8)
        for rule in Rule.allCases {
            #expect(
                page.split(separator: "\n").count { $0.hasPrefix("| `\(rule.rawValue)` |") } == 1, "\(rule.rawValue)")
        }
    }
}
