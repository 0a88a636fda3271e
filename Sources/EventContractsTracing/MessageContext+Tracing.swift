public import EventContracts
public import Instrumentation
import ServiceContextModule

extension MessageContext {
    /// Returns a context that adds the sender's trace to the headers of each message: `traceparent` and `tracestate` with a
    /// tracer that propagates W3C trace contexts.
    ///
    /// ```swift
    /// let producer = Producer(
    ///     transport: transport, contracts: [Shop.self],
    ///     context: MessageContext(service: "shop-backend").propagatingTraces())
    /// ```
    ///
    /// The trace is that of `ServiceContext.current` where the message is sent. Without one, and where no instrument is
    /// bootstrapped, no header is added.
    ///
    /// - Parameter instrument: The instrument that writes the headers; `nil` for the one that the service has bootstrapped in
    ///   `InstrumentationSystem`, at the latest before it sends the first message.
    public func propagatingTraces(with instrument: (any Instrument)? = nil) -> MessageContext {
        var context = self
        let others = headers
        context.headers = {
            var headers = others?() ?? []
            guard let trace = ServiceContext.current else { return headers }
            (instrument ?? InstrumentationSystem.instrument).inject(
                trace, into: &headers, using: RecordHeaderInjector())
            return headers
        }
        return context
    }
}

/// An injector of the values of a trace into headers.
struct RecordHeaderInjector: Injector {
    func inject(_ value: String, forKey name: String, into headers: inout [RecordHeader]) {
        headers.removeAll { $0.name == name }
        headers.append(RecordHeader(name: name, value: value))
    }
}

/// An extractor of the values of a trace from headers. Of several headers with a name, the last counts, as for Kafka's
/// own clients.
struct RecordHeaderExtractor: Extractor {
    func extract(key name: String, from headers: [RecordHeader]) -> String? {
        headers.last { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
    }
}
