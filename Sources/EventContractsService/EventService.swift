public import EventContracts
public import EventContractsEndpoints
public import ServiceLifecycle

/// A service that sends the messages of a contract, with all its parts:
///
/// ```swift
/// let shop = try await Shop.service(context: MessageContext(service: "shop-backend")) { configuration in InMemoryTransport() }
/// let group = ServiceGroup(services: [shop, api], gracefulShutdownSignals: [.sigterm], logger: logger)
/// try await group.run()
/// ```
public struct EventService<Contract: EventContract>: Service {
    /// The settings: by default those of the environment and a `.env` file.
    public let configuration: KafkaConfiguration
    /// The destination of the records.
    public let transport: any Transport
    /// Sends the messages.
    public let producer: Producer
    /// The contract's metrics.
    public let metrics: Contract.Metrics
    /// The answers to `/metrics`, `/health/live` and `/health/ready`.
    public let endpoints: ServiceEndpoints

    /// Runs the producer: starts it, waits for graceful shutdown, and shuts it down.
    public func run() async throws {
        try await producer.run()
    }
}
