import Foundation
import MessageCoding
import JSONTape
import Testing

/// The official JSON Schema test suite's optional tests of formats, of every draft.
///
/// The suite is not part of the project: `JSON_SCHEMA_TEST_SUITE` is the path of its folder, with `tests` in it.
@Suite("formats by the official suite", .enabled(if: OfficialSuite.folder != nil, "JSON_SCHEMA_TEST_SUITE is not set"))
struct OfficialSuiteTests {
    @Test(arguments: OfficialSuite.files)
    func agrees(_ file: URL) throws {
        var ran = 0
        for group in try JSONDecoder().decode([OfficialSuite.Group].self, from: Data(contentsOf: file)) {
            guard let name = group.schema.format, let format = StringFormat(rawValue: name) else { continue }
            for test in group.tests {
                ran += 1
                // Values of other types have every format.
                guard case .string(let text) = test.data else {
                    #expect(test.valid)
                    continue
                }
                let found = format.matches(text)
                #expect(found == test.valid, "\(name): \(test.description): \(text.debugDescription)")
            }
        }
        #expect(ran > 0 || file.lastPathComponent == "unknown.json")
    }
}

enum OfficialSuite {
    struct Group: Decodable {
        struct Schema: Decodable {
            var format: String?
        }
        struct Test: Decodable {
            var description: String
            var data: JSONValue
            var valid: Bool
        }
        var schema: Schema
        var tests: [Test]
    }

    static let folder = ProcessInfo.processInfo.environment["JSON_SCHEMA_TEST_SUITE"].map {
        URL(filePath: $0, directoryHint: .isDirectory)
    }

    /// Draft 3 has formats of its own, which no later draft has.
    static let files: [URL] = {
        guard let tests = folder?.appending(path: "tests") else { return [] }
        let drafts = ["draft4", "draft6", "draft7", "draft2019-09", "draft2020-12", "v1"]
        return drafts.flatMap { draft in
            ["optional/format", "format"].flatMap { place in
                let place = tests.appending(path: draft).appending(path: place)
                let files = try? FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil)
                return (files ?? []).filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
            }
        }
    }()
}
