import ContractModel
import Foundation
import JSONSchema
import JSONTape
import SchemaPlan

// Validates documents for `scripts/test-differential`. Reads JSON lines, each a schema and a list of documents:
//
//     {"schema": {"$schema": "…", "type": "string"}, "documents": ["a", 1]}
//
// and answers each by a line: a 1 or a 0 for each document, or the errors of the schema.

while let line = readLine() {
    do {
        print(try verdicts(on: line))
    } catch {
        print("error: \(error)")
    }
}

/// The verdicts on a line's documents, or a description of the failure.
func verdicts(on line: String) throws -> String {
    let bytes = Array(line.utf8)
    var diagnostics = Diagnostics()
    guard let schema = JSONReader.read(bytes, file: "schema.json", diagnostics: &diagnostics)?["schema"] else {
        return "error: the line has no schema"
    }
    let set = SchemaSet([SchemaDocument(file: "schema.json", root: schema)], diagnostics: &diagnostics)
    let model = SchemaModel(set, diagnostics: &diagnostics)
    let errors = diagnostics.sorted.filter { $0.severity == .error }
    guard errors.isEmpty, let root = model.roots["schema.json"] else {
        return "error: " + errors.map(\.message).joined(separator: "; ")
    }
    // The passes must not change a verdict.
    var raw = SchemaInterpreter(Plan(model, roots: [root]))
    var simplified = SchemaInterpreter(Plan(model.simplified(), roots: [root]))
    let tape = try JSONTape(parsing: bytes)
    guard let documents = tape.member("documents", of: .root) else { return "error: the line has no documents" }
    var verdicts = ""
    var document = tape.first(in: documents)
    while document != tape.end(of: documents) {
        defer { document = tape.end(of: document) }
        let isValid = raw.isValid(tape, at: document)
        guard simplified.isValid(tape, at: document) == isValid else {
            return "error: the passes change the verdict on document \(verdicts.count)"
        }
        guard simplified.failures(tape, at: document).isEmpty == isValid else {
            return "error: the failures contradict the verdict on document \(verdicts.count)"
        }
        verdicts += isValid ? "1" : "0"
    }
    return verdicts
}
