package import JSONTape

/// A contract: a manifest and the schemas it names, read and checked as one value.
///
/// What can be said of the manifest alone has been checked when this value exists. What takes the meaning of a schema
/// (does a pointer exist, is a value allowed) is `SchemaCompiler`'s to check.
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
    /// The dialects of files that name a meta-schema which is not known, by its URI.
    package var dialects: [String: SchemaDraft]
    /// Whether `format` is checked, or only noted.
    package var assertsFormats: Bool
    /// The formats whose strings become a Swift type of their own, such as `UUID`.
    package var typedFormats: Set<StringFormat>
    /// What each topic's name starts with, until the environment says otherwise.
    package var topicPrefix: String
    package var services: [ServiceDeclaration]
    package var topics: [TopicDeclaration]
    package var messages: [MessageDeclaration]
    /// What is measured; `nil` where nothing is.
    package var metrics: MetricsDeclaration?
    /// What wakes people up; `nil` where nothing does.
    package var alerts: AlertsDeclaration?
    /// How sensitive values are encrypted; `nil` where the manifest does not state it.
    package var encryption: EncryptionDeclaration?
    /// The schema files beside the manifest: those that messages name, and those that none does.
    package var schemas: [SchemaFile]
    /// The manifest as it was read, for places within its scalars.
    package var manifestText: SourceLines
    /// Which sections hold all that the manifest means to declare.
    package var known: KnownSections

    package init(
        manifestPath: String, name: Located<String>, version: Located<String>, summary: String?,
        service: Located<String>, access: AccessLevel, dialect: Located<SchemaDraft>,
        dialects: [String: SchemaDraft], assertsFormats: Bool,
        typedFormats: Set<StringFormat>, topicPrefix: String, services: [ServiceDeclaration],
        topics: [TopicDeclaration], messages: [MessageDeclaration],
        metrics: MetricsDeclaration?, alerts: AlertsDeclaration?, schemas: [SchemaFile], manifestText: SourceLines,
        known: KnownSections
    ) {
        self.manifestPath = manifestPath
        self.name = name
        self.version = version
        self.summary = summary
        self.service = service
        self.access = access
        self.dialect = dialect
        self.dialects = dialects
        self.assertsFormats = assertsFormats
        self.typedFormats = typedFormats
        self.topicPrefix = topicPrefix
        self.services = services
        self.topics = topics
        self.messages = messages
        self.metrics = metrics
        self.alerts = alerts
        self.schemas = schemas
        self.manifestText = manifestText
        self.known = known
    }
}

/// Which sections of a manifest could be read whole. What refers to a name in another can't be blamed that it is not there.
package struct KnownSections: Sendable {
    package var topics: Bool
    package var messages: Bool
    package var families: Bool

    package init(topics: Bool, messages: Bool, families: Bool) {
        self.topics = topics
        self.messages = messages
        self.families = families
    }
}

/// A program that produces to topics or consumes from them.
package struct ServiceDeclaration: Sendable {
    package var name: Located<String>
    package var summary: String?

    package init(name: Located<String>, summary: String?) {
        self.name = name
        self.summary = summary
    }
}

