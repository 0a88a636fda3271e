import EventContracts
import TDAContracts
import TestSupport
import Testing

@testable import KafkaTransport

@Suite("Start of a Kafka transport", .timeLimit(.minutes(10)))
struct KafkaStartTests {
    @Test("a shutdown soon ends a start on a broker that accepts connections and never answers")
    func silentBroker() async throws {
        let server = try SilentServer()
        let transport = try KafkaTransport(KafkaConfigurationForTests.make(server.address), startTimeout: .seconds(600))
        let producer = Producer(
            transport: transport, contracts: [TDA.self], context: MessageContext(service: "tda-backend"))
        let start = Task { try await producer.start() }
        await server.waitForClient()
        #expect(await !producer.shutdown(deadline: .seconds(10)).reachedDeadline)
        await #expect(throws: ProducerError.self) { try await start.value }
    }
}
