public import JSONTape
import Locks

/// The health of a ``Producer``: its state, the health of its transport, and its counters.
public struct ProducerHealth: Hashable, Codable, Sendable {
    /// The stages of a producer's life.
    public enum State: String, Hashable, Codable, Sendable, CaseIterable {
        case created, starting, running, stopped
    }

    /// Healthy only where the producer runs and its transport is healthy. Degraded where messages still get through, but
    /// the transport reports a degraded health or the background queue is full. Otherwise unhealthy.
    public var status: TransportHealth.Status
    /// The stage of the producer's life.
    public var state: State
    /// The health of the transport.
    public var transport: TransportHealth
    /// The counters of the producer.
    public var statistics: ProducerStatistics
    /// The time of this check.
    public var timestamp: Timestamp

    /// Creates a state of health; ``Producer/health()`` returns the current one.
    public init(
        status: TransportHealth.Status, state: State, transport: TransportHealth, statistics: ProducerStatistics,
        timestamp: Timestamp
    ) {
        self.status = status
        self.state = state
        self.transport = transport
        self.statistics = statistics
        self.timestamp = timestamp
    }

    /// Returns the same JSON that any encoder makes of it, written directly: for a health endpoint.
    public func json() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("status")
        writer.write(status.rawValue)
        writer.key("state")
        writer.write(state.rawValue)
        writer.key("transport")
        writer.beginObject()
        writer.key("status")
        writer.write(transport.status.rawValue)
        writer.key("details")
        writer.beginObject()
        for (name, value) in transport.details.sorted(by: { $0.key < $1.key }) {
            writer.key(name: name)
            writer.write(value)
        }
        writer.endObject()
        writer.endObject()
        writer.key("statistics")
        statistics.write(to: &writer)
        writer.key("timestamp")
        writer.write(timestamp)
        writer.endObject()
        // Its one fractional number, a duration in seconds, is finite: nothing here can fail.
        return (try? writer.finish()) ?? []
    }
}
