import EventContracts
import EventContractsTesting
import EventContractsTracing
import Instrumentation
import Locks
import ServiceContextModule
import TDAContracts
import Testing

/// Propagates a W3C trace context, as tracers do.
private struct W3CInstrument: Instrument {
    enum TraceKey: ServiceContextKey {
        typealias Value = String
    }

    func inject<Carrier, Inject: Injector>(
        _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let trace = context[TraceKey.self] else { return }
        injector.inject(trace, forKey: "traceparent", into: &carrier)
    }

    func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
        context[TraceKey.self] = extractor.extract(key: "traceparent", from: carrier)
    }

    static func context(_ trace: String) -> ServiceContext {
        var context = ServiceContext.topLevel
        context[TraceKey.self] = trace
        return context
    }
}

@Suite("Tracing")
struct TracingTests {
    private static let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    private func sent(
        in context: MessageContext, _ body: (Producer) async throws -> Void
    ) async throws -> [[String: String]] {
        let transport = InMemoryTransport()
        let producer = Producer(transport: transport, contracts: [TDA.self], context: context)
        try await producer.start()
        try await body(producer)
        await producer.shutdown()
        return transport.records.map { entry in
            Dictionary(
                uniqueKeysWithValues: entry.record.headers.map { ($0.name, String(decoding: $0.value, as: UTF8.self)) })
        }
    }

    @Test("every way of sending carries the trace of its task, next to the message's own headers")
    func propagation() async throws {
        let context = MessageContext.testing().propagatingTraces(with: W3CInstrument())
        let job = JobMessage.submitted(jobID: "job-1", algorithm: "x", priority: "high")
        let headers = try await sent(in: context) { producer in
            try await ServiceContext.withValue(W3CInstrument.context(Self.trace)) {
                try await producer.send(job)
                _ = await producer.send(batch: [job])
                producer.sendInBackground(job)
                try await producer.send(Tombstone<JobMessage>(key: "job-1"))
            }
            try await producer.send(job)
        }
        #expect(headers.map { $0["traceparent"] } == [Self.trace, Self.trace, Self.trace, Self.trace, nil])
        #expect(headers[0]["message-type"] == "job.submitted")
        let records = headers[0].map { RecordHeader(name: $0.key, value: $0.value) }
        #expect(ServiceContext(readFrom: records, with: W3CInstrument())[W3CInstrument.TraceKey.self] == Self.trace)
    }

    @Test("a sender's own header takes precedence, and further headers of the context stay")
    func precedence() async throws {
        var context = MessageContext.testing()
        context.headers = { [RecordHeader(name: "tenant", value: "a"), RecordHeader(name: "region", value: "eu")] }
        context = context.propagatingTraces(with: W3CInstrument())
        let job = JobMessage.submitted(jobID: "job-1", algorithm: "x", priority: "high")
        let headers = try await sent(in: context) { producer in
            try await ServiceContext.withValue(W3CInstrument.context(Self.trace)) {
                _ = try await producer.send(
                    job,
                    headers: [
                        RecordHeader(name: "traceparent", value: "own"), RecordHeader(name: "tenant", value: "b"),
                    ])
            }
        }
        #expect(headers[0]["traceparent"] == "own")
        #expect(headers[0]["tenant"] == "b")
        #expect(headers[0]["region"] == "eu")
    }

    @Test("without an instrument there is no header")
    func withoutInstrument() async throws {
        let job = JobMessage.submitted(jobID: "job-1", algorithm: "x", priority: "high")
        let headers = try await sent(in: MessageContext.testing().propagatingTraces()) { producer in
            try await ServiceContext.withValue(W3CInstrument.context(Self.trace)) { _ = try await producer.send(job) }
        }
        #expect(headers[0]["traceparent"] == nil)
    }
}
