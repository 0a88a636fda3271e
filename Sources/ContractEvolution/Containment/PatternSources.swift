import JSONSchema
import Patterns

/// The patterns of a model, compiled.
struct PatternSources {
    private(set) var compiled: [String: CompiledPattern] = [:]
    /// A pattern that could not be compiled.
    private(set) var failed: String?

    init(_ model: SchemaModel) {
        for source in model.nodes.flatMap(\.assertions).flatMap(\.kind.patternSources) where compiled[source] == nil {
            if let pattern = try? CompiledPattern.compile(source) {
                compiled[source] = pattern
            } else {
                failed = source
            }
        }
    }
}
