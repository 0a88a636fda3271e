/// A destination for records with one `async` function: the simplest form of a transport.
///
/// ```swift
/// struct WebhookSender: RecordSender {
///     let client: WebhookClient
///
///     func send(_ record: Record) async throws(TransportError) -> Delivery {
///         do { try await client.post(record.value) } catch { throw TransportError(.unavailable, "\(error)") }
///         return Delivery(topic: record.topic, partition: 0, offset: 0, timestamp: .now())
///     }
/// }
///
/// let producer = Producer(
///     transport: SenderTransport(WebhookSender(client: client)), contracts: [Shop.self],
///     context: MessageContext(service: "shop-backend"))
/// ```
public protocol RecordSender: Sendable {
    /// Sends a record, and returns when it is delivered.
    ///
    /// Several records are sent at once, but never two with equal keys or an equal explicit partition. An error that is
    /// ``TransportError/isRetriable`` is retried by the producer.
    func send(_ record: Record) async throws(TransportError) -> Delivery

    /// Prepares the sender. The default does nothing.
    func start() async throws(TransportError)

    /// Returns the current health. The default is healthy.
    func health() async -> TransportHealth

    /// Releases all resources. The default does nothing.
    func shutdown() async
}

extension RecordSender {
    public func start() async throws(TransportError) {}
    public func health() async -> TransportHealth { TransportHealth(.healthy) }
    public func shutdown() async {}
}
