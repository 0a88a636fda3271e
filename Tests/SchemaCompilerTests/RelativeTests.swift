import ContractModel
import Foundation
import Testing

/// A mistake that resembles the examples of a rule's page: a section of a page in `Tests/Fixtures/Relatives`, with changes of
/// the contract in `Tests/Fixtures/Rules/base` and the findings.
struct RelativeContract: CustomStringConvertible, Sendable {
    let file: String
    let title: String
    let example: RulePageFile.Example
    let findings: String?

    var description: String { "\(file): \(title)" }

    private static let folder = RulePageFile.root.appending(path: "Tests/Fixtures/Relatives").path

    static var all: [RelativeContract] {
        FolderReader.names(in: folder).flatMap { name -> [RelativeContract] in
            guard let page = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) else { return [] }
            return page.components(separatedBy: "\n## ").dropFirst().map { section in
                let (example, findings) = RulePageFile.Example.read(section)
                return RelativeContract(
                    file: name, title: String(section.prefix { $0 != "\n" }), example: example, findings: findings)
            }
        }
    }

    /// Writes the findings to the page, at the end of the section.
    static func record(_ texts: [String: String]) throws {
        for name in FolderReader.names(in: folder) {
            let path = "\(folder)/\(name)"
            let sections = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n## ")
            let recorded = sections.enumerated().map { index, section in
                let title = section.prefix { $0 != "\n" }
                guard index > 0, let text = texts["\(name): \(title)"] else { return section }
                let end = section.range(of: "\n```text\n")?.lowerBound ?? section.endIndex
                let example = section[..<end].trimmingCharacters(in: .newlines)
                return "\(example)\n\n```text\n\(text)```\n"
            }
            try recorded.joined(separator: "\n## ").write(toFile: path, atomically: true, encoding: .utf8)
        }
    }
}

/// Mistakes that resemble those of the rules' pages. `UPDATE_FIXTURES=1` updates the findings.
@Suite struct RelativeTests {
    @Test("each relative of a mistake has its findings")
    func findings() throws {
        var found: [String: String] = [:]
        for relative in RelativeContract.all {
            let text = try RulePageTests.findings(in: relative.example).text
            found[relative.description] = text
            #expect(!text.isEmpty, "\(relative)")
        }
        if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil { try RelativeContract.record(found) }
        let all = RelativeContract.all
        #expect(!all.isEmpty)
        for relative in all { #expect(relative.findings == found[relative.description], "\(relative)") }
    }
}
