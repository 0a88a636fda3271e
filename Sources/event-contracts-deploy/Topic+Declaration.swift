import ContractModel
import EventContracts

extension Topic {
    /// Creates the topic of a declaration, as generated code has it.
    init(_ declaration: TopicDeclaration, prefix: String) {
        self.init(
            key: declaration.key.value, prefix: prefix, purpose: declaration.purpose ?? "",
            partitions: declaration.partitions.value, replication: declaration.replication.value,
            config: Dictionary(declaration.config.map { ($0.key, $0.value) }) { first, _ in first },
            producers: declaration.producers.map(\.value), consumers: declaration.consumers.map(\.value))
    }
}
