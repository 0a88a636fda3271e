/// The skeletons that generated files are made from, one for each kind of file.
package enum TemplateName: String, CaseIterable, Sendable {
    /// The first line of every file; the others include it.
    case header
    /// `STEM.schema.swift`: the types of a schema, and a message's events with their factories.
    case schema
    /// `STEM.coding.swift`: their codecs, a message's records and its validator.
    case coding
    /// `contract.validation.swift`: the parts of validators that messages share.
    case validation
    /// `contract.topics.swift`: every topic.
    case topics
    /// `contract.metrics.swift`: what is measured.
    case metrics
    /// `contract.swift`: the contract as a whole.
    case contract

    /// The skeletons of which each schema has a file.
    static let ofSchemas: [TemplateName] = [.schema, .coding]

    /// The file that overrides the skeleton: `schema.swift.mustache`.
    package var fileName: String {
        self == .header ? "header.mustache" : "\(rawValue).swift.mustache"
    }

    /// The skeleton as it comes with the tool.
    package var source: String { embedded }

    /// The purpose of the skeleton in one line.
    package var summary: String {
        switch self {
        case .header: "the first line of every file"
        case .schema: "STEM.schema.swift: the types of a schema, and a message's events with their factories"
        case .coding: "STEM.coding.swift: their codecs, a message's records and its validator"
        case .validation: "contract.validation.swift: the parts of validators that messages share"
        case .topics: "contract.topics.swift: every topic"
        case .metrics: "contract.metrics.swift: the metric families"
        case .contract: "contract.swift: the contract as a whole"
        }
    }

    /// The names that every skeleton may use. `access` is a modifier with a space after it, or empty for `internal`;
    /// `importAccess` is the level's name.
    private static let everywhere: Set = ["sources", "contract", "access", "importAccess"]

    /// The names that the skeleton may use: its own, and of each section that repeats, those known inside.
    package var scope: TemplateScope {
        switch self {
        case .header: TemplateScope(Self.everywhere)
        case .schema:
            TemplateScope(
                Self.everywhere.union([
                    "hasMessages", "hasTypes", "usesFoundation", "usesRuntime", "schemaRuntimeAccess", "hasSharedTypes",
                    "sharedTypes",
                ]),
                [
                    "messages": TemplateScope(
                        ["name", "structure", "hasTombstone", "tombstone"],
                        ["events": TemplateScope(["event", "factory", "last"])]),
                    "wideInitializers": TemplateScope(["initializer"]),
                ])
        case .coding:
            TemplateScope(
                Self.everywhere.union([
                    "hasMessages", "hasTypes", "usesFoundation", "runtimeAccess", "hasSharedTypes", "sharedCoding",
                ]),
                [
                    "messages": TemplateScope([
                        "name", "messageName", "discriminator", "hasIdentification", "identification", "topic",
                        "isValidByConstruction", "hasProtection", "protection", "declaresMessageType", "messageType",
                        "hasMessageTypeBody", "messageTypeBody",
                        "recordKey", "hasHeaders",
                        "recordHeaders",
                        "hasEnvelope", "envelope", "hasStampedHeaders", "stampedHeaders", "coding", "validation",
                    ])
                ])
        case .validation: TemplateScope(Self.everywhere.union(["validators", "checks"]))
        case .topics: TemplateScope(Self.everywhere, ["topics": TemplateScope(["name", "declaration", "last"])])
        case .metrics:
            TemplateScope(
                Self.everywhere.union([
                    "hasMetrics", "members", "hasFamilies", "hasLabels", "hooks", "hasObservers", "observers",
                ]),
                [
                    "families": TemplateScope(["declaration", "last"]),
                    "labels": TemplateScope(["declaration", "last"]),
                ])
        case .contract:
            TemplateScope(
                Self.everywhere.union([
                    "version", "documentation", "service", "topicList", "messageList", "receivedMessage", "hasRegistry",
                    "registrySchemas",
                ]))
        }
    }
}
