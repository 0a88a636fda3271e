/// The environment variables that every contract has. The reader, the command `event-contracts environment` and the
/// documentation take names, values, ranges and defaults from here.
package enum KafkaVariable: String, Hashable, Sendable, CaseIterable {
    case bootstrapServers = "KAFKA_BOOTSTRAP_SERVERS"
    case schemaRegistryURL = "SCHEMA_REGISTRY_URL"

    case topicPrefix = "KAFKA_TOPIC_PREFIX"

    case securityProtocol = "KAFKA_SECURITY_PROTOCOL"
    case mechanism = "KAFKA_SASL_MECHANISM"
    case username = "KAFKA_SASL_USERNAME"
    case password = "KAFKA_SASL_PASSWORD"
    case authoritiesFile = "KAFKA_SSL_CAFILE"
    case certificateFile = "KAFKA_SSL_CERTFILE"
    case keyFile = "KAFKA_SSL_KEYFILE"

    case registryUsername = "SCHEMA_REGISTRY_USERNAME"
    case registryPassword = "SCHEMA_REGISTRY_PASSWORD"
    case registryToken = "SCHEMA_REGISTRY_TOKEN"
    case registryAuthoritiesFile = "SCHEMA_REGISTRY_SSL_CAFILE"
    case registryCertificateFile = "SCHEMA_REGISTRY_SSL_CERTFILE"
    case registryKeyFile = "SCHEMA_REGISTRY_SSL_KEYFILE"
    case registryTimeout = "SCHEMA_REGISTRY_TIMEOUT_MS"
    case registryRetries = "SCHEMA_REGISTRY_RETRIES"

    case clientID = "KAFKA_CLIENT_ID"
    case acknowledgements = "KAFKA_ACKS"
    case retries = "KAFKA_RETRIES"
    case retryBackoff = "KAFKA_RETRY_BACKOFF_MS"
    case requestTimeout = "KAFKA_REQUEST_TIMEOUT_MS"
    case deliveryTimeout = "KAFKA_DELIVERY_TIMEOUT_MS"
    case batchSize = "KAFKA_BATCH_SIZE"
    case linger = "KAFKA_LINGER_MS"
    case bufferMemory = "KAFKA_BUFFER_MEMORY"
    case maximumRequestSize = "KAFKA_MAX_REQUEST_SIZE"
    case compression = "KAFKA_COMPRESSION_TYPE"
    case idempotence = "KAFKA_ENABLE_IDEMPOTENCE"
    case maximumInFlightRequests = "KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION"

    /// The ranges are those of Kafka's own clients.
    package var description: EnvironmentVariable {
        let security = KafkaSecurity()
        let producer = KafkaProducerSettings(clientID: "")
        let registry = SchemaRegistrySettings()
        let most = Int(Int32.max)
        return switch self {
        case .bootstrapServers:
            variable(
                .connection, "Brokers to connect to first", .text("host:port, or several separated by commas"),
                default: KafkaAddresses.broker)
        case .schemaRegistryURL:
            variable(
                .registry, "Schema registry, without user info and query",
                .text("http or https URL, or several of one registry separated by commas"),
                default: KafkaAddresses.schemaRegistry)
        case .topicPrefix:
            variable(.topics, "Prefix of topic names, in place of the contract's; may be empty", .text("prefix"))
        case .securityProtocol:
            words(.security, "Encryption and authentication of connections", default: security.securityProtocol)
        case .mechanism:
            words(.security, "SASL mechanism, for `SASL_PLAINTEXT` and `SASL_SSL`", default: security.mechanism)
        case .username: variable(.security, "SASL user name", .text("user name"))
        case .password: variable(.security, "SASL password; never shown", .secret)
        case .authoritiesFile: variable(.security, "Certificate authorities to trust", .text("path of a PEM file"))
        case .certificateFile: variable(.security, "Client certificate", .text("path of a PEM file"))
        case .keyFile: variable(.security, "Private key of the client certificate", .text("path of a PEM file"))
        case .registryUsername: variable(.registry, "User name of basic authentication", .text("user name"))
        case .registryPassword: variable(.registry, "Password of basic authentication; never shown", .secret)
        case .registryToken:
            variable(.registry, "Bearer token, in place of user name and password; never shown", .secret)
        case .registryAuthoritiesFile:
            variable(.registry, "Certificate authorities to trust", .text("path of a PEM file"))
        case .registryCertificateFile: variable(.registry, "Client certificate", .text("path of a PEM file"))
        case .registryKeyFile:
            variable(.registry, "Private key of the client certificate", .text("path of a PEM file"))
        case .registryTimeout:
            duration("Timeout of a request to one URL", 1...most, default: registry.requestTimeout, .registry)
        case .registryRetries:
            number(
                "Retries of a request after a connection error or a server error", 0...100, default: registry.retries,
                .registry)
        case .clientID: variable(.producing, "Client id in the brokers' logs and quotas", .text("name"))
        case .acknowledgements:
            variable(
                .producing, "Replicas that must have a record before it counts as delivered",
                .words(KafkaProducerSettings.Acknowledgements.words.map(\.word)),
                default: producer.acknowledgements.rawValue)
        case .retries: number("Retries of a record", 0...most, default: producer.retries)
        case .retryBackoff: duration("Wait before the first retry", 0...most, default: producer.retryBackoff)
        case .requestTimeout:
            duration("Timeout of a broker's answer to one request", 1...most, default: producer.requestTimeout)
        case .deliveryTimeout:
            duration("Timeout of a delivery, including retries", 1...most, default: producer.deliveryTimeout)
        case .batchSize: number("Largest batch of records", 1...most, .bytes, default: producer.batchSize)
        case .linger: duration("Longest wait for a batch to fill", 0...900_000, default: producer.linger)
        case .bufferMemory:
            number("Memory for records that wait to be sent", 1...Int.max, .bytes, default: producer.bufferMemory)
        case .maximumRequestSize:
            number("Largest request", 1...most, .bytes, default: producer.maximumRequestSize)
        case .compression: words(.producing, "Compression of batches", default: producer.compression)
        case .idempotence:
            variable(
                .producing, "Brokers drop the duplicates of retries and keep the order", .boolean,
                default: String(producer.enablesIdempotence))
        case .maximumInFlightRequests:
            number(
                "Requests in flight on one connection; at most 5 with idempotence", 1...1_000_000,
                default: producer.maximumInFlightRequests)
        }
    }

    private func words<Value: RawRepresentable<String> & CaseIterable>(
        _ section: EnvironmentVariable.Section, _ purpose: String, default value: Value
    ) -> EnvironmentVariable {
        variable(section, purpose, .words(Value.allCases.map(\.rawValue)), default: value.rawValue)
    }

    private func number(
        _ purpose: String, _ range: ClosedRange<Int>, _ unit: EnvironmentVariable.Values.Unit = .count,
        default value: Int, _ section: EnvironmentVariable.Section = .producing
    ) -> EnvironmentVariable {
        variable(section, purpose, .number(range, unit: unit), default: String(value))
    }

    private func duration(
        _ purpose: String, _ range: ClosedRange<Int>, default value: Duration,
        _ section: EnvironmentVariable.Section = .producing
    ) -> EnvironmentVariable {
        variable(
            section, purpose, .number(range, unit: .milliseconds), default: String(Int(value / .milliseconds(1))))
    }

    private func variable(
        _ section: EnvironmentVariable.Section, _ purpose: String, _ values: EnvironmentVariable.Values,
        default defaultValue: String? = nil
    ) -> EnvironmentVariable {
        EnvironmentVariable(
            name: rawValue, section: section, purpose: purpose, values: values, defaultValue: defaultValue)
    }
}

/// The addresses of a cluster on this machine.
package enum KafkaAddresses {
    package static let broker = "localhost:9092"
    package static let schemaRegistry = "http://localhost:8081"
}
