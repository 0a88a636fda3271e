public import EventContracts
public import Instrumentation
import ServiceContextModule

extension ServiceContext {
    /// Reads the trace from the headers of a record, for its consumer.
    ///
    /// - Parameter instrument: The instrument that reads the headers; `nil` for the one that the service has bootstrapped.
    public init(readFrom headers: [RecordHeader], with instrument: (any Instrument)? = nil) {
        self = .topLevel
        (instrument ?? InstrumentationSystem.instrument).extract(headers, into: &self, using: RecordHeaderExtractor())
    }
}
