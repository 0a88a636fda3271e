import EventContracts
import Foundation
import Testing

@testable import KafkaTransport

@Suite("Kafka properties")
struct KafkaPropertyTests {
    private func problems(
        _ change: (inout KafkaConfiguration, inout KafkaClientOptions) -> Void
    ) -> [String] {
        var configuration = KafkaConfiguration(service: "shop")
        var options = KafkaClientOptions()
        change(&configuration, &options)
        do throws(ConfigurationError) {
            let client = try KafkaClient(
                ClientProperties(producingTo: configuration, options: options), handler: SilentHandler())
            Task { await client.close() }
            return []
        } catch {
            return error.problems.map { "\($0.subject): \($0.message)" }
        }
    }

    private func properties(_ configuration: KafkaConfiguration) throws -> [String: String] {
        let properties = try ClientProperties(producingTo: configuration).makeConfiguration()
        return ConfigurationDump.values(consuming: properties)
    }

    @Test("the library lists its properties")
    func catalog() throws {
        let properties = PropertyCatalog.current.properties
        #expect(properties["linger.ms"] == .init(isForConsumers: false, range: "0 .. 900000", isFunction: false))
        #expect(properties["auto.offset.reset"]?.isForConsumers == true)
        #expect(properties["dr_msg_cb"]?.isFunction == true)
        #expect(PropertyCatalog.current.producerNames.contains("compression.type"))
        #expect(!PropertyCatalog.current.producerNames.contains("dr_cb"))
    }

    @Test("the default is the reference's reliable producer")
    func reliable() throws {
        let values = try properties(KafkaConfiguration(service: "shop"))
        let expected = [
            "metadata.broker.list": "localhost:9092", "client.id": "shop-producer", "request.required.acks": "-1",
            "enable.idempotence": "true", "message.send.max.retries": "2147483647", "retry.backoff.ms": "100",
            "request.timeout.ms": "30000", "message.timeout.ms": "120000", "batch.size": "65536",
            "queue.buffering.max.ms": "10", "queue.buffering.max.kbytes": "32768", "message.max.bytes": "1048576",
            "max.in.flight.requests.per.connection": "5", "partitioner": "murmur2_random",
            "security.protocol": "plaintext", "log.queue": "true",
        ]
        for (name, value) in expected { #expect(values[name] == value, "\(name)") }
        #expect([values["compression.codec"], values["compression.type"]].contains("lz4"))
    }

    @Test("the reference's performance profile has a name")
    func performance() throws {
        var configuration = KafkaConfiguration(service: "shop")
        configuration.producer = .performance(clientID: "shop")
        let values = try properties(configuration)
        #expect(values["queue.buffering.max.kbytes"] == "65536")
        #expect(values["request.required.acks"] == "-1")
        #expect(values["enable.idempotence"] == "true")
    }

    @Test("all of the security settings arrive")
    func security() throws {
        var configuration = KafkaConfiguration(service: "shop")
        configuration.security.securityProtocol = .saslSSL
        configuration.security.mechanism = .scramSHA512
        configuration.security.username = "ada"
        configuration.security.password = Secret("hunter2-hunter2")
        configuration.security.authoritiesFile = "/ca.pem"
        configuration.security.certificateFile = "/client.pem"
        configuration.security.keyFile = "/client.key"
        let values = try properties(configuration)
        let expected = [
            "security.protocol": "sasl_ssl", "sasl.mechanisms": "SCRAM-SHA-512", "sasl.username": "ada",
            "ssl.ca.location": "/ca.pem", "ssl.certificate.location": "/client.pem",
            "ssl.key.location": "/client.key", "ssl.endpoint.identification.algorithm": "https",
        ]
        for (name, value) in expected { #expect(values[name] == value, "\(name)") }
    }

    @Test("numbers of any size are values or errors, up to the greatest")
    func extremes() throws {
        for bytes in [1, 1023, 1024, 1025, .max] {
            var configuration = KafkaConfiguration(service: "shop")
            configuration.producer.bufferMemory = bytes
            let values = try properties(configuration)
            let kilobytes = min((Double(bytes) / 1024).rounded(.up), Double(Int32.max))
            #expect(values["queue.buffering.max.kbytes"] == String(Int(kilobytes)))
        }
        let found = problems { configuration, _ in
            configuration.producer.requestTimeout = .seconds(Int64.max)
            configuration.producer.bufferMemory = .min
        }
        #expect(
            found == [
                "KAFKA_REQUEST_TIMEOUT_MS: expected 1 .. 900000, found '9223372036854775807'",
                "KAFKA_BUFFER_MEMORY: expected 1 .. 2147483647, found '-9007199254740992'",
            ])
    }

    @Test("an unknown property is an error with a suggestion")
    func unknownName() {
        let found = problems { $1.properties = ["linger.mss": "5", "acks ": "all"] }
        let version = KafkaLibrary.current.version
        #expect(
            found == [
                "acks : librdkafka \(version) has no property 'acks '; did you mean 'acks'?",
                "linger.mss: librdkafka \(version) has no property 'linger.mss'; did you mean 'linger.ms'?",
            ])
    }

