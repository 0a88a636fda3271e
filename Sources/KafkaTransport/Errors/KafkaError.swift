import CRdKafka

/// A failure that librdkafka or a broker reported.
///
/// A program acts on ``kind``, a person on ``advice``. The page "Kafka's errors" in the documentation of `EventContracts` lists
/// all errors.
public struct KafkaError: Error, Hashable, Sendable {
    /// The kinds of failure.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// No broker can be reached: a network, DNS or address problem, or all brokers are down.
        case unreachable
        /// The TLS handshake failed, or a certificate was refused.
        case encryption
        /// The broker refused the credentials.
        case authentication
        /// The broker knows the client, and does not allow the operation.
        case authorization
        /// The topic or the partition does not exist.
        case unknownTopic = "unknown_topic"
        /// The record or the batch is larger than the broker or the client allows.
        case tooLarge = "too_large"
        /// The broker refused a request for its content. Repeating it changes nothing.
        case rejected
        /// The local queue has no room for more records.
        case queueFull = "queue_full"
        /// The cluster can't serve the partition for now: it has no leader, or too few replicas.
        case unavailable
        /// No answer within the time.
        case timedOut = "timed_out"
        /// The record was taken back before it was delivered: by a shutdown or a purge.
        case purged
        /// The producer can't go on: its order or its exactly-once guarantee is lost.
        case fatal
        /// A setting is wrong, or the cluster does not support it.
        case configuration
        /// The library or the broker failed inside.
        case fault
    }

    /// The possibility that a record with this error is in the topic nevertheless.
    public enum Presence: String, Hashable, Sendable, CaseIterable {
        /// The record is not in the topic.
        case absent
        /// The record may be in the topic: it was sent, and no broker answered.
        case unknown
    }

    /// The kind of failure.
    public var kind: Kind
    /// librdkafka's name of the error: `UNKNOWN_TOPIC_OR_PART`; names that begin with `_` are the client's own.
    public var name: String
    /// The failure in words, with what the library or the broker added. Contains no secret.
    public var message: String
    /// The way to get rid of the failure.
    public var advice: String
    /// The possibility that a record with this error is in the topic.
    public var presence: Presence
    /// Whether the same request can succeed later.
    public var isRetriable: Bool
    /// Whether librdkafka's producer sends nothing more after the error. The transport then replaces it.
    public internal(set) var isFatal = false

    package init(
        kind: Kind, name: String, message: String, advice: String, presence: Presence = .absent,
        isRetriable: Bool = false
    ) {
        self.kind = kind
        self.name = name
        self.message = message
        self.advice = advice
        self.presence = presence
        self.isRetriable = isRetriable
    }
}

extension KafkaError: CustomStringConvertible {
    public var description: String { "\(message) [\(name)]; \(advice)" }
}

extension KafkaError {
    /// Creates the error of a code, with what the library added.
    ///
    /// - Parameter detail: The library's or the broker's own words, if any.
    init(_ code: rd_kafka_resp_err_t, detail: String? = nil) {
        let entry = KafkaErrorTable.entry(of: code)
        var message = entry?.words ?? String(cString: rd_kafka_err2str(code))
        // The library repeats its words for the code where a broker adds nothing.
        if let detail, !detail.isEmpty, detail != String(cString: rd_kafka_err2str(code)) {
            message += ": " + detail
        }
        self.init(
            kind: entry?.kind ?? .fault, name: String(cString: rd_kafka_err2name(code)), message: message,
            advice: entry?.advice ?? "see the broker's log",
            presence: entry?.presence ?? (code.rawValue < -1 ? .absent : .unknown),
            isRetriable: entry?.isRetriable ?? false)
        refine(with: detail ?? "")
    }

    /// Recognizes failures that older libraries report by a code of another kind.
    private mutating func refine(with detail: String) {
        // A broker that refuses the client's certificate ends the connection with a TLS alert: 42 bad certificate, 43
        // unsupported, 44 revoked, 45 expired, 46 unknown, 48 unknown authority, 116 certificate required.
        let alerts = [
            "alert 42", "alert 43", "alert 44", "alert 45", "alert 46", "alert 48", "alert number 42",
            "alert number 43", "alert number 44", "alert number 45", "alert number 46", "alert number 48",
            "alert number 116", "alert bad certificate", "alert certificate", "alert unknown ca",
        ]
        if alerts.contains(where: detail.contains) {
            kind = .authorization
            message = "the broker refused the client's certificate: " + detail
            advice =
                "check that the broker trusts the authority of KAFKA_SSL_CERTFILE, and that the certificate is in date"
            isRetriable = false
        } else if detail.contains("certificate verify failed") {
            kind = .encryption
            message = "the broker's certificate is not trusted: " + detail
            advice = "check KAFKA_SSL_CAFILE, and that the certificate names the host in KAFKA_BOOTSTRAP_SERVERS"
            isRetriable = false
        }
    }
}
