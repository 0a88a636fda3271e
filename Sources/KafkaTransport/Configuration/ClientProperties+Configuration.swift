import EventContracts

extension ClientProperties {
    /// Properties that the transport's promises depend on, with the reason why they can't be set.
    private static let ownProperties = [
        "delivery.report.only.error": "every record's delivery is reported",
        "log.queue": "the library's log goes to swift-log",
        "transactional.id": "transactions are not supported",
    ]

    /// Creates the properties of a client that connects to a cluster, without a producer's.
    init(
        connectingTo configuration: KafkaConfiguration, options: KafkaClientOptions = KafkaClientOptions()
    ) throws(ConfigurationError) {
        setConnection(configuration)
        try apply(options)
        try checkTokens(configuration.security)
    }

    /// Creates the properties of a producer.
    init(
        producingTo configuration: KafkaConfiguration, options: KafkaClientOptions = KafkaClientOptions()
    ) throws(ConfigurationError) {
        setConnection(configuration)
        setProducer(configuration.producer)
        try apply(options)
        try checkTokens(configuration.security)
    }

    private mutating func setConnection(_ configuration: KafkaConfiguration) {
        let producer = configuration.producer
        set(
            "bootstrap.servers", to: configuration.bootstrapServers.joined(separator: ","),
            subject: "KAFKA_BOOTSTRAP_SERVERS")
        set("client.id", to: producer.clientID, subject: "KAFKA_CLIENT_ID")
        // A request that the broker may take this long to answer must not run into the socket's own timeout first.
        let socketTimeout = min(max(producer.requestTimeout.milliseconds, 0), 299_000) + 1000
        set("socket.timeout.ms", to: String(socketTimeout), subject: "KAFKA_REQUEST_TIMEOUT_MS")
        set("socket.keepalive.enable", to: "true")
        set("socket.nagle.disable", to: "true")
        // Neither a record nor a question about a topic creates it: it would not have the contract's partitions and configs.
        set("allow.auto.create.topics", to: "false")
        set("log.queue", to: "true")
        // Brokers close idle connections all the time; the client opens them again by itself.
        set("log.connection.close", to: "false")
        setSecurity(configuration.security)
    }

    private mutating func setSecurity(_ security: KafkaSecurity) {
        set(
            "security.protocol", to: security.securityProtocol.rawValue.lowercased(), subject: "KAFKA_SECURITY_PROTOCOL"
        )
        if security.securityProtocol.usesSASL {
            set("sasl.mechanism", to: security.mechanism.rawValue, subject: "KAFKA_SASL_MECHANISM")
            // The library warns of settings that the mechanism does not use.
            let needsPassword = security.mechanism.needsPassword
            if needsPassword, let username = security.username {
                set("sasl.username", to: username, subject: "KAFKA_SASL_USERNAME")
            }
            if needsPassword, let password = security.password {
                set("sasl.password", to: password.reveal(), subject: "KAFKA_SASL_PASSWORD", isSecret: true)
            }
        }
        guard security.securityProtocol.usesTLS else { return }
        set("ssl.endpoint.identification.algorithm", to: "https")
        if let file = security.authoritiesFile { set("ssl.ca.location", to: file, subject: "KAFKA_SSL_CAFILE") }
        if let file = security.certificateFile {
            set("ssl.certificate.location", to: file, subject: "KAFKA_SSL_CERTFILE")
        }
        if let file = security.keyFile { set("ssl.key.location", to: file, subject: "KAFKA_SSL_KEYFILE") }
    }

    private mutating func setProducer(_ settings: KafkaProducerSettings) {
        set("acks", to: settings.acknowledgements.rawValue, subject: "KAFKA_ACKS")
        set("enable.idempotence", to: String(settings.enablesIdempotence), subject: "KAFKA_ENABLE_IDEMPOTENCE")
        set("retries", to: String(settings.retries), subject: "KAFKA_RETRIES")
        set("retry.backoff.ms", to: String(settings.retryBackoff.milliseconds), subject: "KAFKA_RETRY_BACKOFF_MS")
        set("request.timeout.ms", to: String(settings.requestTimeout.milliseconds), subject: "KAFKA_REQUEST_TIMEOUT_MS")
        set(
            "delivery.timeout.ms", to: String(settings.deliveryTimeout.milliseconds),
            subject: "KAFKA_DELIVERY_TIMEOUT_MS")
        set("batch.size", to: String(settings.batchSize), subject: "KAFKA_BATCH_SIZE")
        set("linger.ms", to: String(settings.linger / .milliseconds(1)), subject: "KAFKA_LINGER_MS")
        set("message.max.bytes", to: String(settings.maximumRequestSize), subject: "KAFKA_MAX_REQUEST_SIZE")
        set("compression.type", to: settings.compression.rawValue, subject: "KAFKA_COMPRESSION_TYPE")
        set(
            "max.in.flight.requests.per.connection", to: String(settings.maximumInFlightRequests),
            subject: "KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION")
        setQueue(bytes: settings.bufferMemory)
        // For metrics, health and log.
        set("statistics.interval.ms", to: "5000")
        // Java's default partitioner, which the runtime's own transports follow too.
        set("partitioner", to: "murmur2_random")
    }

    /// Bounds the queue by bytes. librdkafka counts no overhead, so that the number of records is bounded as well: no record
    /// counts as less than 128 bytes.
    private mutating func setQueue(bytes: Int) {
        let limit = Int(Int32.max)
        // Rounded up.
        let kilobytes = bytes / 1024 + (bytes % 1024 > 0 ? 1 : 0)
        let messages = max(bytes / 128, 1)
        set("queue.buffering.max.kbytes", to: String(min(kilobytes, limit)), subject: "KAFKA_BUFFER_MEMORY")
        set("queue.buffering.max.messages", to: String(min(messages, limit)), subject: "KAFKA_BUFFER_MEMORY")
    }

    /// Checks that OAUTHBEARER has a source of tokens: ours, or one that is built into the library.
    private func checkTokens(_ security: KafkaSecurity) throws(ConfigurationError) {
        guard security.securityProtocol.usesSASL, security.mechanism == .oauthBearer, tokenProvider == nil,
            value(of: "sasl.oauthbearer.method") != "oidc",
            value(of: "enable.sasl.oauthbearer.unsecure.jwt") != "true"
        else { return }
        let message = "OAUTHBEARER needs a token provider, or the property sasl.oauthbearer.method=oidc"
        throw ConfigurationError(problems: [.init(subject: "KAFKA_SASL_MECHANISM", message: message)])
    }

    private mutating func apply(_ options: KafkaClientOptions) throws(ConfigurationError) {
        let names = Set(options.properties.keys).union(options.secretProperties.keys)
        let problems = names.sorted().compactMap { name in
            Self.ownProperties[name].map { reason in
                ConfigurationError.Problem(subject: name, message: "can't be set: \(reason)")
            }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        tokenProvider = options.tokenProvider
        for name in names.sorted() {
            if let secret = options.secretProperties[name] {
                set(name, to: secret.reveal(), isSecret: true)
            } else if let value = options.properties[name] {
                set(name, to: value)
            }
        }
    }
}
