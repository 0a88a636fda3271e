import SchemaPlan
import ContractModel
import JSONSchema
import JSONTape

/// Schemas of a test, from texts to an interpreter.
struct SchemaFixture {
    var model: SchemaModel
    var diagnostics: [Diagnostic]
    /// The first file.
    let root: SchemaModel.NodeID

    /// - Parameter files: The texts of schema files by their names; the first is the one that values are validated by.
    init(_ files: KeyValuePairs<String, String>, draft: SchemaDraft = .draft2020) {
        var diagnostics = Diagnostics()
        let documents = files.compactMap { file, text in
            JSONReader.read(Array(text.utf8), file: file, diagnostics: &diagnostics)
                .map { SchemaDocument(file: file, root: $0) }
        }
        let set = SchemaSet(documents, options: SchemaSet.Options(defaultDraft: draft), diagnostics: &diagnostics)
        model = SchemaModel(set, diagnostics: &diagnostics)
        self.diagnostics = diagnostics.sorted
        root = model.roots[files[0].key] ?? SchemaModel.NodeID(0)
    }

    init(_ text: String, draft: SchemaDraft = .draft2020) {
        self.init(["s.json": text], draft: draft)
    }

    var messages: [String] { diagnostics.map { "\($0.severity.rawValue): \($0.message)" } }

    /// The failures of a value; the passes must not change the verdict.
    func failures(_ value: String) throws -> [SchemaFailure] {
        let tape = try JSONTape(parsing: Array(value.utf8))
        var raw = SchemaInterpreter(Plan(model, roots: [root]))
        var simplified = SchemaInterpreter(Plan(model.simplified(), roots: [root]))
        let failures = simplified.failures(tape)
        guard raw.isValid(tape) == failures.isEmpty else { throw Disagreement() }
        return failures
    }

    struct Disagreement: Error {}

    func isValid(_ value: String) throws -> Bool { try failures(value).isEmpty }
}
