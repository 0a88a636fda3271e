import Patterns
import SchemaPlan

extension SchemaPattern {
    /// Compiles a regular expression; `nil` where it is not valid or not supported.
    init?(_ source: String) {
        guard let compiled = try? CompiledPattern.compile(source) else { return nil }
        self.init(compiled.form)
    }
}
