import JSONSchema
import Testing

/// The official test suite through the interpreter. `scripts/conformance` downloads the suite and prints the results.
@Suite(
    .enabled(if: TestSuite() != nil, "JSON_SCHEMA_TEST_SUITE names no folder: scripts/conformance downloads the suite"))
struct ConformanceTests {
    @Test(arguments: TestSuite.drafts.map(\.folder))
    func passesTheRequiredTests(folder: String) throws {
        let suite = try #require(TestSuite())
        let draft = try #require(TestSuite.drafts.first { $0.folder == folder }).draft
        let remotes = try suite.remotes()
        var total = FileResult()
        for file in try suite.files(of: folder) where !file.contains("/") {
            let result = try suite.run(
                "\(folder)/\(file)", draft: draft, remotes: remotes, assertsFormats: false)
            print("conformance", folder, file, result.passed, result.total, separator: "\t")
            total.passed += result.passed
            total.total += result.total
            total.failures += result.failures
        }
        for failure in total.failures { print("failed:", failure) }
        #expect(total.passed == total.total)
    }
}
