package import ContractModel
package import JSONSchema
package import JSONTape
package import SchemaPlan

/// A contract whose schemas are understood: everything that a generator writes down, and nothing left to check.
package struct CompiledContract: Sendable {
    package var contract: Contract
    package var topics: [CompiledTopic]
    package var messages: [CompiledMessage]
    /// The instructions of all messages' schemas: the roots are those of the messages, in the same order.
    package var plan: Plan
    /// The meaning of all schemas, from which the plan is made, and by which properties refer to their own.
    package var model: SchemaModel
    /// The types that messages share, each with the name of its file.
    package var sharedTypes: [SharedType]
    /// The schemas as a registry has them; `nil` where the contract uses none.
    package var registry: CompiledRegistry?
    /// Notes on schemas of which the types say less than they do.
    package var notes: [Located<String>]
    /// Whether these are all messages of the manifest, each with all its events. Otherwise no message or event is reported as
    /// missing.
    package var hasCompleteMessages: Bool
}

/// A type of the contract itself.
package struct SharedType: Sendable {
    /// The name of the schema's file.
    package var file: String
    package var type: TypeDeclaration
}

/// A topic with its Swift name.
package struct CompiledTopic: Sendable {
    package var declaration: TopicDeclaration
    /// The name in the contract's `Topics`: `jobs`.
    package var name: String

    package init(declaration: TopicDeclaration, name: String) {
        self.declaration = declaration
        self.name = name
    }

    /// Whether Kafka keeps only the last record of each key, so that a record without a value ends its key.
    package var isCompacted: Bool {
        declaration.config.contains { $0.key == "cleanup.policy" && $0.value.split(separator: ",").contains("compact") }
    }

    /// Creates a placeholder for a topic that the contract does not declare.
    init(unknown key: Located<String>) {
        let one = Located(1, at: key.location)
        self.init(
            declaration: TopicDeclaration(
                key: key, name: key.value, swiftName: nil, purpose: nil, partitions: one, replication: one, config: [],
                producers: [],
                consumers: [], expectedWithin: nil),
            name: SwiftName.member(key.value))
    }
}

/// A message, its schema as types, and the rules of its events.
package final class CompiledMessage: Sendable {
    package let declaration: MessageDeclaration
    /// The access level of the message's generated declarations.
    package let access: AccessLevel
    package let topic: CompiledTopic
    /// The message's own type.
    package let type: TypeDeclaration
    /// Finds the message's properties.
    package let resolver: PropertyResolver
    /// The schema that the message is validated by.
    package let root: Plan.Root
    /// The parts of the schema that values of the Swift type may break.
    package let guarantees: TypeGuarantees
    package let rules: EventRules
    /// The property whose value is the event; `nil` where the message has one event, and where a union has the property.
    package let discriminator: PropertyPath?
    /// The cases of the union that has the discriminator; `nil` where no union has it.
    package let variants: MessageVariants?
    package let identification: Identification
    package let recordKey: PropertyPath?
    package let headers: [CompiledHeader]
    package let envelope: [CompiledEnvelopeRule]
    package let events: [CompiledEvent]
    /// The message's sensitive values; `nil` where it has none.
    package let protection: CompiledProtection?

    init(
        declaration: MessageDeclaration, access: AccessLevel, topic: CompiledTopic, type: TypeDeclaration,
        resolver: PropertyResolver, root: Plan.Root, guarantees: TypeGuarantees, rules: EventRules,
        discriminator: PropertyPath?, variants: MessageVariants?, identification: Identification,
        recordKey: PropertyPath?, headers: [CompiledHeader], envelope: [CompiledEnvelopeRule],
        events: [CompiledEvent], protection: CompiledProtection?
    ) {
        self.declaration = declaration
        self.access = access
        self.topic = topic
        self.type = type
        self.resolver = resolver
        self.root = root
        self.guarantees = guarantees
        self.rules = rules
        self.discriminator = discriminator
        self.variants = variants
        self.identification = identification
        self.recordKey = recordKey
        self.headers = headers
        self.envelope = envelope
        self.events = events
        self.protection = protection
    }

    /// The message's `struct`; without properties where the message is of another kind.
    package var structure: StructType {
        if case .structure(let structure) = type { structure } else { StructType(path: type.path) }
    }

    /// The contract's name for the message.
    package var name: String { declaration.name.value }
    /// The name of the Swift type.
    package var typeName: String { (declaration.swiftName ?? declaration.name).value }
    /// The name of the message's case where the contract's messages are read.
    package var caseName: String { SwiftName.member(typeName) }
}

extension CompiledMessage {
    /// The form in which readers identify the message among the others of its contract.
    package enum Identification: Hashable, Sendable {
        /// By a property that has one of these strings.
        case property(JSONPointer, values: [String])
        /// By a record header that has one of these values.
        case header(String, values: [String])
        /// By the topic alone: it is whatever no other message of the topic is.
        case topic
    }
}

/// A pointer into a message, followed through its generated types.
package struct PropertyPath: Sendable {
    package var pointer: JSONPointer
    /// The properties from the message's root to the value.
    package var properties: [StructProperty]
    /// Whether the path leads through a union: then the value can be read, whatever the case, but not set.
    package var isInUnion = false

    package var type: SwiftType { properties.last?.type ?? .object }
    /// Whether a property on the way, or the value itself, may be absent or null.
    package var isOptional: Bool { properties.contains(where: \.mayBeMissing) }
    /// `payload.jobID`, with `?` where a property on the way may be absent or null.
    package var expression: String {
        var expression = ""
        for (index, property) in properties.enumerated() {
            expression += (index > 0 ? "." : "") + SwiftName.escaped(property.storedName)
            if case .nullable = property.type { expression += ".value" }
            if property.mayBeMissing, index < properties.count - 1 {
                // An optional property whose value may be null is an optional of an optional only with a default.
                expression += "?"
            }
        }
        return expression
    }
}

package struct CompiledHeader: Sendable {
    package var name: String
    package var pattern: MessagePattern
}

package struct CompiledEnvelopeRule: Sendable {
    package var property: PropertyPath
    package var pattern: MessagePattern
}

/// An event, with its names in Swift and what it fixes and requires.
package struct CompiledEvent: Sendable {
    package struct Fixed: Sendable {
        package var property: PropertyPath
        package var value: LiteralValue
    }

    package var declaration: EventDeclaration
    /// The case of the message's `MessageType`: `jobCompleted`.
    package var caseName: String
    /// The case of the discriminator's own enum, which is another type where a union has the discriminator.
    package var valueName: String
    /// The factory's name: `completed` where all events of the message start alike, else as the case; `draft` for the only
    /// event of a message without a discriminator.
    package var factoryName: String
    package var fixed: [Fixed]
    package var required: [PropertyPath]
    package var forbidden: [PropertyPath]
}
