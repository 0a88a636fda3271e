import ContractModel
import SchemaCompiler

/// An emitter of a contract's lists, and of the type of its messages as they are read.
struct ContractEmitter {
    /// `public `, or another level with a space after it; empty for `internal`.
    let access: String

    func emitTopics(_ topics: [CompiledTopic]) -> String {
        emitList("\(access)static let topics: [Topic]", topics.map { "Topics." + SwiftName.escaped($0.name) })
    }

    func emitMessages(_ messages: [CompiledMessage]) -> String {
        emitList("\(access)static let messages: [any Message.Type]", messages.map { $0.typeName + ".self" })
    }

    /// Returns the schemas as a registry has them.
    func emitRegistry(_ registry: CompiledRegistry) -> String {
        var writer = SourceWriter(depth: 1)
        let naming =
            switch registry.declaration.naming.value {
            case .topicName: "topicName"
            case .recordName: "recordName"
            case .topicRecordName: "topicRecordName"
            }
        writer.line("\(access)static let registrySchemas: ContractSchemas? = ContractSchemas(")
        writer.indented { writer in
            writer.line("naming: .\(naming), wire: .\(registry.declaration.wire.rawValue),")
            writer.line("schemas: [")
            writer.indented { writer in
                for schema in registry.schemas { Self.emit(schema, into: &writer) }
            }
            writer.line("])")
        }
        return writer.text
    }

    private static func emit(_ schema: CompiledRegistry.Schema, into writer: inout SourceWriter) {
        writer.line("ContractSchemas.Schema(")
        writer.indented { writer in
            writer.line("\(schema.typeName).self, recordName: \(SwiftLiteral.string(schema.recordName)),")
            writer.rawConstant("text: ", schema.text, tail: "),")
        }
    }

    /// Returns a list in one line where it fits, else an element a line.
    private func emitList(_ head: String, _ elements: [String]) -> String {
        var writer = SourceWriter(depth: 1)
        let single = "\(head) = [\(elements.joined(separator: ", "))]"
        guard !writer.fits(single) else {
            writer.line(single)
            return writer.text
        }
        writer.array("\(head) = ", elements)
        return writer.text
    }

    /// Returns the type of the contract's messages as they are read.
    func emitReceivedMessage(_ messages: [CompiledMessage]) -> String {
        var writer = SourceWriter(depth: 1)
        writer.documentation(["A message of the contract, or an event that it does not have, as it is read."])
        writer.block("\(access)enum ReceivedMessage: ReadableMessage") { writer in
            for message in messages {
                writer.line("case \(SwiftName.escaped(message.caseName))(\(message.typeName))")
            }
            writer.documentation(["A message of a newer contract, or of another one."])
            writer.line("case unknownEvent(UnknownEvent)")
            writer.line()
            let head =
                "\(access)init(position: Int, tape: borrowing JSONTape, node: JSONTape.Index) throws(MessageError)"
            writer.block(head) { writer in
                writer.line("switch position {")
                for (position, message) in messages.enumerated() {
                    writer.line(position == messages.count - 1 ? "default:" : "case \(position):")
                    writer.indented { writer in
                        writer.line(
                            "self = .\(SwiftName.escaped(message.caseName))"
                                + "(try \(message.typeName)(validating: tape, at: node))")
                    }
                }
                writer.line("}")
            }
        }
        return writer.text
    }
}
