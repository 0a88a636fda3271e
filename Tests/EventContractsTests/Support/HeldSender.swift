import EventContracts

/// A sender that answers, and reports its health, when the test lets it, and not when it is cancelled.
struct HeldSender: RecordSender {
    typealias Signal = StartingTransport.Signal

    let isSending = Signal()
    let mayAnswer = Signal()
    let isAskedForHealth = Signal()
    let mayTellHealth = Signal()

    func send(_ record: Record) async throws(TransportError) -> Delivery {
        isSending.fulfil()
        await Task { await mayAnswer.value() }.value
        return Delivery(topic: record.topic, partition: 0, offset: 0, timestamp: Bench.time)
    }

    func health() async -> TransportHealth {
        isAskedForHealth.fulfil()
        await Task { await mayTellHealth.value() }.value
        return TransportHealth(.healthy)
    }
}
