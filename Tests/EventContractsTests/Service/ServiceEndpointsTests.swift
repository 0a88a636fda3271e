import EventContracts
import EventContractsEndpoints
import EventContractsTesting
import Foundation
import TDAContracts
import Testing

@Suite("Endpoints", .timeLimit(.minutes(20)))
struct ServiceEndpointsTests {
    private struct Body: Decodable {
        struct Check: Decodable {
            struct Details: Decodable {
                struct Transport: Decodable {
                    var status: String
                }
                var state: String?
                var messagesSent: Int?
                var transport: Transport?
                var error: String?
            }
            var status: String
            var details: Details
        }
        var status: String
        var checks: [String: Check]

        init(_ response: EndpointResponse) throws {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            self = try decoder.decode(Body.self, from: Data(response.body.bytes))
        }
    }

    private func text(_ response: EndpointResponse) -> String { String(decoding: response.body.bytes, as: UTF8.self) }

    @Test("a service is ready while its producer runs and its transport is not unhealthy")
    func readiness() async throws {
        let test = TestProducer(TDA.self)
        let endpoints = try ServiceEndpoints(families: [], checks: [.producer(test.producer)])
        #expect(await endpoints.response(to: "/health/ready").status == 503)
        #expect(await endpoints.response(to: "/health/live").status == 200)

        try await test.producer.start()
        try await test.producer.send(JobMessage.started(jobID: "1"))
        let ready = await endpoints.response(to: "/health/ready")
        #expect(ready.status == 200 && ready.contentType == "application/json")
        let body = try Body(ready)
        #expect(body.status == "healthy")
        #expect(body.checks["producer"]?.status == "healthy")
        #expect(body.checks["producer"]?.details.state == "running")
        #expect(body.checks["producer"]?.details.messagesSent == 1)
        #expect(body.checks["producer"]?.details.transport?.status == "healthy")

        test.transport.fail(with: TransportError(.unavailable, "no route"))
        let degraded = await endpoints.response(to: "/health")
        #expect(degraded.status == 200)
        #expect(try Body(degraded).status == "degraded")

        await test.producer.shutdown()
        #expect(await endpoints.response(to: "/health/ready").status == 503)
        #expect(await endpoints.response(to: "/health/live").status == 200)
    }

    @Test("metrics are written in the format that the request accepts")
    func metrics() async throws {
        let metrics = TDA.Metrics()
        let endpoints = try ServiceEndpoints(families: metrics.families, checks: [])
        let plain = await endpoints.response(to: "/metrics")
        #expect(plain.status == 200 && plain.contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(text(plain) == metrics.exposition(as: .text).text)
        let openMetrics = await endpoints.response(
            to: "/metrics", accept: "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
        #expect(openMetrics.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        #expect(text(openMetrics) == metrics.exposition(as: .openMetrics).text)
    }

    @Test("a scrape measures the connection")
    func connection() async throws {
        let metrics = TDA.Metrics()
        try await TestProducer.run(TDA.self, metrics: [metrics]) { test in
            let endpoints = try ServiceEndpoints(families: metrics.families, checks: [.producer(test.producer)])
            #expect(
                text(await endpoints.response(to: "/metrics")).contains("connection_status{component=\"producer\"} 1\n")
            )
        }
    }

    @Test("other paths and methods are refused, a query is ignored, and HEAD has no body")
    func requests() async throws {
        let endpoints = try ServiceEndpoints(families: TDA.Metrics().families, checks: [])
        #expect(ServiceEndpoints.paths == ["/metrics", "/health", "/health/live", "/health/ready"])
        for path in ServiceEndpoints.paths {
            let get = await endpoints.response(to: path + "?x=/y")
            #expect(get.status == 200 && !get.body.bytes.isEmpty)
            let head = await endpoints.response(to: path, method: "HEAD")
            #expect(head.status == 200 && head.contentType == get.contentType && head.body.bytes.isEmpty)
            let post = await endpoints.response(to: path, method: "POST")
            #expect(post.status == 405 && post.allow == "GET, HEAD")
        }
        for path in ["", "/", "/metrics/", "/health/other", "metrics"] {
            #expect(await endpoints.response(to: path).status == 404)
        }
    }

    @Test("two families of one name are refused")
    func collision() {
        #expect(throws: RegistrationError.self) {
            try ServiceEndpoints(families: TDA.Metrics().families + TDA.Metrics().families, checks: [])
        }
    }

    @Test("the worst check determines the status, and one without an answer is unhealthy")
    func checks() async throws {
        let (never, clock) = (AsyncStream<Void>.makeStream(), ManualClock())
        let checks = [
            HealthCheck("cache") { HealthReport(.degraded) },
            HealthCheck("database") {
                // Ignores that it is cancelled.
                await Task { for await _ in never.stream {} }.value
                return HealthReport(.healthy)
            },
            HealthCheck("disk") { HealthReport(.healthy, details: ["free": 0.5]) },
        ]
        let endpoints = try ServiceEndpoints(families: [], checks: checks, clock: clock)
        async let answer = endpoints.response(to: "/health/ready")
        await clock.waitForSleeper(due: .seconds(5))
        clock.advance(by: .seconds(5))
        let response = await answer
        never.continuation.finish()
        #expect(response.status == 503)
        let body = try Body(response)
        #expect(body.status == "unhealthy")
        #expect(body.checks["database"]?.details.error == "no answer within 5.0 seconds")
        let healthy = try ServiceEndpoints(families: [], checks: [checks[0], checks[2]])
        #expect(
            text(await healthy.response(to: "/health"))
                == #"{"status":"degraded","checks":{"cache":{"status":"degraded","details":{}},"#
                + #""disk":{"status":"healthy","details":{"free":0.5}}}}"#)
    }
}
