// Code for the generated Swift of Tests/Fixtures/Evolution/base that uses each kind of declaration, each as strictly as callers may:
// values by their types, arguments in their order, and every case of every enum.

import Contract
import EventContracts

func orders() -> [Draft<OrderMessage>] {
    let line: OrderMessage.LinesItem = OrderMessage.LinesItem(sku: "sku")
    return [
        OrderMessage.placed(orderID: "1", quantity: 1, trackingCode: "T", state: .open, lines: [line]),
        OrderMessage.shipped(orderID: "1", trackingCode: "T", quantity: 1, state: .done, lines: nil),
        OrderMessage.cancelled(orderID: "1", quantity: nil, trackingCode: nil, state: nil),
    ]
}

func order() -> Shop.OrderMessage {
    OrderMessage(
        type: .orderPlaced, orderID: "1", quantity: 2, trackingCode: "T", state: OrderMessage.State.open,
        lines: [OrderMessage.LinesItem(sku: "sku")])
}

func audits() -> [Draft<AuditMessage>] {
    [AuditMessage.draft(actor: "me", contact: "me@example.com", target: .string("x"), from: nil, to: part())]
}

func audit() -> AuditMessage {
    AuditMessage(actor: "me", contact: nil, target: .integer(1), from: part(), to: nil)
}

func part() -> AuditMessage.Part { AuditMessage.Part(sku: "sku") }

func read(_ order: OrderMessage) -> (String, Int?, String?, String?) {
    let event: String =
        switch order.messageType {
        case .orderPlaced: "placed"
        case .orderShipped: "shipped"
        case .orderCancelled: "cancelled"
        }
    let state: String? = order.state.map { state in
        switch state {
        case .open: "open"
        case .done: "done"
        }
    }
    let sku: String? = order.lines?.first.map { line -> String in line.sku }
    return (event + order.orderID, order.quantity, order.trackingCode, state ?? sku)
}

func read(_ audit: AuditMessage) -> (String, String?, String?) {
    let actor: String = audit.actor
    let target: String? = audit.target.map { target in
        switch target {
        case .string(let text): text
        case .integer(let number): String(number)
        }
    }
    return (actor, audit.contact, target ?? audit.from?.sku ?? audit.to?.sku)
}

func read(_ value: [UInt8]) throws -> String {
    switch try Shop.read(value) {
    case .orderMessage(let order): order.orderID
    case .auditMessage(let audit): audit.actor
    case .unknownEvent(let event): event.name
    }
}

func count(_ metrics: Shop.Metrics) {
    metrics.messages[topic: .shopOrders, status: .success].increment()
    metrics.refunds[reason: .damaged].increment()
    metrics.waitSeconds.observe(1)
    let reason: Shop.Metrics.ShopRefundsTotalReasonLabel = .late
    switch reason {
    case .damaged, .late: break
    }
    let topic: Shop.Metrics.TopicLabel = .shopAudit
    switch topic {
    case .shopOrders, .shopAudit, .other: break
    }
}

let topics: [Topic] = [Shop.Topics.orders, Shop.Topics.audit]
