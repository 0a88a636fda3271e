import EventContracts
import EventContractsTesting
import Foundation
import Logging
import TestSupport
import Testing

@testable import KafkaTransport

/// On Apache Kafka's own server-side code for TLS and SASL.
@Suite("Kafka security", WithSecureFront(), .timeLimit(.minutes(20)))
struct KafkaSecurityTests {
    private let front: SecureFront
    private let log = LogRecorder()

    init() throws {
        front = try #require(SecureFront.current)
    }

    private static let topics = ["orders", "orders_denied", "orders_hidden"].map {
        Topic(
            key: $0, prefix: "", purpose: "", partitions: 1, replication: 1, config: ["retention.ms": "-1"],
            producers: [], consumers: [])
    }

    private func deploy() async throws {
        let admin = try TopicAdmin(KafkaConfigurationForTests.make(front.broker.address))
        try await admin.ensureTopics(Self.topics, replication: 1)
        await admin.close()
    }

    /// Starts a transport, sends one record to each topic, and ends it.
    private func send(
        _ configuration: KafkaConfiguration, options: KafkaClientOptions = KafkaClientOptions(),
        to topics: [String] = ["orders"]
    ) async throws -> [DeliveryOutcome] {
        try await deploy()
        let transport = try KafkaTransport(
            configuration, options: options, startTimeout: .seconds(20), logger: log.logger)
        let sink = RecordingSink()
        do {
            try await transport.start(TransportSession(sink: sink, topics: [:]))
        } catch {
            await transport.shutdown()
            throw error
        }
        let records = topics.enumerated().map { index, topic in
            keptRecord(UInt64(index + 1), Record(topic: topic, key: Array("k".utf8), value: Array("v".utf8)))
        }
        #expect(transport.enqueue(records) == records.count)
        await sink.waitForOutcomes(records.count)
        await transport.shutdown()
        return records.compactMap { sink.outcomes[$0.id.rawValue] }
    }

    private func delivers(
        _ configuration: KafkaConfiguration, options: KafkaClientOptions = KafkaClientOptions(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        guard case .delivered(let delivery)? = try await send(configuration, options: options).first else {
            Issue.record("not delivered", sourceLocation: sourceLocation)
            return
        }
        let records = try Kcat.read("orders", from: front.broker.address)
        #expect(
            records.contains { $0.offset == Int(delivery.offset) && $0.payload == "v" }, sourceLocation: sourceLocation)
        expectNoSecret(sourceLocation: sourceLocation)
    }

