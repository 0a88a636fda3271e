import ContractModel
import ContractPipeline
import Foundation
import JSONTape
import Testing

/// Contracts that are right have no findings.
@Suite struct FalseAlarmTests {
    @Test("an unusual contract that is right has no findings", arguments: UnusualContract.all)
    func unusual(contract: UnusualContract) throws {
        #expect(try RulePageTests.findings(in: contract.example).text == "")
    }

    @Test("there are enough of them")
    func count() { #expect(UnusualContract.all.count >= 60) }

    /// The manifests of the repository, those of contracts with mistakes aside.
    private static var manifests: [String] {
        let root = RulePageFile.root.path
        let fixtures = ["Contracts", "Generated"].flatMap { folder in
            FolderReader.names(in: "\(root)/Tests/Fixtures/\(folder)").map { "Tests/Fixtures/\(folder)/\($0)" }
        }
        let examples = [
            "Examples/BuildPlugin/Sources/Shop", "Examples/CheckedIn/contract",
            "Examples/MonitoredService/Sources/MonitoredService", "schemas", "Tests/Fixtures/Rules/base",
        ]
        return (examples + fixtures).filter { FileManager.default.fileExists(atPath: "\(root)/\($0)/topics.yaml") }
    }

    /// Contracts of several trades, each with its own way to write manifests and schemas.
    private static var styles: [String] {
        FolderReader.names(in: RulePageFile.root.appending(path: "Tests/Fixtures/Styles").path)
    }

    @Test("a contract of another style has no findings", arguments: styles)
    func style(name: String) {
        var diagnostics = Diagnostics(today: CalendarDate(year: 2026, month: 11, day: 30))
        let checked = CheckedContract(
            at: "\(RulePageFile.root.path)/Tests/Fixtures/Styles/\(name)", isStrict: true, diagnostics: &diagnostics)
        #expect(DiagnosticRenderer(format: .text).render(diagnostics.sorted) == "")
        #expect(checked != nil)
    }

    @Test("the contracts of the repository have no findings", arguments: manifests)
    func own(folder: String) {
        var diagnostics = Diagnostics()
        let checked = CheckedContract(
            at: "\(RulePageFile.root.path)/\(folder)", reportsUnknownWords: false, diagnostics: &diagnostics)
        #expect(DiagnosticRenderer(format: .text).render(diagnostics.sorted) == "")
        #expect(checked != nil)
    }
}
