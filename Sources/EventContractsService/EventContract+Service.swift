public import EventContracts
import EventContractsConfiguration
public import EventContractsEndpoints
public import Logging

extension EventContract {
    /// Creates a service with all its parts: configuration, transport, producer, metrics and endpoints.
    ///
    /// ```swift
    /// let shop = try await Shop.service(context: MessageContext(service: "shop-backend")) { configuration in
    ///     JSONLinesTransport(.standardOutput)
    /// }
    ///
    /// let router = Router(options: .autoGenerateHeadEndpoints)
    /// for path in ServiceEndpoints.paths {
    ///     router.get(RouterPath(path)) { request, _ in
    ///         Response(await shop.endpoints.response(to: path, accept: request.headers[.accept]))
    ///     }
    /// }
    /// let application = Application(router: router, services: [shop])
    /// try await application.runService()
    /// ```
    ///
    /// A `ServiceGroup` starts it. Messages that other services of the group send before wait until the transport has
    /// started.
    ///
    /// Every part can be replaced:
    ///
    /// - Parameters:
    ///   - context: The service's name, the clock of messages and the source of ids.
    ///   - configuration: The settings; `nil` reads the environment and `.env`.
    ///   - producer: Retries, timeouts and limits; `nil` takes those of the configuration.
    ///   - cipher: Encrypts the values of a contract with `encryption`.
    ///   - metrics: The contract's metrics, perhaps with a mirror.
    ///   - families: Further metrics of the service.
    ///   - checks: Checks of further parts of the service.
    ///   - logger: Receives failures, start and shutdown, and warnings about the environment.
    ///   - schemaMarks: Finds the ids by which records name their schemas, for a contract whose manifest asks for them:
    ///     `{ try await SchemaRegistryClient($0.schemaRegistry).marks(for: [Shop.self], topicNames: $0.topicNames) }`.
    ///   - makeTransport: Creates the transport from the settings.
    /// - Throws: `ConfigurationError` with all problems of the environment, `RegistrationError` where two families have a
    ///   name in common, and what `makeTransport` and `schemaMarks` throw.
    public static func service(
        context: MessageContext, configuration: KafkaConfiguration? = nil,
        producer: ProducerConfiguration? = nil, cipher: (any ValueCipher)? = nil,
        metrics: Metrics = Metrics(mirror: nil),
        families: [any MetricFamily] = [], checks: [HealthCheck] = [],
        logger: Logger = Logger(label: "event-contracts"),
        schemaMarks: ((KafkaConfiguration) async throws -> SchemaMarks)? = nil,
        transport makeTransport: (KafkaConfiguration) async throws -> any Transport
    ) async throws -> EventService<Self> {
        let configuration =
            try configuration ?? KafkaConfiguration(service: context.service, topics: topics, logger: logger)
        let marks = try await schemaMarks?(configuration)
        let transport = try await makeTransport(configuration)
        let producer = Producer(
            transport: transport, contracts: [Self.self],
            configuration: producer ?? ProducerConfiguration(configuration.producer), context: context,
            topicNames: configuration.topicNames, cipher: cipher, metrics: [metrics],
            schemaMarks: marks, logger: logger)
        let endpoints = try ServiceEndpoints(
            families: metrics.families + families, checks: [.producer(producer)] + checks)
        return EventService(
            configuration: configuration, transport: transport, producer: producer, metrics: metrics,
            endpoints: endpoints)
    }
}
