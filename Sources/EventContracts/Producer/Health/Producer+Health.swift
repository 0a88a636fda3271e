import Locks

extension Producer {
    /// Returns the current health of the producer and its transport. A broker transport may have to ask the cluster.
    ///
    /// The state of the connection is also recorded as a metric: call it before a scrape if messages are rare.
    public func health() async -> ProducerHealth {
        let transport = await transport.health()
        // Asked after the wait, in which the producer may have stopped.
        let state = lifecycle.withLock { lifecycle -> ProducerHealth.State in
            switch lifecycle.phase {
            case .created: .created
            case .starting: .starting
            case .running: .running
            case .stopping: .stopped
            }
        }
        // A degraded transport says nothing about its connection.
        if state == .running, transport.status != .degraded {
            outbox.connectionChanged(isUp: transport.status == .healthy)
        }
        let statistics = statistics
        let capacity = configuration.backgroundCapacity
        let isFull = capacity > 0 && statistics.backgroundQueued >= capacity
        let status: TransportHealth.Status =
            switch (state, transport.status) {
            case (.running, .healthy): isFull ? .degraded : .healthy
            case (.running, .degraded): .degraded
            case (.running, .unhealthy), (.created, _), (.starting, _), (.stopped, _): .unhealthy
            }
        return ProducerHealth(
            status: status, state: state, transport: transport, statistics: statistics, timestamp: context.now())
    }
}
