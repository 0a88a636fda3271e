import Configuration
import EventContracts
import EventContractsConfiguration
import Foundation
import TDAContracts
import Testing

@Suite struct ConfigurationTests {
    private func configuration(
        _ environment: [String: String], file: String? = nil
    ) throws(ConfigurationError) -> KafkaConfiguration {
        guard let file else {
            return try KafkaConfiguration(topics: TDA.topics, environmentFile: nil, environment: environment)
        }
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try? Data(file.utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try KafkaConfiguration(topics: TDA.topics, environmentFile: path, environment: environment)
    }

    private func problems(_ environment: [String: String], file: String? = nil) -> [String] {
        do {
            _ = try configuration(environment, file: file)
            return []
        } catch {
            return error.problems.map { "\($0.name.split(separator: "/").last ?? ""): \($0.message)" }
        }
    }

    @Test("an empty environment gives the defaults")
    func defaults() throws {
        #expect(try configuration([:]) == KafkaConfiguration())
        #expect(
            try KafkaConfiguration(topics: TDA.topics, environmentFile: "/nonexistent/.env", environment: [:])
                == KafkaConfiguration())
    }

    @Test("every variable of the reference is read")
    func everyVariable() throws {
        let configuration = try configuration([
            "KAFKA_BOOTSTRAP_SERVERS": "kafka1:9092, kafka2:9093", "KAFKA_CLIENT_ID": "c", "KAFKA_TOPIC_PREFIX": "x_",
            "KAFKA_JOBS_TOPIC": "jobs!".replacing("!", with: ""), "KAFKA_RESULTS_TOPIC": "r", "KAFKA_EVENTS_TOPIC": "e",
            "SCHEMA_REGISTRY_URL": "https://registry:8081", "KAFKA_SECURITY_PROTOCOL": "sasl_ssl",
            "KAFKA_SASL_MECHANISM": "SCRAM-SHA-512", "KAFKA_SASL_USERNAME": "u", "KAFKA_SASL_PASSWORD": "p",
            "KAFKA_SSL_CAFILE": "ca", "KAFKA_SSL_CERTFILE": "cert", "KAFKA_SSL_KEYFILE": "key", "KAFKA_ACKS": "all",
            "KAFKA_RETRIES": "3", "KAFKA_RETRY_BACKOFF_MS": "50", "KAFKA_REQUEST_TIMEOUT_MS": "1000",
            "KAFKA_DELIVERY_TIMEOUT_MS": "5000", "KAFKA_BATCH_SIZE": "1", "KAFKA_LINGER_MS": "0",
            "KAFKA_BUFFER_MEMORY": "2", "KAFKA_MAX_REQUEST_SIZE": "4", "KAFKA_COMPRESSION_TYPE": "ZSTD",
            "KAFKA_ENABLE_IDEMPOTENCE": "no", "KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION": "9",
        ])
        var expected = KafkaConfiguration()
        expected.bootstrapServers = ["kafka1:9092", "kafka2:9093"]
        expected.clientID = "c"
        expected.topicNames = TopicNames(prefix: "x_", names: ["jobs": "jobs", "results": "r", "events": "e"])
        expected.schemaRegistryURL = "https://registry:8081"
        expected.securityProtocol = .saslSSL
        expected.saslMechanism = .scramSHA512
        expected.saslUsername = "u"
        expected.saslPassword = Secret("p")
        expected.sslCAFile = "ca"
        expected.sslCertificateFile = "cert"
        expected.sslKeyFile = "key"
        expected.retries = 3
        expected.retryBackoff = .milliseconds(50)
        expected.requestTimeout = .seconds(1)
        expected.deliveryTimeout = .seconds(5)
        expected.batchSize = 1
        expected.linger = .zero
        expected.bufferMemory = 2
        expected.maximumRequestSize = 4
        expected.compression = .zstd
        expected.isIdempotent = false
        expected.maximumInFlightRequests = 9
        #expect(configuration == expected)
        #expect(configuration.topicNames.name(of: .tdaMonitoring) == "x_monitoring")
        #expect(configuration.producer.retries == 3 && configuration.producer.deliveryTimeout == .seconds(5))
    }

