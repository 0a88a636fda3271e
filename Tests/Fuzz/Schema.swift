import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// Reads bytes as a schema, and validates a few documents and the schema itself by it: the passes must not change a
/// verdict, and an invalid document must have a failure.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    var diagnostics = Diagnostics()
    guard let node = JSONReader.read(bytes, file: "s.json", diagnostics: &diagnostics) else { return 0 }
    let set = SchemaSet([SchemaDocument(file: "s.json", root: node)], diagnostics: &diagnostics)
    let model = SchemaModel(set, diagnostics: &diagnostics)
    guard !diagnostics.hasErrors, let root = model.roots["s.json"] else { return 0 }
    var raw = SchemaInterpreter(Plan(model, roots: [root]))
    var simplified = SchemaInterpreter(Plan(model.simplified(), roots: [root]))
    for text in documents.map({ Array($0.utf8) }) + [bytes] {
        guard let tape = try? JSONTape(parsing: text) else { continue }
        let isValid = raw.isValid(tape)
        precondition(simplified.isValid(tape) == isValid, "the passes change the verdict")
        precondition(simplified.failures(tape).isEmpty == isValid, "the failures contradict the verdict")
    }
    return 0
}

private let documents = [
    "null", "true", "0", "1.5", "\"\"", "\"abc\"", "[]", "[1,1,\"a\",null]", "{}",
    "{\"a\":1,\"b\":[{}],\"\":{\"a\":2}}",
]
