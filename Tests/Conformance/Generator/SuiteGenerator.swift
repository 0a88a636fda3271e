import ContractGenerator
import ContractModel
import Foundation
import JSONSchema
import SchemaPlan

/// Writes an enum for each group of a draft's tests, and a list of them.
struct SuiteGenerator {
    let folder: String
    let draft: String

    private static let drafts: [String: SchemaDraft] = [
        "draft4": .draft4, "draft6": .draft6, "draft7": .draft7, "draft2019-09": .draft2019,
        "draft2020-12": .draft2020,
    ]

    func generate(into output: String) throws {
        guard let dialect = Self.drafts[draft] else { throw UnknownDraft(name: draft) }
        let remotes = try remotes()
        let prefix = draft.filter { $0.isLetter || $0.isNumber }.capitalized
        var source = "import JSONTape\nimport MessageCoding\n"
        var entries: [String] = []
        let root = folder + "/tests/" + draft
        let files = try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".json") }.sorted()
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: root + "/" + file)))
            var diagnostics = Diagnostics()
            guard case .sequence(let groups)? = JSONReader.read(bytes, file: file, diagnostics: &diagnostics)?.content
            else { continue }
            for (index, group) in groups.enumerated() {
                guard let schema = group["schema"] else { continue }
                let plan = plan(schema, file: file, dialect, remotes, assertsFormats: file.contains("format/"))
                let name = "\(prefix)_\(entries.count)"
                source += "\n" + StandaloneValidator.emit(plan, named: name) + "\n"
                entries.append(
                    "    Group(draft: \"\(draft)\", file: \"\(file)\", index: \(index), isValid: \(name).isValid, "
                        + "program: \(name).program),\n")
            }
        }
        source += "\nlet groupsOf\(prefix): [Group] = [\n" + entries.joined() + "]\n"
        try source.write(toFile: output, atomically: true, encoding: .utf8)
    }

    private func plan(
        _ schema: SourceNode, file: String, _ draft: SchemaDraft, _ remotes: [String: SchemaDocument],
        assertsFormats: Bool
    ) -> Plan {
        var diagnostics = Diagnostics()
        let document = SchemaDocument(file: file, uri: "contract:///\(file)", root: schema)
        let options = SchemaSet.Options(defaultDraft: draft, library: { remotes[$0] })
        let set = SchemaSet([document], options: options, diagnostics: &diagnostics)
        let model = SchemaModel(
            set, options: SchemaModel.Options(assertsFormats: assertsFormats), diagnostics: &diagnostics)
        return Plan(model.simplified(), roots: [model.roots[file]].compactMap(\.self))
    }

    /// The remote documents, by the addresses at which the tests expect them.
    private func remotes() throws -> [String: SchemaDocument] {
        var documents: [String: SchemaDocument] = [:]
        let root = folder + "/remotes"
        for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path.hasSuffix(".json") {
            var diagnostics = Diagnostics()
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: root + "/" + path)))
            guard let node = JSONReader.read(bytes, file: path, diagnostics: &diagnostics) else { continue }
            let uri = "http://localhost:1234/" + path
            documents[uri] = SchemaDocument(file: path, uri: uri, root: node)
        }
        return documents
    }
}

struct UnknownDraft: Error {
    var name: String
}

/// Writes the validator of one schema.
enum SchemaGenerator {
    static func generate(file: String, named name: String, into output: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
        var diagnostics = Diagnostics()
        guard let root = JSONReader.read(bytes, file: file, diagnostics: &diagnostics) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        let document = SchemaDocument(file: file, uri: "contract:///\(name)", root: root)
        let set = SchemaSet([document], options: SchemaSet.Options(), diagnostics: &diagnostics)
        // Formats are annotations, as the validators that benchmarks compare with have them.
        let model = SchemaModel(
            set, options: SchemaModel.Options(assertsFormats: false), diagnostics: &diagnostics)
        for diagnostic in diagnostics.sorted where diagnostic.severity == .error { print(diagnostic.message) }
        let plan = Plan(model.simplified(), roots: [model.roots[file]].compactMap(\.self))
        let source = "import JSONTape\nimport MessageCoding\n\n" + StandaloneValidator.emit(plan, named: name) + "\n"
        try source.write(toFile: output, atomically: true, encoding: .utf8)
    }
}