    @Test("the environment wins over the file, and the file over the defaults; names match in either case")
    func precedence() throws {
        let file = """
            # a comment
            export KAFKA_CLIENT_ID="from file" # not this
            kafka_acks = '1'
            KAFKA_ENABLE_IDEMPOTENCE=false # nor this

            KAFKA_LINGER_MS=7
            KAFKA_SASL_PASSWORD="p\\"a\\\\s's" # quoted
            """
        let configuration = try configuration(["Kafka_Linger_Ms": "9"], file: file)
        #expect(configuration.clientID == "from file")
        #expect(configuration.acknowledgements == .leader)
        #expect(configuration.linger == .milliseconds(9))
        #expect(configuration.saslPassword?.reveal == "p\"a\\s's")
    }

    @Test("everything that is wrong is said at once, and no secret is")
    func problemsAtOnce() {
        let environment = [
            "KAFKA_BOOTSTRAP_SERVERS": "kafka1", "KAFKA_SECURITY_PROTOCOL": "TLS", "KAFKA_RETRIES": "many",
            "KAFKA_JOBS_TOPIC": "a b", "SCHEMA_REGISTRY_URL": "registry", "KAFKA_SSL_KEYFILE": "k",
            "KAFKA_ENABLE_IDEMPOTENCE": "maybe", "KAFKA_SASL_PASSWORD": "hunter2",
        ]
        #expect(
            problems(environment) == [
                "KAFKA_BOOTSTRAP_SERVERS: expected HOST:PORT, with commas between several",
                "KAFKA_JOBS_TOPIC: expected a name of letters, digits, '.', '_' and '-', at most 249 long",
                "SCHEMA_REGISTRY_URL: expected a URL that starts with http:// or https://",
                "KAFKA_SECURITY_PROTOCOL: expected one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL, found 'TLS'",
                "KAFKA_SSL_CERTFILE: expected a path: a certificate and its key go together",
                "KAFKA_RETRIES: expected a whole number from 0 to 2147483647, found 'many'",
                "KAFKA_ENABLE_IDEMPOTENCE: expected true or false, found 'maybe'",
            ])
    }

    @Test("settings that do not go together are refused")
    func togetherness() {
        #expect(
            problems(["KAFKA_SECURITY_PROTOCOL": "SASL_SSL"]).map { $0.prefix { $0 != ":" } } == [
                "KAFKA_SASL_USERNAME", "KAFKA_SASL_PASSWORD",
            ])
        #expect(problems(["KAFKA_SECURITY_PROTOCOL": "SASL_SSL", "KAFKA_SASL_MECHANISM": "OAUTHBEARER"]).isEmpty)
        #expect(problems(["KAFKA_ACKS": "1"]) == ["KAFKA_ACKS: expected all, with KAFKA_ENABLE_IDEMPOTENCE"])
        #expect(problems(["KAFKA_DELIVERY_TIMEOUT_MS": "10"]).count == 1)
    }

    @Test("a secret shows itself nowhere")
    func secrets() throws {
        let configuration = try configuration(["KAFKA_SASL_PASSWORD": "hunter2"])
        #expect(configuration.saslPassword?.reveal == "hunter2")
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("<redacted>") || text == dumped)
        }
    }

    @Test(
        "a broken .env file is told by its lines, and its content is not",
        arguments: [
            ("KAFKA_SASL_PASSWORD hunter2\nA=1", 1, "expected NAME=value"),
            ("A=1\nB=\"hunter2", 2, "the quotes do not enclose the value"),
            ("A=\"hunter2\"x", 1, "the quotes do not enclose the value"), ("=hunter2", 1, "expected NAME=value"),
            ("9A=hunter2", 1, "expected NAME=value"),
        ])
    func brokenFile(text: String, line: Int, message: String) {
        let problems = problems([:], file: text)
        #expect(problems.count == 1)
        #expect(problems.first?.hasSuffix(":\(line): \(message)") == true)
        #expect(problems.first?.contains("hunter2") == false)
    }

    @Test(
        "a .env file that is no text, or no file, is an error",
        arguments: [[0xFF, 0xFE], [0x41, 0x3D, 0x00]] as [[UInt8]])
    func unreadableFile(bytes: [UInt8]) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        for file in [path, FileManager.default.temporaryDirectory.path, "/dev/null/x/.."] {
            do {
                _ = try KafkaConfiguration(topics: [], environmentFile: file, environment: [:])
                #expect(file.hasSuffix(".."))
            } catch {
                #expect(error.problems.count == 1)
            }
        }
    }

    @Test("a reader of swift-configuration serves as well")
    func reader() throws {
        let reader = ConfigReader(
            provider: EnvironmentVariablesProvider(environmentVariables: ["KAFKA_LINGER_MS": "3"]))
        #expect(try KafkaConfiguration(reading: reader, topics: TDA.topics).linger == .milliseconds(3))
    }
}
