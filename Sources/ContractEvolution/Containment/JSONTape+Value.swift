import JSONSchema
import JSONTape
import SchemaPlan

extension JSONTape {
    /// The text of a value, parsed; `nil` where it nests too deep.
    init?(_ value: JSONValue) {
        var writer = JSONWriter()
        writer.write(value)
        do {
            try self.init(parsing: try writer.finish())
        } catch {
            return nil
        }
    }
}
