import EventContracts

/// A transport that answers, and tells its health, when the test lets it, and not when it is cancelled or shut down.
struct HeldTransport: Transport {
    typealias Signal = StartingTransport.Signal

    let isSending = Signal()
    let mayAnswer = Signal()
    let isAskedForHealth = Signal()
    let mayTellHealth = Signal()

    func start() async throws(TransportError) {}

    func send(_ record: Record) async throws(TransportError) -> Delivery {
        isSending.fulfil()
        await Task { await mayAnswer.value() }.value
        return Delivery(topic: record.topic, partition: 0, offset: 0, timestamp: Bench.time)
    }

    func flush() async throws(TransportError) {}

    func health() async -> TransportHealth {
        isAskedForHealth.fulfil()
        await Task { await mayTellHealth.value() }.value
        return TransportHealth(.healthy)
    }

    func shutdown() async {}
}
