/// The manifest's `registry`: how schemas are named in a schema registry, and how records name their schema.
package struct RegistryDeclaration: Sendable {
    /// As in the registry's own clients.
    package enum Naming: String, CaseIterable, Sendable {
        /// `<topic>-value`.
        case topicName = "topic_name"
        /// The record's name.
        case recordName = "record_name"
        /// `<topic>-<record's name>`.
        case topicRecordName = "topic_record_name"
    }

    /// The form in which a record names its schema.
    package enum Wire: String, CaseIterable, Sendable {
        case none
        /// The value begins with a zero byte and the schema's id.
        case prefix
        /// A header has the schema's id, and the value is unchanged.
        case header
    }

    /// The registry whose answers to changed schemas are forecast.
    package enum Profile: String, CaseIterable, Sendable {
        /// Confluent Schema Registry with the policy STRICT, its default.
        case confluentStrict = "confluent-strict"
        /// Confluent Schema Registry with the policy LENIENT.
        case confluentLenient = "confluent-lenient"
        case karapace
        case apicurio
    }

    package var naming: Located<Naming>
    package var wire: Wire
    package var profile: Profile?
}

extension RegistryDeclaration {
    /// Reads `registry`; `nil` where the manifest has none, or it can't be read.
    static func read(_ manifest: ManifestMapping, diagnostics: inout Diagnostics) -> Self? {
        guard let node = manifest["registry"],
            let mapping = ManifestMapping(
                node, "'registry'", keys: ["subjects", "wire", "profile"], diagnostics: &diagnostics)
        else { return nil }
        let naming = mapping.choice("subjects", Naming.allCases.map(\.rawValue), diagnostics: &diagnostics)
        let wire = mapping.choice("wire", Wire.allCases.map(\.rawValue), diagnostics: &diagnostics)
        let profile = mapping.choice("profile", Profile.allCases.map(\.rawValue), diagnostics: &diagnostics)
        return RegistryDeclaration(
            naming: Located(
                naming.flatMap { Naming(rawValue: $0.value) } ?? .topicName, at: naming?.location ?? node.location),
            wire: wire.flatMap { Wire(rawValue: $0.value) } ?? .none,
            profile: profile.flatMap { Profile(rawValue: $0.value) })
    }
}
