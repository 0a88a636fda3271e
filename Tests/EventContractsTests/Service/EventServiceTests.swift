import EventContracts
import EventContractsEndpoints
import EventContractsService
import EventContractsTesting
import ServiceLifecycle
import TDAContracts
import Testing

@Suite("A service in one call", .timeLimit(.minutes(20)))
struct EventServiceTests {
    private func service(
        _ configuration: KafkaConfiguration = KafkaConfiguration(service: "test"), metrics: TDA.Metrics = TDA.Metrics(),
        families: [any MetricFamily] = [], checks: [HealthCheck] = [], log: LogRecorder = LogRecorder()
    ) async throws -> (service: EventService<TDA>, transport: InMemoryTransport) {
        let memory = InMemoryTransport()
        let service = try await TDA.service(
            context: .testing(), configuration: configuration, metrics: metrics, families: families, checks: checks,
            logger: log.logger
        ) { _ in memory }
        return (service, memory)
    }

    @Test("all parts belong together: topic names, metrics, context, health")
    func wires() async throws {
        var configuration = KafkaConfiguration(service: "test")
        configuration.topicNames = TopicNames(prefix: "staging_")
        let log = LogRecorder()
        let (service, transport) = try await service(configuration, log: log)
        try await service.producer.start()
        try await service.producer.send(JobMessage.completed(jobID: "42", resultID: "r"))

        let expected = JobMessage.completed(jobID: "42", resultID: "r").stamped(in: .testing())
        #expect(transport.records(in: "staging_jobs").count == 1)
        #expect(transport.messages(of: JobMessage.self) == [expected])
        #expect(service.metrics.jobEvents[eventType: .jobCompleted].value == 1)
        #expect(await service.endpoints.response(to: "/health/ready").status == 200)
        let scraped = await service.endpoints.response(to: "/metrics").body.bytes
        #expect(String(decoding: scraped, as: UTF8.self) == service.metrics.exposition().text)
        #expect(service.configuration == configuration)
        await service.producer.shutdown()
        try await log.expectLine("the producer has shut down")
    }

    @Test("a service group starts it once, delivers what was sent before, and shuts it down")
    func group() async throws {
        struct Sender: Service {
            let producer: Producer

            func run() async throws {
                try await producer.send(JobMessage.started(jobID: "1"))
                try await gracefulShutdown()
            }
        }
        let log = LogRecorder()
        let (service, transport) = try await service(log: log)
        service.producer.sendInBackground(JobMessage.submitted(jobID: "1", algorithm: "vietoris_rips"))
        #expect(transport.records == [])
        let group = ServiceGroup(services: [service, Sender(producer: service.producer)], logger: log.logger)
        async let run: Void = group.run()
        try await transport.expectMessage(of: JobMessage.self, event: .jobStarted, within: .seconds(600))
        try await transport.expectMessage(of: JobMessage.self, event: .jobSubmitted, within: .seconds(600))
        await group.triggerGracefulShutdown()
        try await run
        #expect(await service.endpoints.response(to: "/health/ready").status == 503)
    }

    @Test("the transport is made from the settings, and is not made where they are invalid")
    func configuration() async throws {
        var configuration = KafkaConfiguration(service: "test")
        configuration.bootstrapServers = ["a:1"]
        let service = try await TDA.service(
            context: .testing(service: "jobs"), configuration: configuration
        ) {
            settings in
            #expect(settings == configuration)
            return InMemoryTransport()
        }
        #expect(service.producer.context.service == "jobs")
        struct Failure: Error {}
        await #expect(throws: Failure.self) {
            try await TDA.service(
                context: .testing(service: "jobs"), configuration: configuration
            ) { _ in
                throw Failure()
            }
        }
    }

    @Test("the endpoints include further metrics and checks; a duplicate name is an error")
    func additions() async throws {
        let requests = CounterFamily("requests_total", help: "Requests", labels: [])
        let checks = [HealthCheck("database") { HealthReport(.unhealthy) }]
        let (service, _) = try await service(families: [requests], checks: checks)
        requests.increment(at: 0)
        let scraped = await service.endpoints.response(to: "/metrics").body.bytes
        #expect(String(decoding: scraped, as: UTF8.self).contains("\nrequests_total 1\n"))
        #expect(await service.endpoints.health().checks.map(\.name) == ["producer", "database"])
        await #expect(throws: RegistrationError.self) {
            try await self.service(families: TDA.Metrics().families)
        }
    }
}
