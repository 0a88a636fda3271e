import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// Validates values that the contract itself states against their schemas.
struct StatedValueChecker {
    private let model: SchemaModel

    init(_ model: SchemaModel) {
        self.model = model
    }

    /// Whether a value is valid by a schema. A value that JSON can't write is not.
    func isValid(_ value: SourceNode, by schema: SchemaModel.NodeID) -> Bool {
        var writer = JSONWriter()
        writer.write(value.jsonValue)
        var tape = JSONTape()
        guard (try? tape.parse(writer)) != nil else { return false }
        var interpreter = SchemaInterpreter(Plan(model, roots: [schema]))
        return interpreter.isValid(tape)
    }
}
