import Testing

@testable import KafkaTransport

@Suite("Pauses between attempts to replace a Kafka producer")
struct ReplacementPausesTests {
    @Test("pauses double up to ten seconds, and are short again after a delivery")
    func pauses() {
        var pauses = ReplacementPauses()
        #expect((0..<7).map { _ in pauses.next() } == [1, 2, 4, 8, 10, 10, 10].map { .seconds($0) })
        pauses.reset()
        #expect((0..<2).map { _ in pauses.next() } == [.seconds(1), .seconds(2)])
    }

    @Test("pauses stay at their limit, however often they are needed")
    func limit() {
        var pauses = ReplacementPauses()
        for _ in 0..<1_000 { _ = pauses.next() }
        #expect(pauses.next() == .seconds(10))
    }
}
