import JSONTape

/// The statistics that a client of librdkafka reports at intervals: its queue, and its connections to brokers.
///
/// Counts begin at 0 with the client.
struct ClientStatistics: Hashable, Sendable {
    struct Broker: Hashable, Sendable {
        /// The broker's id; `nil` for an address of `KAFKA_BOOTSTRAP_SERVERS` whose id is not known yet.
        var id: Int?
        var isUp = false
        /// The times between requests and their answers since the last statistics; `nil` where there were none.
        var roundTrip: RoundTrip?
        /// The longest time for which the broker has throttled the client since the last statistics.
        var throttle = Duration.zero
        /// Requests that wait to be sent, and for their answer.
        var requestsInFlight = 0
        var transmitErrors = 0
        var receiveErrors = 0
        var requestTimeouts = 0
        var retries = 0
        var connects = 0
        var disconnects = 0
    }

    struct RoundTrip: Hashable, Sendable {
        var median: Duration
        var p95: Duration
        var p99: Duration
    }

    /// Records without an outcome, and their bytes.
    var queuedMessages = 0
    var queuedBytes = 0
    /// The most records and bytes that may have none.
    var messageCapacity = 0
    var byteCapacity = 0
    /// The state of the idempotent producer: `Assigned` where it may send. `nil` without idempotence.
    var producerState: String?
    var brokers: [Broker] = []

    init() {}

    /// Reads librdkafka's JSON. Members that a version of the library does not have count as 0.
    ///
    /// - Throws: An error where the text is not JSON.
    init(parsing text: String) throws(JSONSyntaxError) {
        let tape = try JSONTape(parsing: text.utf8)
        queuedMessages = tape.count("msg_cnt", of: .root)
        queuedBytes = tape.count("msg_size", of: .root)
        messageCapacity = tape.count("msg_max", of: .root)
        byteCapacity = tape.count("msg_size_max", of: .root)
        producerState = tape.member("eos", of: .root).flatMap { tape.text("idemp_state", of: $0) }
        guard let all = tape.member("brokers", of: .root), tape.kind(at: all) == .object else { return }
        var key = tape.first(in: all)
        for _ in 0..<tape.count(at: all) {
            let value = tape.value(ofKey: key)
            if let broker = Broker(tape, value) { brokers.append(broker) }
            key = tape.end(of: value)
        }
    }
}

extension ClientStatistics.Broker {
    /// - Returns: `nil` for what is not a broker: the library's own threads have an entry each.
    fileprivate init?(_ tape: borrowing JSONTape, _ index: JSONTape.Index) {
        let source = tape.text("source", of: index)
        guard source == "learned" || source == "configured" else { return nil }
        let node = tape.member("nodeid", of: index).flatMap { tape.integer(at: $0) } ?? -1
        id = node >= 0 ? node : nil
        isUp = tape.text("state", of: index) == "UP"
        requestsInFlight = tape.count("outbuf_cnt", of: index) + tape.count("waitresp_cnt", of: index)
        transmitErrors = tape.count("txerrs", of: index)
        receiveErrors = tape.count("rxerrs", of: index)
        requestTimeouts = tape.count("req_timeouts", of: index)
        retries = tape.count("txretries", of: index)
        connects = tape.count("connects", of: index)
        disconnects = tape.count("disconnects", of: index)
        if let throttled = tape.member("throttle", of: index) {
            throttle = .milliseconds(tape.count("max", of: throttled))
        }
        if let times = tape.member("rtt", of: index), tape.count("cnt", of: times) > 0 {
            roundTrip = ClientStatistics.RoundTrip(
                median: .microseconds(tape.count("p50", of: times)), p95: .microseconds(tape.count("p95", of: times)),
                p99: .microseconds(tape.count("p99", of: times)))
        }
    }
}

extension JSONTape {
    /// Returns a member that is a count; 0 where it is missing. librdkafka writes -1 for an unknown one.
    fileprivate func count(_ name: String, of object: Index) -> Int {
        guard let member = member(name, of: object), kind(at: member) == .number, let value = integer(at: member) else {
            return 0
        }
        // A bound for sums: the largest counts of the library are those of bytes.
        return min(max(value, 0), 1 << 60)
    }

    fileprivate func text(_ name: String, of object: Index) -> String? {
        guard let member = member(name, of: object), kind(at: member) == .string else { return nil }
        return string(at: member)
    }
}
