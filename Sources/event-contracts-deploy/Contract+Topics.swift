import ContractModel
import EventContracts

extension Contract {
    /// The contract's topics, with its prefix.
    var prefixedTopics: [Topic] { topics.map { Topic($0, prefix: topicPrefix) } }
}
