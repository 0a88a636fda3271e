import ContractModel
import Foundation
import JSONSchema
import JSONTape
import SchemaPlan
import Testing

/// The verdicts on real documents by real schemas, which `scripts/test-corpora` compares with those of PyPI's jsonschema.
///
/// The environment names the list of documents, and the file that the verdicts are written to.
@Suite(
    .enabled(
        if: ProcessInfo.processInfo.environment["CORPUS_LIST"] != nil,
        "CORPUS_LIST names no list: scripts/test-corpora writes it"))
struct CorpusVerdicts {
    /// A line of the list: the folder of the schemas, the schema's file in it, and the file of the documents. Of a file of
    /// JSON lines, each line is a document.
    private struct Entry {
        var folder: String
        var schema: String
        var documents: String

        init(_ line: Substring) {
            let fields = line.split(separator: "\t").map(String.init)
            (folder, schema, documents) = (fields[0], fields[1], fields[2])
        }
    }

    @Test
    func judgesEachDocument() throws {
        let environment = ProcessInfo.processInfo.environment
        let list = try String(contentsOfFile: try #require(environment["CORPUS_LIST"]), encoding: .utf8)
        let entries = list.split(separator: "\n").map(Entry.init)
        var verdicts = ""
        for folder in Set(entries.map(\.folder)).sorted() {
            let entries = entries.filter { $0.folder == folder }
            var (interpreter, roots) = try compile(folder)
            for entry in entries {
                let root = try #require(roots[entry.schema], "\(folder)/\(entry.schema)")
                for (index, text) in try documents(entry.documents).enumerated() {
                    let isValid = interpreter.isValid(try JSONTape(parsing: text), root: root)
                    verdicts += "\(folder)\t\(entry.schema)\t\(entry.documents)\t\(index)\t\(isValid)\n"
                }
            }
        }
        try verdicts.write(toFile: try #require(environment["CORPUS_VERDICTS"]), atomically: true, encoding: .utf8)
    }

    private func compile(_ folder: String) throws -> (SchemaInterpreter, roots: [String: Int]) {
        var diagnostics = Diagnostics()
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
            .sorted()
        let documents = try files.compactMap { file in
            JSONReader.read(try bytes(folder + "/" + file), file: file, diagnostics: &diagnostics)
                .map { SchemaDocument(file: file, root: $0) }
        }
        let set = SchemaSet(
            documents, options: SchemaSet.Options(defaultDraft: .draft7), diagnostics: &diagnostics)
        let model = SchemaModel(
            set, options: SchemaModel.Options(assertsFormats: false), diagnostics: &diagnostics)
        let errors = diagnostics.sorted.filter { $0.severity == .error }
        #expect(errors == [])
        let ids = try documents.map { try #require(model.roots[$0.file]) }
        let roots = documents.enumerated().map { ($0.element.file, $0.offset) }
        return (SchemaInterpreter(Plan(model.simplified(), roots: ids)), Dictionary(uniqueKeysWithValues: roots))
    }

    private func documents(_ path: String) throws -> [[UInt8]] {
        let bytes = try bytes(path)
        guard path.hasSuffix(".jsonl") else { return [bytes] }
        return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    private func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }
}
