import ContractModel
import SchemaCompiler

/// An emitter of a topic's value.
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
            if declaration.config.isEmpty {
                writer.line("config: [:],")
            } else {
                let entries = declaration.config.map { entry in
                    "\(SwiftLiteral.string(entry.key)): \(SwiftLiteral.string(entry.value))"
                }
                writer.array("config: ", entries, tail: ",")
            }
            writer.line("producers: \(list(declaration.producers)),")
            writer.line("consumers: \(list(declaration.consumers))")
        }
        writer.line(")")
        return writer.text
    }

    private func list(_ services: [Located<String>]) -> String {
        "[" + services.map { SwiftLiteral.string($0.value) }.joined(separator: ", ") + "]"
    }
}
