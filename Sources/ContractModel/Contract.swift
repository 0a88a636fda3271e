package import JSONTape

/// A contract: a manifest and the schemas it names, read and checked as one value.
///
/// The manifest alone has been checked when this value exists. `SchemaCompiler` checks references to schemas: whether a pointer
/// exists, whether a value is allowed.
package struct Contract: Sendable {
    /// The manifest's path, as the user wrote it.
    package var manifestPath: String
    /// The manifest's file name.
    package var manifestName: String { PathName.split(manifestPath).name }
    /// The contract's name, which is the generated namespace: `TDA`.
    package var name: Located<String>
    package var version: Located<String>
    package var summary: String?
    /// The service that the contract belongs to.
    package var service: Located<String>
    /// The access level of the generated declarations.
    package var access: AccessLevel
    package var dialect: Located<SchemaDraft>
    /// The dialects of files with an unknown meta-schema, by its URI.
    package var dialects: [String: SchemaDraft]
    /// Whether `format` is an assertion, not only an annotation.
    package var assertsFormats: Bool
    /// The formats whose strings become a Swift type of their own, such as `UUID`.
    package var typedFormats: Set<StringFormat>
    /// The prefix of the names of topics, which the environment may override.
    package var topicPrefix: String
    package var services: [ServiceDeclaration]
    /// The owner and the lifecycle of the contract, which services inherit.
    package var ownership = Ownership()
    package var topics: [TopicDeclaration]
    package var messages: [MessageDeclaration]
    /// The use of a schema registry; `nil` where there is none.
    package var registry: RegistryDeclaration?
    /// The versions before this one, which `lint` compares it with, the oldest first.
    package var baseline: [Located<String>]
    /// The breaks of these versions that are intended.
    package var acceptedChanges: [AcceptedChange]
    /// `nil` if the contract has no metrics.
    package var metrics: MetricsDeclaration?
    /// `nil` if the contract has no alerts.
    package var alerts: AlertsDeclaration?
    /// The encryption of sensitive values; `nil` if the manifest does not state it.
    package var encryption: EncryptionDeclaration?
    /// Whether warnings are errors.
    package var isStrict = false
    /// All schema files of the contract, used or not.
    package var schemas: [SchemaFile]
    /// The text of the manifest, for places within its scalars.
    package var manifestText: SourceLines
    /// The sections without reported errors.
    package var complete: CompleteSections
}

/// The sections of a manifest without reported errors. In the other sections, names may be missing: references to them are not
/// reported.
package struct CompleteSections: Sendable {
    package var topics: Bool
    package var messages: Bool
    package var families: Bool
}

/// A program that produces to topics or consumes from them.
package struct ServiceDeclaration: Sendable {
    package var name: Located<String>
    package var summary: String?
    /// The owner and the lifecycle, which are the contract's if the manifest states none.
    package var ownership = Ownership()
}

/// A Kafka topic, with its defaults.
package struct TopicDeclaration: Sendable {
    /// The manifest's key, without the prefix: `jobs`.
    package var key: Located<String>
    /// The name on the broker, unless the environment overrides it: `tda_jobs`.
    package var name: String
    /// The name in Swift, if the manifest sets it.
    package var swiftName: Located<String>?
    package var purpose: String?
    package var partitions: Located<Int>
    package var replication: Located<Int>
    /// All config entries of the topic, sorted by Kafka's keys, including those of `retention` and the like.
    package var config: [ConfigEntry]
    package var producers: [Located<String>]
    package var consumers: [Located<String>]
    /// The maximum time between two messages; `nil` if the topic may be silent.
    package var expectedWithin: Located<Duration>?

    package struct ConfigEntry: Hashable, Sendable {
        package var key: String
        package var value: String
        /// The place of the value: that of the topic's defaults where the topic does not state it.
        package var location: SourceLocation
    }

    package init(
        key: Located<String>, name: String, swiftName: Located<String>?, purpose: String?, partitions: Located<Int>,
        replication: Located<Int>, config: [ConfigEntry], producers: [Located<String>], consumers: [Located<String>],
        expectedWithin: Located<Duration>?
    ) {
        self.key = key
        self.name = name
        self.swiftName = swiftName
        self.purpose = purpose
        self.partitions = partitions
        self.replication = replication
        self.config = config
        self.producers = producers
        self.consumers = consumers
        self.expectedWithin = expectedWithin
    }
}