/// A Kafka topic, its defaults filled in.
package struct TopicDeclaration: Sendable {
    /// The manifest's key, without the prefix: `jobs`.
    package var key: Located<String>
    /// The name on the broker when the environment says nothing else: `tda_jobs`.
    package var name: String
    /// The name in Swift, where the manifest sets it.
    package var swiftName: Located<String>?
    package var purpose: String?
    package var partitions: Located<Int>
    package var replication: Located<Int>
    /// Every config entry the topic is created with, `retention` and the like translated to Kafka's keys, by key.
    package var config: [ConfigEntry]
    package var producers: [Located<String>]
    package var consumers: [Located<String>]
    /// The maximum time between two messages; `nil` if the topic may be silent.
    package var expectedWithin: Located<Duration>?

    package struct ConfigEntry: Hashable, Sendable {
        package var key: String
        package var value: String

        package init(key: String, value: String) {
            self.key = key
            self.value = value
        }
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

/// A message: a schema, where its records go, and what its events mean.
package struct MessageDeclaration: Sendable {
    package var name: Located<String>
    /// The type's name in Swift, where the manifest sets another than the message's.
    package var swiftName: Located<String>?
    package var summary: String?
    /// The schema's file, as in ``SchemaFile/name``, or a part of it: `events.json#/$defs/OrderPlaced`.
    package var schema: Located<String>
    /// The file of ``schema``.
    package var schemaFile: String { SchemaFile.name(of: schema.value) }
    /// A key of ``Contract/topics``.
    package var topic: Located<String>
    /// Where the record's key is found; `nil` where records have no key.
    package var recordKey: Located<JSONPointer>?
    package var headers: [HeaderDeclaration]
    /// The property whose values are the message's events; `nil` where the message has one event. It is the empty pointer
    /// where the manifest's could not be read, which has been reported.
    package var discriminator: Located<JSONPointer>?
    /// How readers tell the message from others; `nil` where the manifest leaves it to the discriminator or the topic.
    package var identification: IdentificationDeclaration?
    /// What fills a property when a program makes a message, by the property's pointer.
    package var envelope: [EnvelopeRule]
    /// How the message is a CloudEvent; `nil` where it is none.
    package var cloudEvents: Located<CloudEventsMode>?
    /// Enums that accept, when read, values that the schema does not name yet: properties by their pointer, other schemas by
    /// `#` and the pointer in the file.
    package var openEnums: [Located<String>]
    /// Whether members that the schema does not name are kept.
    package var keepsUnknownMembers: Bool
    /// Swift names by what they are for: a pointer to a property or an enum's value, or `#` and a pointer to a schema.
    package var swiftNames: [(pointer: Located<String>, name: Located<String>)]
    /// Properties that the manifest declares sensitive, besides those that the schema does.
    package var sensitive: [SensitiveDeclaration] = []
    /// The versions that a change of the message must not break.
    package var compatibility: CompatibilityDeclaration
    /// Empty where the manifest describes none: then all values of the discriminator are events.
    package var events: [EventDeclaration]

    package init(
        name: Located<String>, swiftName: Located<String>?, summary: String?, schema: Located<String>,
        topic: Located<String>,
        recordKey: Located<JSONPointer>?, headers: [HeaderDeclaration], discriminator: Located<JSONPointer>?,
        identification: IdentificationDeclaration?, envelope: [EnvelopeRule],
        cloudEvents: Located<CloudEventsMode>? = nil, openEnums: [Located<String>],
        keepsUnknownMembers: Bool,
        swiftNames: [(pointer: Located<String>, name: Located<String>)],
        compatibility: CompatibilityDeclaration = CompatibilityDeclaration(), events: [EventDeclaration]
    ) {
        self.name = name
        self.swiftName = swiftName
        self.summary = summary
        self.schema = schema
        self.topic = topic
        self.recordKey = recordKey
        self.headers = headers
        self.discriminator = discriminator
        self.identification = identification
        self.envelope = envelope
        self.cloudEvents = cloudEvents
        self.openEnums = openEnums
        self.keepsUnknownMembers = keepsUnknownMembers
        self.swiftNames = swiftNames
        self.compatibility = compatibility
        self.events = events
    }
}

/// How readers tell a message from the others of its contract.
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

/// A record header: its name, and the pattern its value is made from.
package struct HeaderDeclaration: Sendable {
    package var name: Located<String>
    package var value: Located<String>

    package init(name: Located<String>, value: Located<String>) {
        self.name = name
        self.value = value
    }
}

/// How one property of a new message is filled.
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

        package init(property: Located<JSONPointer>, value: SourceNode) {
            self.property = property
            self.value = value
        }
    }

    package var name: Located<String>
    /// The factory's name, where the manifest sets it.
    package var swiftName: Located<String>?
    package var summary: String?
    package var fixed: [FixedValue]
    package var required: [Located<JSONPointer>]
    /// Properties that the event must not have.
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

/// A schema file, parsed but not yet understood.
package struct SchemaFile: Sendable {
    /// The path from the manifest's folder: `job.schema.json`, `../shared/address.json`.
    package var name: String
    package var root: SourceNode
    /// Whether the file comes from one of the manifest's `folders`, of which a contract may use a part.
    package var isFromLibrary: Bool

    package init(name: String, root: SourceNode, isFromLibrary: Bool = false) {
        self.name = name
        self.root = root
        self.isFromLibrary = isFromLibrary
    }

    /// The endings of the names of schemas, longer ones first.
    package static let endings = [".schema.json", ".schema.yaml", ".schema.yml", ".json", ".yaml", ".yml"]
    /// Those of files that are schemas wherever they are; others are schemas if something names them.
    package static let ownEndings = Array(endings.prefix(3))

    /// The file that a reference to a schema names: `events.json` of `events.json#/$defs/OrderPlaced`.
    package static func name(of reference: String) -> String {
        String(reference.prefix { $0 != "#" })
    }

    /// The beginning of the names of generated files: `old-job` of `old/job.schema.json`.
    package var stem: String { Self.stem(of: name) }

    package static func stem(of name: String) -> String {
        let ending = endings.first { name.hasSuffix($0) } ?? ""
        return name.dropLast(ending.count).split(separator: "/").filter { $0 != ".." }.joined(separator: "-")
    }
}
