import ContractModel
import JSONTape
import SchemaCompiler

/// Writes a contract's lists, and how the message that some bytes are is told by its event.
struct ContractEmitter {
    /// `public `, or another level with a space after it; empty for `internal`.
    let access: String

    func emitTopics(_ topics: [CompiledTopic]) -> String {
        emitList("\(access)static let topics: [Topic]", topics.map { "Topics." + SwiftName.escaped($0.name) })
    }

    func emitMessages(_ messages: [CompiledMessage]) -> String {
        emitList("\(access)static let messages: [any Message.Type]", messages.map { $0.name + ".self" })
    }

    /// A list in one line where it fits, else an element a line.
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

    func emitLookup(_ messages: [CompiledMessage]) -> String {
        var writer = SourceWriter(depth: 1)
        writer.block("\(access)static func message(on tape: borrowing JSONTape) -> (any Message.Type)?") { writer in
            for (pointer, group) in byDiscriminator(messages) {
                let place = pointer.tokens.reduce("JSONTape.Index.root") { outer, token in
                    "tape.member(named: \(SwiftLiteral.string(token)), of: \(outer))"
                }
                writer.line("if let event = \(place),")
                writer.indented { $0.line("tape.kind(at: event) == .string") }
                writer.line("{")
                writer.indented { writer in
                    writer.line("switch tape.string(at: event) {")
                    for message in group {
                        let events = message.events.map { SwiftLiteral.string($0.declaration.name.value) }
                        let single = "case \(events.joined(separator: ", ")):"
                        if writer.fits(single) {
                            writer.line(single)
                        } else {
                            writer.line("case \(events[0]),")
                            writer.indented { writer in
                                for (index, event) in events.dropFirst().enumerated() {
                                    writer.line(event + (index < events.count - 2 ? "," : ":"))
                                }
                            }
                        }
                        writer.indented { $0.line("return \(message.name).self") }
                    }
                    writer.line("default:")
                    writer.indented { $0.line("break") }
                    writer.line("}")
                }
                writer.line("}")
            }
            writer.line("return nil")
        }
        return writer.text
    }

    /// The messages by the pointer of their discriminator, in the order in which those first occur.
    private func byDiscriminator(_ messages: [CompiledMessage]) -> [(JSONPointer, [CompiledMessage])] {
        var groups: [(JSONPointer, [CompiledMessage])] = []
        for message in messages {
            let pointer = message.discriminator.pointer
            if let index = groups.firstIndex(where: { $0.0 == pointer }) {
                groups[index].1.append(message)
            } else {
                groups.append((pointer, [message]))
            }
        }
        return groups
    }
}