    /// Expects that a start fails at once, and returns the error in words.
    private func refusal(
        _ configuration: KafkaConfiguration, options: KafkaClientOptions = KafkaClientOptions(),
        kind: TransportError.Kind, sourceLocation: SourceLocation = #_sourceLocation
    ) async -> String {
        do {
            _ = try await send(configuration, options: options)
            Issue.record("started", sourceLocation: sourceLocation)
            return ""
        } catch {
            #expect((error as? TransportError)?.kind == kind, sourceLocation: sourceLocation)
            let words = "\(error)"
            #expect(
                !words.contains(SecureFront.password) && !words.contains("wrong-4711"), sourceLocation: sourceLocation)
            expectNoSecret(sourceLocation: sourceLocation)
            return words
        }
    }

    private func expectNoSecret(sourceLocation: SourceLocation) {
        let text = log.lines.map { "\($0)" }.joined()
        #expect(!text.contains(SecureFront.password) && !text.contains("wrong-4711"), sourceLocation: sourceLocation)
    }

    // MARK: TLS

    @Test(
        "a record arrives over TLS, with and without a client certificate",
        arguments: [SecureFront.Listener.tls, .mutual])
    func encryption(_ listener: SecureFront.Listener) async throws {
        try await delivers(front.configuration(listener))
    }

    @Test("a certificate of an unknown authority fails the start, with the setting to check")
    func wrongAuthority() async throws {
        var configuration = front.configuration(.tls)
        configuration.security.authoritiesFile = SecureFront.certificate("stranger")
        let words = await refusal(configuration, kind: .unavailable)
        #expect(words.contains("the broker's certificate is not trusted"))
        #expect(words.contains("KAFKA_SSL_CAFILE"))
    }

    @Test("a certificate for another host fails the start")
    func wrongHost() async throws {
        var configuration = front.configuration(.tls)
        configuration.bootstrapServers = configuration.bootstrapServers.map {
            $0.replacing("localhost", with: "127.0.0.1")
        }
        let words = await refusal(configuration, kind: .unavailable)
        #expect(words.contains("the certificate names the host in KAFKA_BOOTSTRAP_SERVERS"))
    }

    @Test(
        "a missing or untrusted client certificate is an error with a description", arguments: [false, true])
    func clientCertificate(isThere: Bool) async throws {
        var configuration = front.configuration(.mutual)
        configuration.security.certificateFile = isThere ? SecureFront.certificate("impostor") : nil
        configuration.security.keyFile = isThere ? SecureFront.key("impostor") : nil
        let words = await refusal(configuration, kind: .notAuthorized)
        #expect(words.contains("the broker refused the client's certificate"))
        #expect(words.contains("KAFKA_SSL_CERTFILE"))
    }

    // MARK: SASL

    @Test("a record arrives with PLAIN, with and without TLS", arguments: [SecureFront.Listener.sasl, .secure])
    func plain(_ listener: SecureFront.Listener) async throws {
        try await delivers(front.configuration(listener))
    }

    @Test(
        "a wrong password and an unknown user fail the start",
        arguments: [("shop", "wrong-4711"), ("nobody", "wrong-4711")])
    func wrongCredentials(user: String, password: String) async throws {
        var configuration = front.configuration(.secure)
        configuration.security.username = user
        configuration.security.password = Secret(password)
        let words = await refusal(configuration, kind: .notAuthorized)
        #expect(words.contains("Invalid username or password"))
    }

    @Test(
        "SCRAM works with a capable library; otherwise a warning and the error state the reason",
        arguments: [KafkaSecurity.Mechanism.scramSHA256, .scramSHA512])
    func scram(_ mechanism: KafkaSecurity.Mechanism) async throws {
        var configuration = front.configuration(.secure)
        configuration.security.mechanism = mechanism
        guard KafkaLibrary.current.sendsNonceTwice else {
            try await delivers(configuration)
            configuration.security.password = Secret("wrong-4711")
            #expect(await refusal(configuration, kind: .notAuthorized).contains("refused the credentials"))
            #expect(log.lines.allSatisfy { !$0.message.contains("nonce") })
            return
        }
        let words = await refusal(configuration, kind: .notAuthorized)
        #expect(words.contains("sends a SCRAM client's nonce twice, which brokers refuse since Kafka 4.0"))
        #expect(words.contains("install librdkafka 2.6.1 or newer"))
        let first = try #require(log.lines.first)
        #expect(first.level == .warning && first.message.contains("install librdkafka 2.6.1 or newer"))
    }

    // MARK: OAUTHBEARER

    /// A token without a signature, as the front takes it. It lives longer than it tells the client, which a slow machine needs.
    private static func token(lifetime: Duration) -> KafkaToken {
        let now = Int(Date().timeIntervalSince1970)
        let parts = [#"{"alg":"none"}"#, #"{"sub":"shop","iat":\#(now - 1),"exp":\#(now + 600)}"#].map {
            Data($0.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
                "=", with: "")
        }
        return KafkaToken(
            value: Secret(parts.joined(separator: ".") + "."), lifetime: lifetime, principal: "shop")
    }

    private func bearer() -> KafkaConfiguration {
        var configuration = front.configuration(.secure)
        configuration.security.mechanism = .oauthBearer
        configuration.security.username = nil
        configuration.security.password = nil
        return configuration
    }

    @Test("a record arrives with a token of the provider, which is asked again before the token expires")
    func token() async throws {
        let (calls, continuation) = AsyncStream.makeStream(of: Void.self)
        var options = KafkaClientOptions()
        options.tokenProvider = {
            continuation.yield()
            return Self.token(lifetime: .seconds(2))
        }
        let transport = try KafkaTransport(bearer(), options: options, logger: log.logger)
        try await deploy()
        let sink = RecordingSink()
        try await transport.start(TransportSession(sink: sink, topics: [:]))
        var iterator = calls.makeAsyncIterator()
        await iterator.next()
        let record = Record(topic: "orders", value: Array("v".utf8))
        #expect(transport.enqueue([keptRecord(1, record)]) == 1)
        await sink.waitForOutcomes(1)
        await iterator.next()
        await transport.shutdown()
        guard case .delivered? = sink.outcomes[1] else { return _ = Issue.record("not delivered") }
        #expect(log.lines.allSatisfy { !"\($0)".contains("eyJ") })
    }

    @Test("a token that the broker rejects fails the start, and no text contains it")
    func wrongToken() async throws {
        var options = KafkaClientOptions()
        options.tokenProvider = {
            KafkaToken(value: Secret("eyJ.wrong.4711"), lifetime: .seconds(600), principal: "shop")
        }
        let words = await refusal(bearer(), options: options, kind: .notAuthorized)
        #expect(!words.contains("eyJ.wrong.4711"))
        #expect(log.lines.allSatisfy { !"\($0)".contains("eyJ.wrong.4711") })
    }

    // MARK: Administration

    @Test("an administrator learns at once why the brokers refuse it, and a health report has the reason")
    func administration() async throws {
        var password = front.configuration(.secure)
        password.security.password = Secret("wrong-4711")
        var authority = front.configuration(.tls)
        authority.security.authoritiesFile = SecureFront.certificate("stranger")
        var certificate = front.configuration(.mutual)
        certificate.security.certificateFile = nil
        certificate.security.keyFile = nil
        let cases: [(KafkaConfiguration, KafkaError.Kind)] = [
            (password, .authentication), (authority, .encryption), (certificate, .authorization),
        ]
        for (configuration, kind) in cases {
            let admin = try TopicAdmin(configuration, timeout: .seconds(600), logger: log.logger)
            let error = await #expect(throws: KafkaError.self) { try await admin.plan(Self.topics, replication: 1) }
            #expect(error?.kind == kind, "\(String(describing: error))")
            let health = await admin.health(Self.topics, deadline: .seconds(600))
            #expect(health.failure?.kind == kind, "\(health)")
            await admin.close()
        }
        #expect(log.lines.allSatisfy { !"\($0)".contains("wrong-4711") })
    }

    @Test(
        "a connection by another protocol than the listener's has the setting in its error",
        arguments: [SecureFront.Listener.tls, .sasl])
    func wrongProtocol(_ listener: SecureFront.Listener) async throws {
        var configuration = front.configuration(listener)
        configuration.security = KafkaSecurity()
        let admin = try TopicAdmin(configuration, timeout: .seconds(2), logger: log.logger)
        let error = await #expect(throws: KafkaError.self) { try await admin.plan(Self.topics, replication: 1) }
        #expect(error?.description.contains("KAFKA_SECURITY_PROTOCOL") == true)
        await admin.close()
    }

    @Test("a topic that the client may not see is an error of a plan, not one without partitions")
    func hiddenTopic() async throws {
        try await deploy()
        let admin = try TopicAdmin(front.configuration(.secure), logger: log.logger)
        let error = await #expect(throws: KafkaError.self) { try await admin.plan(Self.topics, replication: 1) }
        #expect(error?.kind == .authorization && error?.message.contains("'orders_hidden'") == true)
        await admin.close()
    }

    // MARK: Authorization

    @Test("records to a topic that nobody may write to or see fail, and those to others arrive")
    func deniedTopic() async throws {
        let outcomes = try await send(
            front.configuration(.secure), to: ["orders_denied", "orders", "orders_hidden"])
        guard outcomes.count == 3, case .failed(let denied) = outcomes[0], case .delivered = outcomes[1],
            case .failed(let hidden) = outcomes[2]
        else { return _ = Issue.record("\(outcomes)") }
        #expect(denied.kind == .notAuthorized && denied.message.contains("orders_denied"))
        #expect(hidden.kind == .notAuthorized && hidden.message.contains("orders_hidden"))
    }
}