    @Test("an invalid value is an error with its range, at the setting that it came from")
    func invalidValue() {
        #expect(
            problems { configuration, options in
                configuration.producer.retryBackoff = .seconds(400)
                options.properties = ["partitioner": "murmur2_randm", "queue.buffering.backpressure.threshold": "x"]
            } == [
                "KAFKA_RETRY_BACKOFF_MS: expected 1 .. 300000, found '400000'",
                "partitioner: invalid value, found 'murmur2_randm'",
                "queue.buffering.backpressure.threshold: expected 1 .. 1000000, found 'x'",
            ])
        #expect(
            problems { $1.properties = ["compression.codec": "lz5"] } == [
                "compression.codec: expected none, gzip, snappy, lz4, zstd, inherit, found 'lz5'; did you mean 'lz4'?"
            ])
    }

    @Test("a property that the transport depends on can't be set")
    func ownProperties() {
        #expect(
            problems { $1.properties = ["transactional.id": "x"] } == [
                "transactional.id: can't be set: transactions are not supported"
            ])
    }

    @Test("settings that exclude each other are an error before connecting")
    func conflict() throws {
        let found = problems { $1.properties = ["acks": "1"] }
        #expect(found.count == 1)
        #expect(found.first?.contains("enable.idempotence") == true)
    }

    @Test("a file that does not exist is an error before connecting, at the setting that names it")
    func missingFile() throws {
        let found = problems { configuration, options in
            configuration.security.securityProtocol = .ssl
            configuration.security.authoritiesFile = "/no/such/ca.pem"
            options.properties["ssl.key.location"] = "/no/such/client.key"
        }
        #expect(
            found == [
                "KAFKA_SSL_CAFILE: the file can't be read (ssl.ca.location): No such file or directory",
                "ssl.key.location: the file can't be read: No such file or directory",
            ])
    }

    @Test("no error shows a secret")
    func secrets() {
        let secret = "s3cr3t-0f-ada"
        let found = problems { configuration, options in
            configuration.security.securityProtocol = .ssl
            options.properties["ssl.key.pem"] = secret
            options.secretProperties["sasl.oauthbearer.config"] = Secret(secret)
            options.secretProperties["linger.ms"] = Secret(secret)
            options.properties["ssl.keystore.location"] = "/no/such/\(secret.dropLast(3))"
        }
        #expect(found == ["linger.ms: expected 0 .. 900000"])
        let refused = problems { configuration, options in
            configuration.security.securityProtocol = .ssl
            options.properties["ssl.key.pem"] = secret
        }
        #expect(refused.count == 1)
        #expect(!refused.joined().contains(secret))
    }

    @Test("the whole of each secret is redacted, also where one is a part of another or the library cuts it off")
    func redaction() {
        var properties = ClientProperties()
        properties.set("sasl.password", to: "hunter2")
        properties.set("ssl.key.password", to: "hunter2-of-the-key")
        properties.set(
            "ssl.key.pem", to: "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\nByqGSM49AgEG\n-----END PRIVATE KEY-----")
        #expect(properties.redact("hunter2-of-the-key, hunter2.") == "<redacted>, <redacted>.")
        #expect(
            properties.redact("ssl.key.pem = -----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\nByqGSM49A")
                == "ssl.key.pem = -----BEGIN PRIVATE KEY-----\n<redacted>\nByqGSM49A")
    }

    @Test("a later alias of a property takes precedence")
    func alias() throws {
        var options = KafkaClientOptions()
        options.properties = ["compression.codec": "gzip", "queue.buffering.max.ms": "3"]
        let properties = try ClientProperties(
            producingTo: KafkaConfiguration(service: "shop"), options: options)
        let values = ConfigurationDump.values(consuming: try properties.makeConfiguration())
        #expect(values["queue.buffering.max.ms"] == "3")
        #expect([values["compression.codec"], values["compression.type"]].contains("gzip"))
    }
}
