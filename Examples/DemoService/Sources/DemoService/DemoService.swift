import EventContracts
import EventContractsConfiguration
import Foundation
import TDAContracts

/// Submits a job, completes it, uploads a file, stores a result and reports an error, and prints the records and the metrics:
/// in memory and as JSON lines, or to the Kafka cluster that `KAFKA_BOOTSTRAP_SERVERS` names.
@main
struct DemoService {
    static func main() async throws {
        let configuration: KafkaConfiguration
        do {
            // From the environment and .env: with KAFKA_TOPIC_PREFIX=staging_, jobs go to staging_jobs.
            configuration = try KafkaConfiguration(service: TDA.service, topics: TDA.topics)
        } catch {
            print("The configuration is not sound:\n\(error)")
            exit(EXIT_FAILURE)
        }
        let names = configuration.topicNames
        printTopics(names)

        let metrics = TDA.Metrics()
        if ProcessInfo.processInfo.environment["KAFKA_BOOTSTRAP_SERVERS"]?.isEmpty == false {
            do {
                let deliveries = try await produce(to: kafkaTransport(configuration), configuration, metrics)
                printDeliveries(deliveries, to: configuration.bootstrapServers)
            } catch {
                print("\nThe events could not be sent to Kafka:\n\(error)")
                exit(EXIT_FAILURE)
            }
            printMetrics(metrics)
            return
        }
        let memory = InMemoryTransport()
        try await produce(to: memory, configuration, metrics)
        printRecords(memory.records)
        printMetrics(metrics)

        print("\nThe same events as JSON lines:\n")
        fflush(nil)
        try await produce(to: JSONLinesTransport(.standardOutput), configuration, TDA.Metrics())
    }

    /// - Returns: The acknowledgements of the messages that were awaited.
    @discardableResult
    private static func produce(
        to transport: some Transport, _ configuration: KafkaConfiguration, _ metrics: TDA.Metrics
    ) async throws -> [Delivery] {
        let producer = Producer(
            transport: transport, contracts: [TDA.self], configuration: ProducerConfiguration(configuration.producer),
            context: MessageContext(service: "demo"), topicNames: configuration.topicNames, metrics: [metrics])
        try await producer.start()

        // Every argument that an event requires, the compiler demands.
        var deliveries = [
            try await producer.send(JobMessage.submitted(jobID: "job-1", algorithm: "vietoris_rips", priority: "high"))
        ]

        // Sends the result or the error of a body as an event. The body's own result is not changed.
        let result = try await producer.notifying { (result: StoredResult) in
            ResultMessage.generated(
                jobID: "job-1", resultID: result.id, resultType: "persistence_diagram",
                resultSize: Double(result.size), storagePath: result.path)
        } failure: { (error: any Error) in
            EventMessage.errorOccurred(data: ["operation": "store_result", "error_type": .string("\(type(of: error))")])
        } _: {
            StoredResult(id: "result-1", size: 20_480, path: "results/job-1/result-1.json")
        }
        deliveries.append(
            try await producer.send(JobMessage.completed(jobID: "job-1", resultID: result.id, executionTime: 12.5)))

        deliveries.append(
            try await producer.send(
                EventMessage.fileUploaded(
                    data: ["file_id": "file-7", "filename": "points.csv", "size": 4096, "content_type": "text/csv"])))
        producer.sendInBackground(
            EventMessage.errorOccurred(
                data: ["error_type": "ParseError", "message": "line 3 has 2 columns, not 3"],
                context: ["operation": "file_upload", "filename": "points.csv"]))

        let report = await producer.shutdown()
        precondition(report.isClean, "everything is delivered before a clean shutdown ends")
        return deliveries
    }

    private struct StoredResult {
        var id: String
        var size: Int
        var path: String
    }

    // MARK: Printing

    private static func printTopics(_ names: TopicNames) {
        print("The topics of \(TDA.contractName) \(TDA.version):\n")
        print(row("topic", "partitions", "replicas", "retention.ms", "purpose"))
        for topic in TDA.topics {
            print(
                row(
                    names.name(of: topic), "\(topic.partitions)", "\(topic.replication)",
                    topic.config["retention.ms"] ?? "",
                    topic.purpose))
        }
    }

    private static func row(
        _ name: String, _ partitions: String, _ replicas: String, _ retention: String, _ purpose: String
    ) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - text.count))
        }
        return "  " + padded(name, 20) + padded(partitions, 12) + padded(replicas, 10) + padded(retention, 14) + purpose
    }

    /// The exposition at `/metrics`, without values that are still 0.
    private static func printMetrics(_ metrics: TDA.Metrics) {
        print("\nWhat was measured, as Prometheus reads it:\n")
        for line in metrics.exposition().text.split(separator: "\n") where !line.hasPrefix("#") && !line.hasSuffix(" 0")
        {
            if !line.contains("_bucket{") { print("  \(line)") }
        }
    }

    private static func printDeliveries(_ deliveries: [Delivery], to servers: [String]) {
        print("\nAcknowledged by the Kafka cluster at \(servers.joined(separator: ", ")):\n")
        for delivery in deliveries {
            print("  \(delivery.topic), partition \(delivery.partition), offset \(delivery.offset)")
        }
    }

    private static func printRecords(_ records: [InMemoryTransport.Entry]) {
        print("\nThe records in memory:")
        for stored in records {
            print(
                "\n  \(stored.delivery.topic), partition \(stored.delivery.partition), offset \(stored.delivery.offset)"
            )
            print("    key      \(stored.record.key.map { String(decoding: $0, as: UTF8.self) } ?? "none")")
            for header in stored.record.headers {
                print("    header   \(header.name): \(String(decoding: header.value, as: UTF8.self))")
            }
            if let value = stored.record.value {
                print("    value    \(String(decoding: value, as: UTF8.self))")
                print("    contract \(TDA.validate(value))")
            }
        }
    }
}
