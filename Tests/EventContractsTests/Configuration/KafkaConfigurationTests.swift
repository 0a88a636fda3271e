import Configuration
import EventContracts
import EventContractsConfiguration
import EventContractsTesting
import Foundation
import Testing

@Suite("Configuration from the environment")
struct KafkaConfigurationTests {
    private func read(
        _ environment: [String: String] = [:], file: String? = nil, log: LogRecorder = LogRecorder()
    ) throws(ConfigurationError) -> KafkaConfiguration {
        try KafkaConfiguration(
            environment: environment, environmentFile: file.map { .optional($0) } ?? .none, service: "tda-backend",
            topics: [.notes, .marks], logger: log.logger)
    }

    private func problems(_ environment: [String: String]) -> [String] {
        do throws(ConfigurationError) {
            _ = try read(environment)
            return []
        } catch {
            return error.problems.map(\.subject)
        }
    }

    @Test("without variables, the defaults are those of the reference")
    func defaults() throws {
        let configuration = try read()
        #expect(configuration == KafkaConfiguration(service: "tda-backend"))
        #expect(configuration.bootstrapServers == ["localhost:9092"])
        #expect(configuration.schemaRegistry.urls == ["http://localhost:8081"])
        #expect(configuration.producer.clientID == "tda-backend-producer")
        #expect(configuration.producer.retries == 2_147_483_647)
        #expect(configuration.topicNames.name(of: .notes) == "test_notes")
    }

    @Test("every variable is read")
    func everything() throws {
        let configuration = try read([
            "KAFKA_BOOTSTRAP_SERVERS": "a:1, b:2,[::1]:3", "KAFKA_TOPIC_PREFIX": "p_", "KAFKA_NOTES_TOPIC": "mine",
            "SCHEMA_REGISTRY_URL": "https://registry:8081/x, http://other", "SCHEMA_REGISTRY_USERNAME": "you",
            "SCHEMA_REGISTRY_PASSWORD": "hunter2", "SCHEMA_REGISTRY_SSL_CAFILE": "/rca",
            "SCHEMA_REGISTRY_SSL_CERTFILE": "/rcert", "SCHEMA_REGISTRY_SSL_KEYFILE": "/rkey",
            "SCHEMA_REGISTRY_TIMEOUT_MS": "250", "SCHEMA_REGISTRY_RETRIES": "0", "KAFKA_SECURITY_PROTOCOL": "sasl_ssl",
            "KAFKA_SASL_MECHANISM": "scram-sha-512", "KAFKA_SASL_USERNAME": "me", "KAFKA_SASL_PASSWORD": "hunter2",
            "KAFKA_SSL_CAFILE": "/ca", "KAFKA_SSL_CERTFILE": "/cert", "KAFKA_SSL_KEYFILE": "/key",
            "KAFKA_CLIENT_ID": "c", "KAFKA_ACKS": "ALL", "KAFKA_RETRIES": "5", "KAFKA_RETRY_BACKOFF_MS": "7",
            "KAFKA_REQUEST_TIMEOUT_MS": "1000", "KAFKA_DELIVERY_TIMEOUT_MS": "5000", "KAFKA_BATCH_SIZE": "10",
            "KAFKA_LINGER_MS": "20", "KAFKA_BUFFER_MEMORY": "30", "KAFKA_MAX_REQUEST_SIZE": "40",
            "KAFKA_COMPRESSION_TYPE": "Zstd", "KAFKA_ENABLE_IDEMPOTENCE": "False",
            "KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION": "9",
        ])
        #expect(configuration.bootstrapServers == ["a:1", "b:2", "[::1]:3"])
        #expect(configuration.topicNames == TopicNames(prefix: "p_", overrides: ["notes": "mine"]))
        var registry = SchemaRegistrySettings(urls: ["https://registry:8081/x", "http://other"])
        registry.username = "you"
        registry.password = Secret("hunter2")
        registry.authoritiesFile = "/rca"
        registry.certificateFile = "/rcert"
        registry.keyFile = "/rkey"
        registry.requestTimeout = .milliseconds(250)
        registry.retries = 0
        #expect(configuration.schemaRegistry == registry)
        var security = KafkaSecurity()
        security.securityProtocol = .saslSSL
        security.mechanism = .scramSHA512
        security.username = "me"
        security.password = Secret("hunter2")
        security.authoritiesFile = "/ca"
        security.certificateFile = "/cert"
        security.keyFile = "/key"
        #expect(configuration.security == security)
        var producer = KafkaProducerSettings(clientID: "c")
        producer.retries = 5
        producer.retryBackoff = .milliseconds(7)
        producer.requestTimeout = .seconds(1)
        producer.deliveryTimeout = .seconds(5)
        producer.batchSize = 10
        producer.linger = .milliseconds(20)
        producer.bufferMemory = 30
        producer.maximumRequestSize = 40
        producer.compression = .zstd
        producer.enablesIdempotence = false
        producer.maximumInFlightRequests = 9
        #expect(configuration.producer == producer)
        let settings = ProducerConfiguration(producer)
        #expect(settings.timeout == .seconds(5))
        #expect(settings.maximumRetries == 5)
        #expect(settings.maximumRecordSize == 40)
        #expect(!"\(configuration)".contains("hunter2"))
    }

