import JSONTape
import SchemaCompiler

/// The properties that an event, or its message's envelope, settles, by their pointers.
struct SettledProperties {
    let fixed: [JSONPointer: LiteralValue]
    let required: Set<JSONPointer>
    let forbidden: Set<JSONPointer>
    /// The properties that the envelope fills.
    let filled: Set<JSONPointer>
    /// The objects with a property that the event fixes, requires or forbids, or that the envelope fills, or with the
    /// discriminator or the marker of encryption.
    let objects: Set<JSONPointer>

    init(_ message: CompiledMessage, _ event: CompiledEvent) {
        fixed = Dictionary(
            event.fixed.map { ($0.property.pointer, $0.value) }, uniquingKeysWith: { first, _ in first })
        required = Set(event.required.map(\.pointer))
        forbidden = Set(event.forbidden.map(\.pointer))
        filled = Set(message.envelope.map(\.property.pointer))
        let settled = Set(fixed.keys).union(required).union(forbidden).union(filled)
        let ofMessage = [message.discriminator?.pointer, message.protection?.marker].compactMap(\.self)
        objects = settled.union(ofMessage).reduce(into: []) { $0.formUnion($1.ancestors) }
    }
}
