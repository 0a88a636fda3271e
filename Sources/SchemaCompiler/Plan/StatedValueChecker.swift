package import ContractModel
package import JSONSchema
import JSONTape
import SchemaPlan

/// A checker that validates values that the contract itself states against their schemas.
package struct StatedValueChecker {
    private let model: SchemaModel

    package init(_ model: SchemaModel) {
        self.model = model
    }

    /// Returns whether a value is valid by a schema. A value that JSON can't write is not.
    package func isValid(_ value: SourceNode, by schema: SchemaModel.NodeID) -> Bool {
        var writer = JSONWriter()
        value.write(to: &writer)
        var tape = JSONTape()
        guard (try? tape.parse(writer)) != nil else { return false }
        var interpreter = SchemaInterpreter(Plan(model, roots: [schema]))
        return interpreter.isValid(tape)
    }
}

extension SourceNode {
    /// Writes the node as JSON. A whole number with a fraction, such as `1.0`, keeps one: draft 4 distinguishes them.
    fileprivate func write(to writer: inout JSONWriter) {
        switch content {
        case .null: writer.write(literal: "null")
        case .bool(let value): writer.write(value)
        case .string(let value): writer.write(value)
        case .number(let value):
            writer.write(value)
            if hasFraction, value.int64Value != nil { writer.write(literal: ".0") }
        case .sequence(let nodes):
            writer.beginArray()
            for node in nodes {
                writer.element()
                node.write(to: &writer)
            }
            writer.endArray()
        case .mapping(let entries):
            writer.beginObject()
            for entry in entries {
                writer.key(name: entry.key.value)
                entry.value.write(to: &writer)
            }
            writer.endObject()
        }
    }
}
