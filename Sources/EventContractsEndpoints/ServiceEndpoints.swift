public import EventContracts

/// The endpoints by which a service is watched, for any HTTP server.
///
/// | path | answer |
/// | --- | --- |
/// | `/metrics` | the metrics, in the text format of Prometheus or as OpenMetrics, as the request's `Accept` header asks |
/// | `/health/live` | 200 while the process answers: restart it where it does not |
/// | `/health/ready` | 200 unless a check is unhealthy, else 503: send it requests only where it is 200 |
/// | `/health` | the same as `/health/ready` |
///
/// ```swift
/// let endpoints = try ServiceEndpoints(families: metrics.families, checks: [.producer(producer)])
/// let router = Router(options: .autoGenerateHeadEndpoints)
/// for path in ServiceEndpoints.paths {
///     router.get(RouterPath(path)) { request, _ in
///         Response(await endpoints.response(to: path, accept: request.headers[.accept]))
///     }
/// }
/// ```
///
/// Bodies of health are JSON: the status of the service and of each check, with details. They contain no secrets, but reveal
/// more of the service than the public needs to know.
public struct ServiceEndpoints: Sendable {
    /// The paths that are answered.
    public static let paths = Path.allCases.map(\.rawValue)

    private enum Path: String, CaseIterable {
        case metrics = "/metrics"
        case health = "/health"
        case live = "/health/live"
        case ready = "/health/ready"
    }

    private let registry: MetricRegistry
    private let checks: [HealthCheck]
    private let timeout: Duration
    private let clock: any Clock<Duration>

    /// Creates the endpoints of a service.
    ///
    /// - Parameters:
    ///   - families: The metrics of the service's contracts, and its own.
    ///   - checks: The parts whose health makes up that of the service.
    ///   - timeout: How long a check may take. One that takes longer is unhealthy.
    ///   - clock: The clock for the timeout. Tests use their own.
    /// - Throws: `RegistrationError` where two families have a name in common.
    public init(
        families: [any MetricFamily], checks: [HealthCheck], timeout: Duration = .seconds(5),
        clock: any Clock<Duration> = ContinuousClock()
    ) throws(RegistrationError) {
        registry = MetricRegistry()
        try registry.register(contentsOf: families)
        self.checks = checks
        self.timeout = timeout
        self.clock = clock
    }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - path: The path of the request. A query is ignored.
    ///   - method: The method of the request.
    ///   - accept: The value of the header `Accept`; several headers are joined by commas.
    /// - Returns: A response with status 404 where the path is none of ``paths``, and 405 for a method other than `GET` and
    ///   `HEAD`.
    public func response(
        to path: String, method: String = "GET", accept: String? = nil
    ) async -> EndpointResponse {
        guard let path = Path(rawValue: String(path.prefix { $0 != "?" })) else {
            return EndpointResponse(status: 404, contentType: Self.text, body: .init(Array("not found\n".utf8)))
        }
        guard method == "GET" || method == "HEAD" else {
            return EndpointResponse(
                status: 405, contentType: Self.text, allow: "GET, HEAD", body: .init(Array("method not allowed\n".utf8))
            )
        }
        var response = await response(to: path, accept: accept)
        if method == "HEAD" { response.body = .init([]) }
        return response
    }

    private static let text = "text/plain; charset=utf-8"

    private func response(to path: Path, accept: String?) async -> EndpointResponse {
        switch path {
        case .live: return EndpointResponse(status: 200, contentType: Self.text, body: .init(Array("alive\n".utf8)))
        case .health, .ready:
            let health = await health()
            return EndpointResponse(
                status: health.status == .unhealthy ? 503 : 200, contentType: "application/json",
                body: .init(health.json()))
        case .metrics:
            // A check of a producer measures its connection, which rare messages would not.
            _ = await health()
            let format = ExpositionFormat(accept: accept)
            return EndpointResponse(
                status: 200, contentType: format.contentType, body: .init(registry.exposition(as: format)))
        }
    }

    /// Runs all checks at the same time.
    public func health() async -> ServiceHealth {
        await withTaskGroup(of: (Int, HealthReport).self) { group in
            for (index, check) in checks.enumerated() {
                group.addTask { (index, await report(of: check)) }
            }
            var reports: [Int: HealthReport] = [:]
            for await (index, report) in group { reports[index] = report }
            return ServiceHealth(
                checks: checks.enumerated().compactMap { index, check in reports[index].map { (check.name, $0) } })
        }
    }

    /// Runs a check, and leaves it alone where it takes too long: it may ignore that it is cancelled.
    private func report(of check: HealthCheck) async -> HealthReport {
        let (reports, continuation) = AsyncStream.makeStream(of: HealthReport.self)
        let (timeout, clock) = (timeout, clock)
        let run = Task { continuation.yield(await check.run()) }
        let limit = Task {
            guard (try? await clock.sleep(for: timeout.bounded)) != nil else { return }
            continuation.yield(HealthReport(.unhealthy, details: ["error": .string("no answer within \(timeout)")]))
        }
        var iterator = reports.makeAsyncIterator()
        let report = await iterator.next()
        run.cancel()
        limit.cancel()
        return report ?? HealthReport(.unhealthy, details: ["error": "cancelled"])
    }
}

/// The health of a service and its parts.
public struct ServiceHealth: Sendable {
    /// The parts, in the order of the checks.
    public var checks: [(name: String, report: HealthReport)]

    /// The status of the part that is worst; healthy without parts.
    public var status: TransportHealth.Status {
        let statuses = Set(checks.map(\.report.status))
        return statuses.contains(.unhealthy) ? .unhealthy : statuses.contains(.degraded) ? .degraded : .healthy
    }

    /// Returns the status and the checks as JSON.
    public func json() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("status")
        writer.write(status.rawValue)
        writer.key("checks")
        writer.beginObject()
        for (name, report) in checks {
            writer.key(name: name)
            writer.beginObject()
            writer.key("status")
            writer.write(report.status.rawValue)
            writer.key("details")
            writer.write(report.details)
            writer.endObject()
        }
        writer.endObject()
        writer.endObject()
        // Fails only for numbers that JSON can't write, in the details of a user's own check.
        return (try? writer.finish()) ?? Array(#"{"status":"\#(status.rawValue)"}"#.utf8)
    }
}
