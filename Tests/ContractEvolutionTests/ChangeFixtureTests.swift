import ContractEvolution
import ContractModel
import Foundation
import JSONTape
import Testing

/// The folders of Tests/Fixtures/Evolution: the files of a new version that differ from those of `base`, and the report. Files
/// whose names begin with `old.` are those of the old version that differ.
@Suite
struct ChangeFixtureTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/Evolution").standardizedFileURL

    @Test(arguments: ChangeRule.allCases)
    func reportsTheChange(rule: ChangeRule) throws {
        let base = try Self.texts(in: "base")
        let changed = try Self.texts(in: rule.rawValue)
        let before = changed.filter { $0.key.hasPrefix("old.") }.map { (String($0.key.dropFirst(4)), $0.value) }
        let old = try version(base.merging(before) { $1 }, "old")
        let new = try version(base.merging(changed.filter { !$0.key.hasPrefix("old.") }) { $1 }, "new")
        let today = CalendarDate(year: 2026, month: 1, day: 1)
        let report = ContractComparison.report(old: [old], new: new, today: today)
        let expected = Self.folder.appending(path: "\(rule.rawValue)/expected.txt")
        if ProcessInfo.processInfo.environment["RECORD_EVOLUTION"] != nil {
            try Data(report.text.utf8).write(to: expected)
        }
        #expect(report.text == (try String(contentsOf: expected, encoding: .utf8)))
        #expect(report.changes.contains { $0.rule == rule })
    }

    @Test
    func aVersionDoesNotDifferFromItself() throws {
        let base = try Self.texts(in: "base")
        #expect(
            ContractComparison.report(old: [try version(base, "old")], new: try version(base, "new")).changes.isEmpty)
    }

    static func texts(in name: String) throws -> [String: [UInt8]] {
        var texts: [String: [UInt8]] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path)
        where file != "expected.txt" {
            texts[file] = [UInt8](try Data(contentsOf: folder.appending(path: "\(name)/\(file)")))
        }
        return texts
    }
}

/// Reads a version from texts.
func version(_ texts: [String: [UInt8]], _ label: String) throws -> ContractVersion {
    var diagnostics = Diagnostics()
    let version = ContractVersion(.texts(texts, label: label), label: label, diagnostics: &diagnostics)
    return try #require(version, "\(DiagnosticRenderer(format: .text).render(diagnostics.sorted))")
}
