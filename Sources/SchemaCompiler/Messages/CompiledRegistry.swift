package import ContractModel
import JSONTape
import JSONSchema

/// The schemas of a contract as a schema registry has them.
package struct CompiledRegistry: Sendable {
    package var declaration: RegistryDeclaration
    package var schemas: [Schema]

    /// The schema of one message.
    package struct Schema: Sendable {
        /// The message's name in the contract.
        package var message: Located<String>
        /// The type's name in Swift.
        package var typeName: String
        package var topic: TopicDeclaration
        /// The name for subjects: the schema's `title`, or else the message's name.
        package var recordName: String
        /// The schema of what is sent, with all that it refers to, as one line of JSON. Encrypted values are strings.
        package var text: String
        package var compatibility: CompatibilityDeclaration
    }
}

extension CompiledRegistry {
    /// - Returns: `nil` where the manifest has no `registry`.
    static func compile(_ contract: CompiledContract, diagnostics: inout Diagnostics) -> CompiledRegistry? {
        guard let declaration = contract.contract.registry else { return nil }
        var schemas: [Schema] = []
        let bundles = contract.wireSchemas(diagnostics: &diagnostics)
        for (message, bundle) in zip(contract.messages, bundles) {
            guard let bundle, let text = bundle.text else { continue }
            schemas.append(
                Schema(
                    message: message.declaration.name, typeName: message.typeName,
                    topic: message.topic.declaration, recordName: bundle.title ?? message.name,
                    text: text,
                    compatibility: message.declaration.compatibility))
        }
        let registry = CompiledRegistry(declaration: declaration, schemas: schemas)
        registry.checkSubjects(diagnostics: &diagnostics)
        return registry
    }

    /// Reports different schemas in one subject, of which a registry would take each for the next version of the other, and
    /// different levels for one subject, which has one.
    private func checkSubjects(diagnostics: inout Diagnostics) {
        var seen: [String: Schema] = [:]
        for schema in schemas {
            let subject = declaration.subject(topic: schema.topic.name, record: schema.recordName)
            guard let other = seen[subject] else {
                seen[subject] = schema
                continue
            }
            guard other.text != schema.text else {
                checkLevel(of: schema, and: other, in: subject, diagnostics: &diagnostics)
                continue
            }
            diagnostics.error(
                .registrySubject, at: schema.message.location,
                "'\(schema.message.value)' and '\(other.message.value)' have different schemas and one subject, '\(subject)'",
                hint: declaration.naming.value == .topicName
                    ? "set 'subjects' of 'registry' to record_name or topic_record_name"
                    : "give their schemas different titles")
        }
    }

    private func checkLevel(
        of schema: Schema, and other: Schema, in subject: String, diagnostics: inout Diagnostics
    ) {
        let (level, first) = (schema.compatibility.level, other.compatibility.level)
        guard level != first else { return }
        diagnostics.error(
            .registrySubject, at: schema.message.location,
            "'\(schema.message.value)' has the level \(level.rawValue) and '\(other.message.value)' \(first.rawValue), and both "
                + "have one subject, '\(subject)'",
            hint:
                "give both messages the same level, or set 'subjects' of 'registry' to topic_record_name and different titles"
        )
    }
}
