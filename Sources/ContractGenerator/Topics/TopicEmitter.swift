import ContractModel
import SchemaCompiler

/// Writes a topic's value.
struct TopicEmitter {
    /// `public `, or another level with a space after it; empty for `internal`.
    let access: String

    func emit(_ topic: CompiledTopic, prefix: String) -> String {
        let declaration = topic.declaration
        var writer = SourceWriter(depth: 2)
        writer.documentation([
            "`\(declaration.name)`" + (declaration.purpose.map { ": \($0)." } ?? ".")
        ])
        writer.line("\(access)static let \(SwiftName.escaped(topic.name)) = Topic(")
        writer.indented { writer in
            writer.line("key: \(SwiftLiteral.string(declaration.key.value)),")
            writer.line("prefix: \(SwiftLiteral.string(prefix)),")
            writer.constant("purpose: ", declaration.purpose ?? "", tail: ",")
            writer.line("partitions: \(declaration.partitions.value),")
            writer.line("replication: \(declaration.replication.value),")
            emit(declaration.config.map { (SwiftLiteral.string($0.key), SwiftLiteral.string($0.value)) }, to: &writer)
            writer.line("producers: \(list(declaration.producers)),")
            writer.line("consumers: \(list(declaration.consumers))")
        }
        writer.line(")")
        return writer.text
    }

    private func emit(_ config: [(key: String, value: String)], to writer: inout SourceWriter) {
        let entries = config.map { "\($0.key): \($0.value)" }
        let single = "config: [\(entries.isEmpty ? ":" : entries.joined(separator: ", "))],"
        guard entries.count > 1 || !writer.fits(single) else {
            writer.line(single)
            return
        }
        writer.line("config: [")
        writer.indented { writer in entries.forEach { writer.line($0 + ",") } }
        writer.line("],")
    }

    private func list(_ services: [Located<String>]) -> String {
        "[" + services.map { SwiftLiteral.string($0.value) }.joined(separator: ", ") + "]"
    }
}
