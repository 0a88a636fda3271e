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
    /// `STEM.events.swift`: making and sending messages.
    case events
    /// `contract.topics.swift`: every topic.
    case topics
    /// `contract.metrics.swift`: what is measured.
    case metrics
    /// `contract.swift`: the contract as a whole.
    case contract

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
        case .events: "STEM.events.swift: making and sending messages"
        case .topics: "contract.topics.swift: every topic"
        case .metrics: "contract.metrics.swift: what is measured"
        case .contract: "contract.swift: the contract as a whole"
        }
    }

    /// The names that the skeleton may use.
    package var knownNames: Set<String> {
        let own: Set<String> =
            switch self {
            case .header: []
            case .types: ["hasMessages", "messages", "name", "structure", "usesRuntime"]
            case .coding: ["hasMessages", "messages", "name", "coding"]
            case .validation: ["hasMessages", "messages", "name", "validation"]
            case .events:
                [
                    "hasMessages", "messages", "name", "topic", "isValidByConstruction", "declaresMessageType",
                    "messageType", "recordKey", "recordHeaders", "events", "event", "factory", "send", "last",
                ]
            case .topics: ["topics", "name", "declaration", "last"]
            case .metrics:
                [
                    "hasMetrics", "contract", "members", "families", "hasLabels", "labels", "declaration", "hooks",
                    "last",
                ]
            case .contract:
                ["contract", "version", "documentation", "service", "topicList", "messageList", "lookup"]
            }
        return own.union(["sources"])
    }
}
