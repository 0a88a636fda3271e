import EventContractsService
import Hummingbird
import HummingbirdEndpoints
import KafkaTransport
import TDAContracts

/// Takes jobs by HTTP, and sends their events to the Kafka cluster that `KAFKA_BOOTSTRAP_SERVERS` names.
///
/// `POST /jobs/ID` is answered with the place of the job's record once the brokers have it. `/metrics`, `/health/live` and
/// `/health/ready` show the state of the service, its producer and its connection to Kafka.
@main
struct JobService {
    static func main() async throws {
        let kafka = KafkaMetrics()
        let tda = try await TDA.service(
            context: MessageContext(service: "job-service"), families: kafka.families
        ) { configuration in
            try KafkaTransport(configuration, metrics: kafka)
        }

        let router = Router()
        router.addEndpoints(tda.endpoints)
        router.post("jobs/:id") { _, context in
            let job = JobMessage.submitted(
                jobID: try context.parameters.require("id"), algorithm: "vietoris_rips", priority: "normal")
            do throws(ProducerError) {
                let delivery = try await tda.producer.send(job)
                return EditedResponse(
                    status: .accepted, response: "\(delivery.topic) \(delivery.partition) \(delivery.offset)\n")
            } catch {
                return EditedResponse(status: .serviceUnavailable, response: "\(error)\n")
            }
        }

        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8080
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            services: [tda])
        try await application.runService()
    }
}
