import Dispatch
import Logging

/// A log whose first line takes until the test lets it be written.
struct SlowLog: Sendable {
    let isWriting = StartingTransport.Signal()
    let mayWrite = DispatchSemaphore(value: 0)

    var logger: Logger { Logger(label: "slow") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: SlowLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.error

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            guard "\(event.message)" == "a message was not delivered" else { return }
            log.isWriting.fulfil()
            log.mayWrite.wait()
            log.mayWrite.signal()
        }
    }
}
