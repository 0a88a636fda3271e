import ContractModel
import Foundation
import JSONSchema
import SchemaPlan
import JSONTape

/// The official test suite of JSON Schema, in a folder that an environment variable names.
struct TestSuite {
    /// The drafts by the names of their folders.
    static let drafts: [(folder: String, draft: SchemaDraft)] = [
        ("draft4", .draft4), ("draft6", .draft6), ("draft7", .draft7), ("draft2019-09", .draft2019),
        ("draft2020-12", .draft2020),
    ]

    let folder: String

    static let environmentVariable = "JSON_SCHEMA_TEST_SUITE"

    /// `nil` where the environment names no folder.
    init?() {
        guard let folder = ProcessInfo.processInfo.environment[Self.environmentVariable] else { return nil }
        self.folder = folder
    }

    /// The paths of a draft's files, from the draft's folder.
    func files(of draft: String) throws -> [String] {
        let root = folder + "/tests/" + draft
        return try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".json") }.sorted()
    }

    /// The remote documents, by the addresses at which the tests expect them.
    func remotes() throws -> [String: SchemaDocument] {
        var documents: [String: SchemaDocument] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder + "/remotes")
        where path.hasSuffix(".json") {
            var diagnostics = Diagnostics()
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder + "/remotes/" + path)))
            let uri = "http://localhost:1234/" + path
            guard let root = JSONReader.read(bytes, file: path, diagnostics: &diagnostics) else { continue }
            documents[uri] = SchemaDocument(file: path, uri: uri, root: root)
        }
        return documents
    }

    func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: folder + "/tests/" + path)))
    }
}

/// The result of a file's tests.
struct FileResult {
    var passed = 0
    var total = 0
    var failures: [String] = []
}

extension TestSuite {
    /// Runs all tests of a file through the interpreter.
    func run(
        _ path: String, draft: SchemaDraft, remotes: [String: SchemaDocument], assertsFormats: Bool,
        simplifies: Bool = true
    ) throws -> FileResult {
        var result = FileResult()
        let bytes = try bytes(path)
        var diagnostics = Diagnostics()
        guard case .sequence(let groups)? = JSONReader.read(bytes, file: path, diagnostics: &diagnostics)?.content
        else {
            result.failures.append("\(path): not a list of groups")
            return result
        }
        let tape = try JSONTape(parsing: bytes)
        var group = tape.first(in: .root)
        for source in groups {
            defer { group = tape.end(of: group) }
            guard let schema = source["schema"], let tests = tape.member("tests", of: group) else { continue }
            var diagnostics = Diagnostics()
            let document = SchemaDocument(file: path, uri: "contract:///\(path)", root: schema)
            let options = SchemaSet.Options(defaultDraft: draft, library: { remotes[$0] })
            let set = SchemaSet([document], options: options, diagnostics: &diagnostics)
            let model = SchemaModel(
                set, options: SchemaModel.Options(assertsFormats: assertsFormats), diagnostics: &diagnostics)
            let name = "\(path): \(tape.string(at: tape.member("description", of: group) ?? group))"
            var interpreter = SchemaInterpreter(
                Plan(simplifies ? model.simplified() : model, roots: [model.roots[path]].compactMap(\.self)))
            let errors = diagnostics.sorted.filter { $0.severity == .error }.map(\.message)
            var test = tape.first(in: tests)
            while test != tape.end(of: tests) {
                defer { test = tape.end(of: test) }
                guard let data = tape.member("data", of: test), let valid = tape.member("valid", of: test) else {
                    continue
                }
                result.total += 1
                let expected = tape.kind(at: valid) == .true
                let isValid = interpreter.isValid(tape, at: data)
                let failures = interpreter.failures(tape, at: data)
                if isValid == expected, failures.isEmpty == isValid, errors.isEmpty {
                    result.passed += 1
                } else {
                    let title = tape.string(at: tape.member("description", of: test) ?? test)
                    result.failures.append(
                        "\(name): \(title): \(errors.isEmpty ? "found \(isValid)" : errors.joined(separator: "; "))")
                }
            }
        }
        return result
    }
}
