import ContractModel
package import SchemaCompiler

/// The services, topics and messages of a contract, and who sends and receives.
package struct Topology: Sendable {
    package struct Topic: Sendable {
        package var key: String
        package var name: String
        package var messages: [String]
        package var producers: [String]
        package var consumers: [String]
    }

    package var topics: [Topic]
    /// Whether each message is a node of its own; otherwise topics are shown without their messages.
    package var showsMessages: Bool

    private static let mostMessages = 60
    private static let mostNodes = 24

    /// Whether a layer has more nodes than one column shows well.
    package var isLarge: Bool { max(topics.count, producers.count, consumers.count) > Self.mostNodes }

    package init(_ contract: CompiledContract) {
        let messages = Dictionary(grouping: contract.messages, by: \.topic.declaration.key.value)
        topics = contract.topics.map { topic in
            let declaration = topic.declaration
            return Topic(
                key: declaration.key.value, name: declaration.name,
                messages: (messages[declaration.key.value] ?? []).map(\.name),
                producers: declaration.producers.map(\.value), consumers: declaration.consumers.map(\.value))
        }
        showsMessages = Self.showsMessages(of: topics)
    }

    private static func showsMessages(of topics: [Topic]) -> Bool {
        topics.count <= mostNodes && topics.reduce(0) { $0 + $1.messages.count } <= mostMessages
    }

    init(topics: [Topic], showsMessages: Bool) {
        self.topics = topics
        self.showsMessages = showsMessages
    }

    /// Returns the part around some topics.
    func limited(to keys: Set<String>) -> Topology {
        let part = topics.filter { keys.contains($0.key) }
        return Topology(topics: part, showsMessages: Self.showsMessages(of: part))
    }

    /// The services that send, in the order of the topics.
    var producers: [String] { Self.distinct(topics.flatMap(\.producers)) }
    var consumers: [String] { Self.distinct(topics.flatMap(\.consumers)) }

    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
