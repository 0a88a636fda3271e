import CRdKafka
import Dispatch
import EventContracts
import Locks
import Synchronization

/// An instance of librdkafka's producer, which is also its administrator, with one thread that waits for its events.
///
/// This and the other files of `Library` are the only ones that hold the library's pointers. A client lives until
/// ``close()``; forgetting that leaks it, and its threads with it.
final class KafkaClient: Sendable {
    /// A pointer to the library's instance, or to one of its queues.
    ///
    /// Unchecked because librdkafka's instances and queues may be used from all threads. No use comes after their end:
    /// requests run on the queue that ends them, records are handed over under the lock of `producing`, and the thread that
    /// waits for events is waited for.
    struct Pointer: @unchecked Sendable {
        let raw: OpaquePointer
    }

    /// The topics that records were produced to. Their handles live as long as the instance.
    struct Producing: @unchecked Sendable {
        // Unchecked because the handles may be used from all threads, and only under the lock here.
        var isOpen = true
        var topics: [String: OpaquePointer] = [:]
        /// The last topic that was looked up: a batch often has one topic only.
        var last: (name: String, handle: OpaquePointer)?
    }

    /// The properties that the instance was made of, for redacting.
    let properties: ClientProperties
    /// Valid until `end()`.
    let instance: Pointer
    private let events: Pointer
    let handler: any KafkaEventHandler

    /// Requests that block, one at a time. The instance ends on this queue, so that no request outlives it.
    private let requests = DispatchQueue(label: "kafka.requests")
    /// The one thread that waits for events.
    private let waiter = DispatchQueue(label: "kafka.events")
    private let isClosing = Atomic(false)
    let producing = Lock(Producing())
    /// Whether a record found no room, and its sender waits for it.
    let awaitsRoom = Atomic(false)
    /// Ends with the waiting.
    private let waiting = DispatchGroup()
    /// Only used on `requests`.
    private let isClosed = Atomic(false)

    /// Creates a client, which begins to connect at once.
    ///
    /// - Parameters:
    ///   - properties: The library's configuration.
    ///   - handler: The receiver of the client's events, called on the client's own thread.
    /// - Throws: All that the library refuses of the configuration. Nothing has connected then.
    init(_ properties: ClientProperties, handler: any KafkaEventHandler) throws(ConfigurationError) {
        let instance = try properties.makeInstance()
        guard let events = rd_kafka_queue_get_main(instance) else {
            rd_kafka_destroy(instance)
            throw ConfigurationError(problems: [.init(subject: "librdkafka", message: "no event queue")])
        }
        rd_kafka_set_log_queue(instance, events)
        self.properties = properties
        self.instance = Pointer(raw: instance)
        self.events = Pointer(raw: events)
        self.handler = handler
        waiter.async(group: waiting) { self.waitForEvents() }
    }

    /// Ends the client: its events have been handled, and its memory is free, when this returns. Records that have not been
    /// delivered are lost without a report: flush or purge first.
    func close() async {
        await withCheckedContinuation { continuation in
            requests.async {
                self.end()
                continuation.resume()
            }
        }
    }

    /// Releases the client. Called on `requests`.
    private func end() {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        isClosing.store(true, ordering: .releasing)
        // Makes the wait return, also one that is about to begin.
        rd_kafka_queue_yield(events.raw)
        waiting.wait()
        producing.withLock { producing in
            producing.isOpen = false
            for topic in producing.topics.values { rd_kafka_topic_destroy(topic) }
            producing.topics = [:]
            producing.last = nil
        }
        rd_kafka_queue_destroy(events.raw)
        rd_kafka_destroy(instance.raw)
    }

    // MARK: Events

    private func waitForEvents() {
        var reader = DeliveryReader()
        while !isClosing.load(ordering: .acquiring) {
            guard let event = rd_kafka_queue_poll(events.raw, -1) else { continue }
            handle(event, &reader)
            rd_kafka_event_destroy(event)
            // The room of delivered records is free only now.
            if awaitsRoom.load(ordering: .acquiring), awaitsRoom.exchange(false, ordering: .acquiringAndReleasing) {
                handler.hasRoom()
            }
        }
    }

    private func handle(_ event: OpaquePointer, _ reader: inout DeliveryReader) {
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_DR: handler.delivered(reader.outcomes(event, of: self))
        case RD_KAFKA_EVENT_LOG:
            if let entry = LogEntry(event, redactingBy: properties) { handler.logged(entry) }
        case RD_KAFKA_EVENT_ERROR: handler.failed(failure(event))
        case RD_KAFKA_EVENT_OAUTHBEARER_TOKEN_REFRESH: refreshToken()
        case RD_KAFKA_EVENT_STATS:
            if let text = rd_kafka_event_stats(event) { handler.measured(String(cString: text)) }
        default: break
        }
    }

    private func failure(_ event: OpaquePointer) -> KafkaError {
        // The event has the code of the cause.
        if rd_kafka_event_error_is_fatal(event) != 0, let fatal = fatalErrorOnEventThread { return fatal }
        return error(rd_kafka_event_error(event), rd_kafka_event_error_string(event))
    }

    /// The error after which the instance sends nothing more; `nil` where there is none. For the thread of events, which ends before
    /// the instance.
    var fatalErrorOnEventThread: KafkaError? { fatalError(of: instance.raw) }

    /// Returns the error after which the instance sends nothing more; `nil` where there is none.
    func fatalError() async throws(KafkaError) -> KafkaError? {
        try await request { .success(self.fatalError(of: $0)) }
    }

    private func fatalError(of instance: OpaquePointer) -> KafkaError? {
        var reason = [CChar](repeating: 0, count: 512)
        let cause = rd_kafka_fatal_error(instance, &reason, reason.count)
        guard cause != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        var error = error(cause, reason)
        error.isFatal = true
        if !error.isRefusal { error.kind = .fatal }
        return error
    }

    /// Returns an error with the library's words, of which secrets are redacted.
    func error(_ code: rd_kafka_resp_err_t, _ detail: UnsafePointer<CChar>?) -> KafkaError {
        var error = KafkaError(code, detail: detail.map { properties.redact(String(cString: $0)) })
        if error.kind == .authentication, properties.usesSCRAM, KafkaLibrary.current.sendsNonceTwice {
            error.message += "; " + KafkaError.nonceSentTwice.message
            error.advice += "; " + KafkaError.nonceSentTwice.advice
        }
        return error
    }

    // MARK: Requests

    /// Runs a request that blocks its thread, after those before it.
    ///
    /// - Parameter body: The request; its pointer is valid until it returns.
    /// - Throws: The request's error; one of kind `purged` where the client is closed.
    func request<Value: Sendable>(
        _ body: @escaping @Sendable (OpaquePointer) -> Result<Value, KafkaError>
    ) async throws(KafkaError) -> Value {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Value, KafkaError>, _>) in
            requests.async {
                guard !self.isClosed.load(ordering: .acquiring) else {
                    continuation.resume(returning: .failure(KafkaError(RD_KAFKA_RESP_ERR__DESTROY)))
                    return
                }
                continuation.resume(returning: body(self.instance.raw))
            }
        }
        return try result.get()
    }
}
