/// The skeletons that generated files are made from, one for each kind of file.
package enum TemplateName: String, CaseIterable, Sendable {
    /// The first line of every file; the others include it.
    case header
    /// `STEM.types.swift`: a message's types.
    case types
    /// `STEM.coding.swift`: how they code themselves.
    case coding
    /// `STEM.validation.swift`: how values are held against the schema.
    case validation
    /// `STEM.events.swift`: a message's events and their factories.
    case events
    /// `contract.topics.swift`: every topic.
    case topics
    /// `contract.metrics.swift`: what is measured.
    case metrics
    /// `contract.swift`: the contract as a whole.
    case contract

    /// The skeletons of which each schema has a file.
    static let ofSchemas: [TemplateName] = [.types, .coding, .validation, .events]

    /// The file that overrides the skeleton: `types.swift.mustache`.
    package var fileName: String {
        self == .header ? "header.mustache" : "\(rawValue).swift.mustache"
    }

    /// The skeleton as it comes with the tool.
    package var source: String { embedded }

    /// What the skeleton is for, in a line.
    package var summary: String {
        switch self {
        case .header: "the first line of every file"
        case .types: "STEM.types.swift: a message's types"
        case .coding: "STEM.coding.swift: how they code themselves"
        case .validation: "STEM.validation.swift: how values are held against the schema"
        case .events: "STEM.events.swift: a message's events and their factories"
        case .topics: "contract.topics.swift: every topic"
        case .metrics: "contract.metrics.swift: what is measured"
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
        case .types:
            TemplateScope(
                Self.everywhere.union([
                    "hasMessages", "hasTypes", "usesFoundation", "usesRuntime", "typesRuntimeAccess", "hasSharedTypes",
                    "sharedTypes",
                ]),
                ["messages": TemplateScope(["name", "structure"])])
        case .coding:
            TemplateScope(
                Self.everywhere.union([
                    "hasMessages", "hasTypes", "usesFoundation", "runtimeAccess", "hasSharedTypes", "sharedCoding",
                ]),
                ["messages": TemplateScope(["name", "coding"])])
        case .validation:
            TemplateScope(Self.everywhere.union(["hasMessages"]), ["messages": TemplateScope(["name", "validation"])])
        case .events:
            TemplateScope(
                Self.everywhere.union(["hasMessages", "usesFoundation"]),
                [
                    "messages": TemplateScope(
                        [
                            "name", "messageName", "discriminator", "hasIdentification", "identification", "topic",
                            "isValidByConstruction", "hasProtection", "protection",
                            "declaresMessageType", "messageType", "recordKey",
                            "recordHeaders", "hasEnvelope", "envelope", "hasTombstone", "tombstone",
                            "hasStampedHeaders", "stampedHeaders",
                        ], ["events": TemplateScope(["event", "factory", "last"])])
                ])
        case .topics: TemplateScope(Self.everywhere, ["topics": TemplateScope(["name", "declaration", "last"])])
        case .metrics:
            TemplateScope(
                Self.everywhere.union(["hasMetrics", "members", "hasLabels", "hooks"]),
                [
                    "families": TemplateScope(["declaration", "last"]),
                    "labels": TemplateScope(["declaration", "last"]),
                ])
        case .contract:
            TemplateScope(
                Self.everywhere.union([
                    "version", "documentation", "service", "topicList", "messageList", "receivedMessage",
                ]))
        }
    }
}