    @Test("all problems are reported at once, without secrets")
    func allProblems() throws {
        let environment = [
            "KAFKA_BOOTSTRAP_SERVERS": "nowhere", "KAFKA_MARKS_TOPIC": "no such name",
            "SCHEMA_REGISTRY_URL": "http://user:hunter2@registry", "KAFKA_SECURITY_PROTOCOL": "SASL",
            "KAFKA_SASL_PASSWORD": "hunter2", "KAFKA_SSL_CERTFILE": "/cert", "KAFKA_ACKS": "2",
            "KAFKA_RETRIES": "-1", "KAFKA_LINGER_MS": "soon", "KAFKA_COMPRESSION_TYPE": "zsdt",
            "KAFKA_ENABLE_IDEMPOTENCE": "perhaps", "KAFKA_BATCH_SIZE": "99999999999999999999",
        ]
        let error = try #require(throws: ConfigurationError.self) { try read(environment) }
        #expect(
            Set(error.problems.map(\.subject))
                == Set(environment.keys).subtracting(["KAFKA_SASL_PASSWORD", "KAFKA_SSL_CERTFILE"])
                .union(["KAFKA_SSL_KEYFILE"]))
        #expect(!error.description.contains("hunter2"))
        #expect(error.description.contains("KAFKA_ACKS: expected one of all, -1, 1, 0, found '2'"))
        #expect(
            error.description.contains(
                "KAFKA_COMPRESSION_TYPE: expected one of none, gzip, snappy, lz4, zstd, found 'zsdt'"))
        #expect(error.description.split(separator: "\n").count == error.problems.count)
    }

    @Test("problems of the file and of the environment are reported together")
    func fileProblems() throws {
        let file = try TemporaryFile("KAFKA_ACKS=2\nA B\n")
        defer { file.remove() }
        let error = #expect(throws: ConfigurationError.self) { try read(["KAFKA_RETRIES": "x"], file: file.path) }
        #expect(error?.problems.map(\.subject) == [file.path + ":2", "KAFKA_ACKS", "KAFKA_RETRIES"])
    }

    @Test("an empty variable does not replace the file's value")
    func emptyVariables() throws {
        let file = try TemporaryFile("KAFKA_LINGER_MS=7\nKAFKA_SASL_PASSWORD=' p '\nKAFKA_TOPIC_PREFIX=a_\n")
        defer { file.remove() }
        let configuration = try read(
            ["KAFKA_LINGER_MS": "", "KAFKA_SASL_PASSWORD": "", "KAFKA_TOPIC_PREFIX": ""], file: file.path)
        #expect(configuration.producer.linger == .milliseconds(7))
        #expect(configuration.security.password == Secret(" p "))
        #expect(configuration.topicNames.prefix == "")
    }

    @Test(
        "incompatible settings are problems",
        arguments: [
            (["KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT"], ["KAFKA_SASL_USERNAME", "KAFKA_SASL_PASSWORD"]),
            (["KAFKA_SECURITY_PROTOCOL": "SASL_SSL", "KAFKA_SASL_MECHANISM": "OAUTHBEARER"], []),
            (["KAFKA_SSL_KEYFILE": "/key"], ["KAFKA_SSL_CERTFILE"]),
            (["KAFKA_ACKS": "1"], ["KAFKA_ACKS"]), (["KAFKA_RETRIES": "0"], ["KAFKA_RETRIES"]),
            (
                ["KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION": "6"], ["KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION"]
            ),
            (["KAFKA_DELIVERY_TIMEOUT_MS": "30000"], ["KAFKA_DELIVERY_TIMEOUT_MS"]),
            (["KAFKA_TOPIC_PREFIX": "a b"], ["KAFKA_TOPIC_PREFIX"]),
            (["KAFKA_BOOTSTRAP_SERVERS": ","], ["KAFKA_BOOTSTRAP_SERVERS"]),
            (["KAFKA_BOOTSTRAP_SERVERS": "a b:1"], ["KAFKA_BOOTSTRAP_SERVERS"]),
            (["KAFKA_BOOTSTRAP_SERVERS": "a:+1"], ["KAFKA_BOOTSTRAP_SERVERS"]),
            (["KAFKA_NOTES_TOPIC": "x", "KAFKA_MARKS_TOPIC": "x"], ["KAFKA_MARKS_TOPIC"]),
            (["KAFKA_NOTES_TOPIC": "x.y", "KAFKA_MARKS_TOPIC": "x_y"], ["KAFKA_MARKS_TOPIC"]),
            (["KAFKA_BOOTSTRAP_SERVERS": "a:0"], ["KAFKA_BOOTSTRAP_SERVERS"]),
            (["SCHEMA_REGISTRY_USERNAME": "a"], ["SCHEMA_REGISTRY_PASSWORD"]),
            (["SCHEMA_REGISTRY_PASSWORD": "a"], ["SCHEMA_REGISTRY_USERNAME"]),
            (
                ["SCHEMA_REGISTRY_USERNAME": "a", "SCHEMA_REGISTRY_PASSWORD": "b", "SCHEMA_REGISTRY_TOKEN": "c"],
                ["SCHEMA_REGISTRY_TOKEN"]
            ),
            (["SCHEMA_REGISTRY_SSL_CERTFILE": "/c"], ["SCHEMA_REGISTRY_SSL_KEYFILE"]),
            (["SCHEMA_REGISTRY_URL": "http://a,"], ["SCHEMA_REGISTRY_URL"]),
            (["SCHEMA_REGISTRY_URL": "ftp://x"], ["SCHEMA_REGISTRY_URL"]),
            (["SCHEMA_REGISTRY_URL": "http://x?token=y"], ["SCHEMA_REGISTRY_URL"]),
            (["SCHEMA_REGISTRY_URL": "http://x:y"], ["SCHEMA_REGISTRY_URL"]),
            (["SCHEMA_REGISTRY_URL": "http://[::1]:8081/path"], []),
        ] as [([String: String], [String])])
    func crossChecks(environment: [String: String], expected: [String]) {
        #expect(problems(environment) == expected)
    }

    @Test("empty is not set, except for the prefix; names may be in lower case")
    func emptyAndCase() throws {
        let configuration = try read([
            "KAFKA_ACKS": "", "KAFKA_NOTES_TOPIC": " ", "KAFKA_TOPIC_PREFIX": "", "kafka_client_id": "lower",
            "Kafka_Retries": "3", "KAFKA_RETRIES": "4",
        ])
        #expect(configuration.topicNames.name(of: .notes) == "notes")
        #expect(configuration.producer.clientID == "lower")
        #expect(configuration.producer.retries == 4)
    }

    @Test("the environment takes precedence over the file, and the file over the defaults")
    func precedence() throws {
        let file = try TemporaryFile("KAFKA_CLIENT_ID=from-file\nKAFKA_RETRIES=7\n")
        defer { file.remove() }
        let configuration = try read(["KAFKA_RETRIES": "9"], file: file.path)
        #expect(configuration.producer.clientID == "from-file")
        #expect(configuration.producer.retries == 9)
        #expect(configuration.producer.batchSize == 65_536)
        #expect(try read(file: file.path + "-missing") == KafkaConfiguration(service: "tda-backend"))
    }

    @Test("any other provider serves as well, with numbers and booleans as such")
    func otherProvider() throws {
        let provider = InMemoryProvider(values: [
            "kafka.clientId": "c", "kafka.retries": 3, "kafka.notes.topic": "n", "kafka.enableIdempotence": false,
        ])
        let configuration = try KafkaConfiguration(ConfigReader(provider: provider), service: "s", topics: [.notes])
        #expect(configuration.producer.clientID == "c")
        #expect(configuration.producer.retries == 3)
        #expect(configuration.producer.enablesIdempotence == false)
        #expect(configuration.topicNames.name(of: .notes) == "n")
    }

    @Test(
        "a topic's variable is its key in upper case",
        arguments: [
            ("jobs", "KAFKA_JOBS_TOPIC"), ("dead-letters", "KAFKA_DEAD_LETTERS_TOPIC"),
            ("userEvents", "KAFKA_USER_EVENTS_TOPIC"), ("a.b2", "KAFKA_A_B2_TOPIC"),
        ])
    func topicVariables(key: String, variable: String) throws {
        #expect(KafkaConfiguration.variable(ofTopic: key) == variable)
        let topic = Topic(
            key: key, prefix: "", purpose: "", partitions: 1, replication: 1, config: [:], producers: [], consumers: [])
        let configuration = try KafkaConfiguration(
            environment: [variable: "found"], environmentFile: .none, service: "s", topics: [topic])
        #expect(configuration.topicNames.name(of: topic) == "found")
    }
}
