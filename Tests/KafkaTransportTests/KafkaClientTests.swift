import CRdKafka
import EventContracts
import Logging
import TestSupport
import Testing

@testable import KafkaTransport

@Suite("Kafka client")
struct KafkaClientTests {
    private func client(
        _ address: String, options: KafkaClientOptions = KafkaClientOptions(),
        handler: any KafkaEventHandler = SilentHandler()
    ) throws -> KafkaClient {
        var configuration = KafkaConfiguration(service: "shop")
        configuration.bootstrapServers = [address]
        return try KafkaClient(ClientProperties(producingTo: configuration, options: options), handler: handler)
    }

    @Test("a client finds the brokers, the controller and the topics of a cluster")
    func metadata() async throws {
        let broker = try Broker()
        let client = try client(broker.address)
        let metadata = try await client.metadata(of: [], timeout: .seconds(10))
        #expect(metadata.brokers.map(\.address) == [broker.address])
        #expect(metadata.controller == metadata.brokers.first?.id)
        #expect(metadata.clusterID != nil)
        #expect(metadata.failures.isEmpty)
        await client.close()
    }

    @Test("a client without a broker has an error and events with the reason")
    func unreachable() async throws {
        let broker = try Broker()
        broker.kill()
        let handler = RecordingHandler()
        let client = try client(broker.address, handler: handler)
        await #expect {
            try await client.metadata(of: [], timeout: .milliseconds(200))
        } throws: { error in
            (error as? KafkaError)?.kind == .unreachable || (error as? KafkaError)?.kind == .timedOut
        }
        for await event in handler.events {
            guard case .failure(let error) = event else { continue }
            #expect(error.kind == .unreachable)
            #expect(error.advice.contains("KAFKA_BOOTSTRAP_SERVERS"))
            break
        }
        await client.close()
    }

    @Test("closing ends a client at any time, and requests fail from then on")
    func closing() async throws {
        let broker = try Broker()
        for _ in 0..<20 {
            let client = try client(broker.address)
            await client.close()
            await client.close()
            await #expect(throws: KafkaError.self) { try await client.metadata(of: [], timeout: .seconds(1)) }
        }
    }

    @Test("statistics and log lines are events")
    func events() async throws {
        let broker = try Broker()
        let handler = RecordingHandler()
        var options = KafkaClientOptions()
        options.properties = ["statistics.interval.ms": "10", "debug": "broker"]
        let client = try client(broker.address, options: options, handler: handler)
        var (hasStatistics, hasLog) = (false, false)
        for await event in handler.events {
            switch event {
            case .statistics(let text): hasStatistics = hasStatistics || text.contains("\"shop-producer\"")
            case .log(let entry): hasLog = hasLog || entry.level == .debug && !entry.facility.isEmpty
            case .failure: break
            }
            if hasStatistics, hasLog { break }
        }
        await client.close()
    }

    private struct Refused: Error {}

    private static var withTokens: KafkaConfiguration {
        var configuration = KafkaConfiguration(service: "shop")
        configuration.security.securityProtocol = .saslPlaintext
        configuration.security.mechanism = .oauthBearer
        return configuration
    }

    @Test("tokens are requested from the provider at the start and before they expire, and no event contains one")
    func tokens() async throws {
        let secret = "s3cr3t-0f-the-token"
        let (calls, continuation) = AsyncStream<Void>.makeStream()
        let handler = RecordingHandler()
        var configuration = Self.withTokens
        configuration.bootstrapServers = ["127.0.0.1:1"]
        var options = KafkaClientOptions()
        options.properties = ["debug": "all"]
        options.tokenProvider = {
            continuation.yield()
            return KafkaToken(
                value: Secret(secret), lifetime: .seconds(2), principal: "shop", extensions: ["scope": "write"])
        }
        let client = try KafkaClient(ClientProperties(producingTo: configuration, options: options), handler: handler)
        var count = 0
        for await _ in calls {
            count += 1
            if count == 2 { break }
        }
        await client.close()
        handler.end()
        for await event in handler.events { #expect(!"\(event)".contains(secret)) }
    }

    @Test(
        "a token of any lifetime is accepted, and one that is over is an error", arguments: [Int64.max, 600, 0, .min])
    func lifetimes(seconds: Int64) async throws {
        let handler = RecordingHandler()
        var configuration = Self.withTokens
        configuration.bootstrapServers = ["127.0.0.1:1"]
        var options = KafkaClientOptions()
        options.tokenProvider = {
            KafkaToken(value: Secret("token"), lifetime: .seconds(seconds), principal: "shop")
        }
        let client = try KafkaClient(ClientProperties(producingTo: configuration, options: options), handler: handler)
        // Nothing connects before there is a token: then the closed port is a failure of another kind.
        for await event in handler.events {
            guard case .failure(let error) = event, error.name != "_ALL_BROKERS_DOWN" else { continue }
            #expect((error.kind == .authentication) == (seconds <= 0), "\(error)")
            break
        }
        await client.close()
    }

    @Test("a provider that fails is reported by its type alone")
    func failingProvider() async throws {
        let handler = RecordingHandler()
        let configuration = Self.withTokens
        var options = KafkaClientOptions()
        options.tokenProvider = { throw Refused() }
        let client = try KafkaClient(ClientProperties(producingTo: configuration, options: options), handler: handler)
        for await event in handler.events {
            guard case .failure(let error) = event, error.kind == .authentication else { continue }
            #expect(error.message.contains("the token provider failed: Refused"))
            break
        }
        await client.close()
    }

    @Test("a refused SCRAM login names the fault of old libraries, and only theirs")
    func scram() async throws {
        var configuration = KafkaConfiguration(service: "shop")
        configuration.security.securityProtocol = .saslPlaintext
        configuration.security.mechanism = .scramSHA256
        configuration.security.username = "ada"
        configuration.security.password = Secret("s3cr3t")
        let client = try KafkaClient(ClientProperties(producingTo: configuration), handler: SilentHandler())
        let error = client.error(RD_KAFKA_RESP_ERR__AUTHENTICATION, nil)
        #expect(error.message.contains("nonce") == KafkaLibrary.current.sendsNonceTwice)
        let other = client.error(RD_KAFKA_RESP_ERR__TRANSPORT, nil)
        #expect(!other.message.contains("nonce"))
        await client.close()
        #expect(KafkaLibrary(number: 0x0200_02ff, version: "2.0.2", altersIncrementally: false).sendsNonceTwice)
        #expect(!KafkaLibrary(number: 0x0206_01ff, version: "2.6.1", altersIncrementally: true).sendsNonceTwice)
    }

    @Test("OAUTHBEARER without a source of tokens is an error before connecting")
    func missingProvider() {
        var configuration = KafkaConfiguration(service: "shop")
        configuration.security.securityProtocol = .saslSSL
        configuration.security.mechanism = .oauthBearer
        #expect(throws: ConfigurationError.self) { try ClientProperties(connectingTo: configuration) }
    }
}
