/// The health of a transport.
public struct TransportHealth: Hashable, Codable, Sendable {
    /// The possible states.
    public enum Status: String, Hashable, Codable, Sendable, CaseIterable {
        case healthy, degraded, unhealthy
    }

    /// The state as a whole.
    public var status: Status
    /// Details by name, without secrets.
    public var details: [String: String]

    /// Creates a state with its details.
    public init(_ status: Status, details: [String: String] = [:]) {
        self.status = status
        self.details = details
    }
}
