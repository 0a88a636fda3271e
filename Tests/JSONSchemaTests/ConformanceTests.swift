import Foundation
import JSONSchema
import SchemaPlan
import Testing

/// The official test suite through the interpreter. `scripts/conformance` downloads the suite and prints the results.
@Suite(
    .enabled(if: TestSuite() != nil, "JSON_SCHEMA_TEST_SUITE names no folder: scripts/conformance downloads the suite"))
struct ConformanceTests {
    /// The files whose tests do not all pass, with the number that fails: the lines of
    /// Tests/Fixtures/Conformance/interpreter.txt, which also state the reason.
    static func exceptions() throws -> [String: Int] {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/Conformance/interpreter.txt").standardizedFileURL
        var exceptions: [String: Int] = [:]
        for line in try String(contentsOf: path, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t")
            exceptions[String(fields[0])] = Int(fields[1])
        }
        return exceptions
    }

    @Test(arguments: TestSuite.drafts.map(\.folder))
    func passesAllButTheExceptions(folder: String) throws {
        let suite = try #require(TestSuite())
        let draft = try #require(TestSuite.drafts.first { $0.folder == folder }).draft
        let remotes = try suite.remotes()
        let exceptions = try Self.exceptions()
        for file in try suite.files(of: folder) {
            let path = "\(folder)/\(file)"
            let result = try suite.run(
                path, draft: draft, remotes: remotes, assertsFormats: file.hasPrefix("optional/format/"))
            print("conformance", folder, file, result.passed, result.total, separator: "\t")
            for failure in result.failures { print("failed:", failure) }
            #expect(result.total > 0, "\(path)")
            #expect(result.total - result.passed == exceptions[path] ?? 0, "\(path)")
        }
    }
}
