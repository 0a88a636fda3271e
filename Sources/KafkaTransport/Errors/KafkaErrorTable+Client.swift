extension KafkaErrorTable {
    /// A broker's listener closes connections of another protocol without an answer.
    private static let connectionAdvice =
        "check KAFKA_BOOTSTRAP_SERVERS, that a broker listens there, and that its listener has KAFKA_SECURITY_PROTOCOL"

    /// Errors that the client finds itself.
    static let clientErrors: [Entry] = [
        Entry(
            -199, "_BAD_MSG", .fault,
            "a message is malformed",
            advice: "report this with the library's version"),
        Entry(
            -198, "_BAD_COMPRESSION", .fault,
            "a batch can't be compressed or decompressed",
            advice: "check that librdkafka was built with the compression"),
        Entry(
            -197, "_DESTROY", .purged,
            "the client was closed",
            advice: "start the transport before sending"),
        Entry(
            -196, "_FAIL", .fault, presence: .unknown, isRetriable: true,
            "the communication with a broker failed",
            advice: "check the broker's log"),
        Entry(
            -195, "_TRANSPORT", .unreachable, presence: .unknown, isRetriable: true,
            "the connection to a broker failed",
            advice: connectionAdvice),
        Entry(
            -194, "_CRIT_SYS_RESOURCE", .fault, isRetriable: true,
            "the system has no thread, memory or file descriptor left",
            advice: "raise the limits of the process"),
        Entry(
            -193, "_RESOLVE", .unreachable, isRetriable: true,
            "a broker's host name can't be resolved",
            advice: "check KAFKA_BOOTSTRAP_SERVERS and the DNS; a broker's advertised.listeners must be resolvable here"
        ),
        Entry(
            -192, "_MSG_TIMED_OUT", .timedOut, presence: .unknown,
            "the record was not acknowledged within the delivery timeout",
            advice: "check the brokers; raise KAFKA_DELIVERY_TIMEOUT_MS if they need longer"),
        Entry(
            -190, "_UNKNOWN_PARTITION", .unknownTopic,
            "the partition does not exist",
            advice: "leave the partition to the record's key, or grow the topic"),
        Entry(
            -189, "_FS", .fault,
            "a file can't be read or written",
            advice: "check the paths in the configuration"),
        Entry(
            -188, "_UNKNOWN_TOPIC", .unknownTopic,
            "the topic does not exist",
            advice: "create the topics with event-contracts-deploy topics apply; check KAFKA_TOPIC_PREFIX"),
        Entry(
            -187, "_ALL_BROKERS_DOWN", .unreachable, isRetriable: true,
            "no broker can be reached",
            advice: connectionAdvice),
        Entry(
            -186, "_INVALID_ARG", .configuration,
            "an argument or a setting is invalid",
            advice: "correct the setting that the message names"),
        Entry(
            -185, "_TIMED_OUT", .timedOut, presence: .unknown, isRetriable: true,
            "no broker answered in time",
            advice: "check the brokers and the network"),
        Entry(
            -184, "_QUEUE_FULL", .queueFull, isRetriable: true,
            "the local queue is full",
            advice: "send more slowly, wait for deliveries, or raise KAFKA_BUFFER_MEMORY"),
        Entry(
            -183, "_ISR_INSUFF", .unavailable, isRetriable: true,
            "the partition has too few in-sync replicas",
            advice: "start the missing brokers, or lower min.insync.replicas"),
        Entry(
            -182, "_NODE_UPDATE", .unreachable, isRetriable: true,
            "the broker's address has changed",
            advice: "retry; the client connects to the new address by itself"),
        Entry(
            -181, "_SSL", .encryption,
            "the TLS handshake failed",
            advice: "check KAFKA_SECURITY_PROTOCOL, KAFKA_SSL_CAFILE, and that the port is the broker's TLS port"),
        Entry(
            -180, "_WAIT_COORD", .unavailable, isRetriable: true,
            "the client waits for the coordinator",
            advice: "retry later"),
        Entry(
            -178, "_IN_PROGRESS", .unavailable, isRetriable: true,
            "the operation is in progress",
            advice: "retry later"),
        Entry(
            -177, "_PREV_IN_PROGRESS", .unavailable, isRetriable: true,
            "an earlier operation is in progress",
            advice: "retry later"),
        Entry(
            -173, "_CONFLICT", .configuration,
            "two settings or operations exclude each other",
            advice: "correct the setting that the message names"),
        Entry(
            -172, "_STATE", .fault,
            "the operation is not allowed in this state",
            advice: "report this with the library's version"),
        Entry(
            -171, "_UNKNOWN_PROTOCOL", .configuration,
            "the protocol is unknown",
            advice: "check KAFKA_SECURITY_PROTOCOL"),
        Entry(
            -170, "_NOT_IMPLEMENTED", .configuration,
            "this librdkafka does not implement the function",
            advice: "install a newer librdkafka"),
        Entry(
            -169, "_AUTHENTICATION", .authentication,
            "the broker refused the credentials",
            advice: "check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD"),
        Entry(
            -167, "_OUTDATED", .unavailable, isRetriable: true,
            "the request is outdated",
            advice: "retry"),
        Entry(
            -166, "_TIMED_OUT_QUEUE", .timedOut, isRetriable: true,
            "the request did not leave the client in time",
            advice: "check the brokers and the network"),
        Entry(
            -165, "_UNSUPPORTED_FEATURE", .configuration,
            "the broker does not support the feature",
            advice: "use a newer broker, or turn the feature off"),
        Entry(
            -164, "_WAIT_CACHE", .unavailable, isRetriable: true,
            "the client waits for metadata",
            advice: "retry later"),
        Entry(
            -163, "_INTR", .fault, isRetriable: true,
            "the operation was interrupted",
            advice: "retry"),
        Entry(
            -158, "_PARTIAL", .fault, presence: .unknown, isRetriable: true,
            "the broker's answer was cut short",
            advice: "check the network"),
        Entry(
            -157, "_READ_ONLY", .configuration,
            "the property can't be changed",
            advice: "leave the property out"),
        Entry(
            -156, "_NOENT", .rejected,
            "no such entry",
            advice: "plan again"),
        Entry(
            -155, "_UNDERFLOW", .fault, presence: .unknown,
            "the broker's answer is malformed",
            advice: "check that the port is a Kafka port, and KAFKA_SECURITY_PROTOCOL"),
        Entry(
            -154, "_INVALID_TYPE", .configuration,
            "a value has the wrong type",
            advice: "correct the setting that the message names"),
        Entry(
            -153, "_RETRY", .unavailable, isRetriable: true,
            "the operation must be retried",
            advice: "retry later"),
        Entry(
            -152, "_PURGE_QUEUE", .purged,
            "the record was taken out of the queue before it was sent",
            advice: "send the record again"),
        Entry(
            -151, "_PURGE_INFLIGHT", .purged, presence: .unknown,
            "the record was given up while a broker had it",
            advice: "check the topic before sending the record again"),
        Entry(
            -150, "_FATAL", .fatal,
            "the producer is in a fatal state",
            advice: "the transport replaces its client; send the record again"),
        Entry(
            -149, "_INCONSISTENT", .fatal, presence: .unknown,
            "the producer's state is inconsistent",
            advice: "the transport replaces its client; check the topic before sending the record again"),
        Entry(
            -148, "_GAPLESS_GUARANTEE", .fatal, presence: .unknown,
            "the order can't be kept without a gap",
            advice: "the transport replaces its client; check the topic before sending the record again"),
        Entry(
            -146, "_UNKNOWN_BROKER", .unreachable, isRetriable: true,
            "the broker is unknown",
            advice: "check advertised.listeners of the brokers"),
        Entry(
            -145, "_NOT_CONFIGURED", .configuration,
            "the function is not configured",
            advice: "set the property that the message names"),
        Entry(
            -144, "_FENCED", .fatal,
            "a newer producer has taken over",
            advice: "stop the older instance"),
        Entry(
            -143, "_APPLICATION", .fault,
            "the application reported a failure",
            advice: "see the failure's words"),
        Entry(
            -138, "_INVALID_DIFFERENT_RECORD", .rejected,
            "another record of the same batch was refused, and this one with it",
            advice: "send the record again, without the one that was refused"),
        Entry(
            -137, "_DESTROY_BROKER", .unreachable, presence: .unknown, isRetriable: true,
            "the broker was removed from the cluster",
            advice: "retry; the client connects to another broker by itself"),
    ]
}
