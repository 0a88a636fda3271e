public import EventContracts

extension TopicAdmin {
    /// Returns the health of the cluster and of a contract's topics. Never throws: an unreachable cluster is unhealthy.
    ///
    /// - Parameters:
    ///   - topics: The contract's topics.
    ///   - deadline: The time for the answer.
    public func health(_ topics: [Topic], deadline: Duration = .seconds(5)) async -> ClusterHealth {
        let start = ContinuousClock.now
        do throws(KafkaError) {
            let topics = topics.map { names.name(of: $0) }
            let metadata = try await metadata(of: Set(topics), timeout: min(deadline, timeout))
            return ClusterHealth(metadata, topics: topics, answerTime: start.duration(to: .now))
        } catch {
            return ClusterHealth(
                status: .unhealthy, brokers: [:], controller: nil, clusterID: nil, topics: [], failure: error,
                answerTime: start.duration(to: .now))
        }
    }
}
