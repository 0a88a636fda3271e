import ContractEvolution
import ContractModel
import Testing

@Suite
struct SnapshotTests {
    @Test
    func keepsTheTextOfEachFile() throws {
        let texts = try ChangeFixtureTests.texts(in: "base")
        let snapshot = try #require(Snapshot.text(texts))
        var diagnostics = Diagnostics()
        #expect(Snapshot.files(snapshot, path: "v1.json", diagnostics: &diagnostics) == texts)
        #expect(diagnostics.isEmpty)
    }

    @Test(arguments: ["{}", "[]", #"{"event_contracts_snapshot": 2, "files": {}}"#, "{"])
    func refusesOtherFiles(text: String) {
        var diagnostics = Diagnostics()
        #expect(Snapshot.files(Array(text.utf8), path: "v1.json", diagnostics: &diagnostics) == nil)
        #expect(diagnostics.hasErrors)
    }

    @Test
    func reportsFilesByTheirPathInTheVersion() {
        var diagnostics = Diagnostics()
        let manifest =
            "contract: Shop\nversion: 1.0.0\nservice: shop\ntopics: {}\nmessages: {M: {schema: m.schema.json, topic: t}}\n"
        let version = ContractVersion(
            .texts(["topics.yaml": Array(manifest.utf8)], label: "v1.json"), label: "v1.json",
            diagnostics: &diagnostics)
        #expect(version == nil)
        #expect(diagnostics.sorted.allSatisfy { $0.location.file.hasPrefix("v1.json/topics.yaml") })
        #expect(diagnostics.sorted.contains { $0.rule == .missingFile })
    }
}
