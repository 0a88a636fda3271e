import EventContracts
import Foundation
import TDAContracts
import TestSupport
import Testing

@testable import KafkaTransport

@Suite("Kafka records read by kcat", .timeLimit(.minutes(20)))
struct KafkaJudgeTests {
    @Test(
        "kcat reads what was sent, jsonschema finds it valid, each key is in Java's partition, and in the order of the calls"
    )
    func judged() async throws {
        let broker = try Broker()
        let configuration = KafkaConfigurationForTests.make(broker.address)
        let admin = try TopicAdmin(configuration)
        try await admin.ensureTopics(TDA.topics, replication: 1)
        await admin.close()
        let producer = Producer(
            transport: try KafkaTransport(configuration), contracts: [TDA.self],
            context: MessageContext(service: "judged"))
        try await producer.start()
        try await send(with: producer)
        #expect(await producer.shutdown().isClean)

        let records = try TDA.topics.map { try Kcat.lines(of: $0.name, from: broker.address) }.joined()
        let partitions = TDA.topics.map { "\"\($0.name)\": \($0.partitions)" }.joined(separator: ", ")
        let judge = try String(
            contentsOf: OutsideProgram.root.appending(path: "Tests/KafkaJudge/judge.py"), encoding: .utf8)
        let verdict = try OutsideProgram.python(judge).run(
            OutsideProgram.root.appending(path: "schemas").path, "{\(partitions)}", input: Array(records.utf8))
        #expect(
            verdict.output.hasSuffix(
                #"{"findings": 0, "keys": 25, "tda_events": 20, "tda_jobs": 750, "tda_monitoring": 10, "tda_results": 10}"#
                    + "\n"), "\(verdict.output)")
    }

    /// Sends in each of the ways, jobs in 25 orders at the same time.
    private func send(with producer: Producer) async throws {
        for number in 0..<30 {
            let jobs = (0..<25).map { job in
                JobMessage.completed(jobID: "job-\(job)-ü", resultID: "r-\(number)", executionTime: Double(number))
            }
            switch number % 3 {
            case 0:
                for outcome in await producer.send(batch: jobs) { _ = try outcome.get() }
            case 1:
                for job in jobs { #expect(producer.sendInBackground(job) == .queued) }
            default:
                try await withThrowingTaskGroup { group in
                    for job in jobs { group.addTask { _ = try await producer.send(job) } }
                    try await group.waitForAll()
                }
            }
        }
        for number in 0..<10 {
            try await producer.send(
                ResultMessage.generated(
                    jobID: "job-\(number)", resultID: "r-\(number)", resultType: "persistence_diagram", resultSize: 1.5,
                    storagePath: "a/\"b\"/\\c\u{1}\u{10FFFF}"))
            try await producer.send(
                EventMessage.fileUploaded(
                    data: [
                        "file_id": "f", "filename": "x.csv", "size": .number(JSONNumber(number)),
                        "content_type": "text/csv",
                    ]))
            try await producer.send(
                EventMessage.errorOccurred(
                    data: ["error_type": "E", "message": "m"], context: ["nested": [1, nil, true]]))
            try await producer.send(MonitoringMessage.componentStarted(component: "part-\(number)", status: .healthy))
        }
    }
}
