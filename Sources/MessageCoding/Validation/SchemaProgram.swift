import SchemaPlan
public import JSONTape

/// A schema's instructions as a generated validator has them: for the failures of an invalid value, and for the parts of
/// a schema that are too large to be code.
public final class SchemaProgram: Sendable {
    private let tables: InterpreterTables

    /// Reads the instructions that the generator has written.
    ///
    /// - Parameter patterns: The functions that answer whether a string matches each of the schema's patterns.
    public init(
        packed text: StaticString, patterns: [@Sendable (borrowing JSONTape, JSONTape.Index) -> Bool] = []
    ) {
        tables = InterpreterTables(Plan(packed: text, patterns: patterns))
    }

    /// Adds all violations of a schema by a value to a report, and returns whether its limit has not been reached.
    public func explain(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, root: Int = 0, _ report: inout AllFailures
    ) -> Bool {
        var interpreter = SchemaInterpreter(tables, allowsUnknownValues: report.allowsUnknownValues)
        return interpreter.explain(tape, at: node, root: root, &report)
    }

    /// Returns whether a value is valid by a part of the schema.
    ///
    /// - Parameter part: The number of the part, as the generator counts them.
    public func isValid(
        _ tape: borrowing JSONTape, at node: JSONTape.Index, part: Int, allowsUnknownValues: Bool = false
    ) -> Bool {
        var interpreter = SchemaInterpreter(tables, allowsUnknownValues: allowsUnknownValues)
        return interpreter.isValid(tape, at: node, subplan: Plan.SubplanID(part))
    }
}
