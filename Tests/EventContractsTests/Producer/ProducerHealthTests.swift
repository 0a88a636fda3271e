import EventContracts
import Foundation
import Testing

@Suite("Producer: health")
struct ProducerHealthTests {
    @Test("it is healthy while it runs and its transport is healthy")
    func states() async throws {
        let bench = Bench()
        #expect(await bench.producer.health().status == .unhealthy)
        #expect(await bench.producer.health().state == .created)
        try await bench.producer.start()
        #expect(await bench.producer.health().status == .healthy)
        bench.transport.fail(with: TransportError(.unavailable, "no route"))
        #expect(await bench.producer.health().status == .degraded)
        bench.transport.recover()
        await bench.producer.shutdown()
        let health = await bench.producer.health()
        #expect(health.status == .unhealthy)
        #expect(health.state == .stopped)
        #expect(health.timestamp == Bench.time)
    }

    @Test("its JSON is what an encoder writes, in the reference's names")
    func json() async throws {
        let bench = try await Bench.started()
        try await bench.producer.send(NoteMessage("n"))
        bench.producer.sendInBackground(NoteMessage("n", text: ""))
        let health = await bench.producer.health()
        let json = Data(health.json())
        #expect(try JSONDecoder().decode(ProducerHealth.self, from: json) == health)
        let direct = try JSONDecoder().decode(JSONValue.self, from: json)
        let encoded = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(health))
        // An encoder leaves out what is nil; here nothing is.
        #expect(direct == encoded)
        let text = String(decoding: json, as: UTF8.self)
        for name in [
            "messages_sent", "messages_failed", "bytes_sent", "send_duration_total", "last_send_time", "errors_by_type",
        ] {
            #expect(text.contains("\"\(name)\":"))
        }
        await bench.producer.shutdown()
    }

    @Test("a queue with capacity 0 is not full")
    func noQueue() async throws {
        let bench = try await Bench.started(configuration: ProducerConfiguration(backgroundCapacity: 0))
        #expect(await bench.producer.health().status == .healthy)
        await bench.producer.shutdown()
    }

    @Test("before the first message, the time of the last is null in both forms")
    func empty() async throws {
        let health = await Bench().producer.health()
        let direct = try JSONDecoder().decode(JSONValue.self, from: Data(health.json()))
        let encoded = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(health))
        #expect(direct == encoded)
    }
}
