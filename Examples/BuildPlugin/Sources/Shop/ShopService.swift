import EventContracts

@main
struct ShopService {
    static func main() async throws {
        let transport = InMemoryTransport()
        let producer = Producer(
            transport: transport, contracts: [Shop.self], context: MessageContext(service: "shop-backend"))
        try await producer.start()
        try await producer.send(OrderMessage.placed(orderID: "order-1", total: 99.5))
        try await producer.send(OrderMessage.shipped(orderID: "order-1", trackingCode: "T-77"))
        await producer.shutdown()
        for stored in transport.records {
            guard let value = stored.record.value else { continue }
            let order = try OrderMessage(validating: value)
            print(
                "\(stored.delivery.topic)[\(stored.delivery.partition)] \(order.messageType.rawValue) \(order.payload.orderID)"
            )
        }
    }
}