/// A message: a schema, a topic, and events.
package struct MessageDeclaration: Sendable {
    package var name: Located<String>
    /// The name of the Swift type, if it differs from that of the message.
    package var swiftName: Located<String>?
    package var summary: String?
    /// The schema's file, as in ``SchemaFile/name``, or a part of it: `events.json#/$defs/OrderPlaced`.
    package var schema: Located<String>
    /// The file of ``schema``.
    package var schemaFile: String { SchemaFile.name(of: schema.value) }
    /// A key of ``Contract/topics``.
    package var topic: Located<String>
    /// The property with the record's key; `nil` if records have no key.
    package var recordKey: Located<JSONPointer>?
    package var headers: [HeaderDeclaration]
    /// The property whose values are the message's events; `nil` if the message has one event. It is the empty pointer if an
    /// error of the manifest's pointer has been reported.
    package var discriminator: Located<JSONPointer>?
    /// The form in which readers identify the message; `nil` is by the discriminator or the topic.
    package var identification: IdentificationDeclaration?
    /// The values with which the producer fills properties.
    package var envelope: [EnvelopeRule]
    /// The content mode of a CloudEvent; `nil` for other messages.
    package var cloudEvents: Located<CloudEventsMode>?
    /// Enums that accept values that the schema does not name yet: pointers of properties, or `#` and the pointer of another
    /// schema in the file.
    package var openEnums: [Located<String>]
    /// Whether members that the schema does not name are kept.
    package var keepsUnknownMembers: Bool
    /// Swift names by pointers to a property or a value of an enum, or by `#` and a pointer to a schema.
    package var swiftNames: [(pointer: Located<String>, name: Located<String>)]
    /// Properties that the manifest declares sensitive, besides those that the schema does.
    package var sensitive: [SensitiveDeclaration] = []
    /// The versions that a change of the message must not break.
    package var compatibility = CompatibilityDeclaration()
    /// Empty if the manifest declares none: then all values of the discriminator are events.
    package var events: [EventDeclaration]
    /// Whether ``events`` has all of the manifest's: an event without a name, for example, has been reported and is not there.
    package var hasCompleteEvents = true
}

/// The form in which readers identify a message among the others of its contract.
package enum IdentificationDeclaration: Sendable {
    /// By the value of a property.
    case property(Located<JSONPointer>)
    /// By the value of a record header, by the header's name.
    case header(Located<String>)
    /// By the topic alone.
    case topic(SourceLocation)

    package var location: SourceLocation {
        switch self {
        case .property(let pointer): pointer.location
        case .header(let name): name.location
        case .topic(let location): location
        }
    }
}

/// The content modes of CloudEvents.
package enum CloudEventsMode: String, CaseIterable, Sendable {
    /// The value is the event: the attributes and `data`.
    case structured
    /// The value is the event's data, and headers are the attributes.
    case binary
}

/// A record header: its name, and the pattern of its value.
package struct HeaderDeclaration: Sendable {
    package var name: Located<String>
    package var value: Located<String>
}

/// The value with which the producer fills a property.
package struct EnvelopeRule: Sendable {
    package var property: Located<JSONPointer>
    package var value: Located<String>

    package init(property: Located<JSONPointer>, value: Located<String>) {
        self.property = property
        self.value = value
    }
}

/// One value of a message's discriminator, or the only event of a message without one, and its rules for the rest of the
/// message.
package struct EventDeclaration: Sendable {
    package struct FixedValue: Sendable {
        package var property: Located<JSONPointer>
        package var value: SourceNode
    }

    package var name: Located<String>
    /// The name of the factory, if the manifest sets it.
    package var swiftName: Located<String>?
    package var summary: String?
    package var fixed: [FixedValue]
    package var required: [Located<JSONPointer>]
    /// The properties that the event must not have.
    package var forbidden: [Located<JSONPointer>]

    package init(
        name: Located<String>, swiftName: Located<String>? = nil, summary: String? = nil, fixed: [FixedValue] = [],
        required: [Located<JSONPointer>] = [], forbidden: [Located<JSONPointer>] = []
    ) {
        self.name = name
        self.swiftName = swiftName
        self.summary = summary
        self.fixed = fixed
        self.required = required
        self.forbidden = forbidden
    }
}

/// A parsed schema file.
package struct SchemaFile: Sendable {
    /// The path from the manifest's folder: `job.schema.json`, `../shared/address.json`.
    package var name: String
    package var root: SourceNode
    /// Whether the file comes from one of the manifest's `folders`, of which a contract may use a part.
    package var isFromLibrary = false

    /// The endings of the names of schemas, longer ones first.
    package static let endings = [".schema.json", ".schema.yaml", ".schema.yml", ".json", ".yaml", ".yml"]
    /// The endings of files that are always schemas. Other files are schemas if a message or a schema refers to them.
    package static let ownEndings = Array(endings.prefix(3))

    /// Returns the file that a reference to a schema names: `events.json` of `events.json#/$defs/OrderPlaced`.
    package static func name(of reference: String) -> String {
        String(reference.prefix { $0 != "#" })
    }

    /// The prefix of the names of generated files: `old-job` of `old/job.schema.json`.
    package var stem: String { Self.stem(of: name) }

    package static func stem(of name: String) -> String {
        let ending = endings.first { name.hasSuffix($0) } ?? ""
        let stem = name.dropLast(ending.count).split(separator: "/").filter { $0 != ".." }.joined(separator: "-")
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: stem.unicodeScalars.lazy.map { isUnsafe($0) ? "_" : $0 })
        return String(scalars)
    }

    /// Returns whether SwiftPM can't build a file with this character in its name: it writes names into JSON as they are.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\"" || scalar == "\\" || scalar.properties.generalCategory == .control
    }
}
