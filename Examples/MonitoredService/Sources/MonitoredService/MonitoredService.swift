import EventContractsService
import Hummingbird
import HummingbirdEndpoints
import ServiceLifecycle

/// Sends a payment ten times a second, and answers `/metrics`, `/health/live` and `/health/ready`.
///
/// `POST /transport/break` and `POST /transport/repair` make the broker go away and come back.
@main
struct MonitoredService {
    static func main() async throws {
        let transport = InMemoryTransport()
        let payments = try await Payments.service(
            context: MessageContext(service: "payments"),
            producer: ProducerConfiguration(maximumRetries: 1, retryBackoff: .milliseconds(10))
        ) { _ in transport }

        let router = Router()
        router.addEndpoints(payments.endpoints)
        router.post("transport/break") { _, _ in
            transport.fail(with: TransportError(.unavailable, "the broker is away"))
            return HTTPResponse.Status.ok
        }
        router.post("transport/repair") { _, _ in
            transport.recover()
            return HTTPResponse.Status.ok
        }

        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8080
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            services: [payments, PaymentTicker(producer: payments.producer)])
        try await application.runService()
    }
}

/// Sends a message ten times a second until the service group shuts down.
struct PaymentTicker: Service {
    let producer: Producer

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var number = 0
            while !Task.isCancelled {
                number += 1
                let currency = number.isMultiple(of: 3) ? "USD" : "EUR"
                // A failure is logged, counted and measured by the producer.
                _ = try? await producer.send(
                    PaymentMessage.received(paymentID: "payment-\(number)", currency: currency, amount: 9.5))
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }
}
