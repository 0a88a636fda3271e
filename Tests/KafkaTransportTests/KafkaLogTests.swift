import CRdKafka
import EventContracts
import EventContractsTesting
import Logging
import Testing

@testable import KafkaTransport

@Suite("Kafka client's log", .timeLimit(.minutes(20)))
struct KafkaLogTests {
    private func refused(by broker: Int, _ times: String) -> KafkaError {
        KafkaError(
            RD_KAFKA_RESP_ERR__TRANSPORT,
            detail:
                "127.0.0.1:9092/\(broker): Connect to ipv4#127.0.0.1:9092 failed: Connection refused (after \(times))")
    }

    @Test("failures that differ only in their times are one line at first, then one with a count for each interval")
    func failures() async {
        let (recorder, clock) = (LogRecorder(), ManualClock())
        let log = ClientLog(recorder.logger, clock: clock)
        let last = refused(by: 1, "12ms in state TRY_CONNECT, 3 identical error(s) suppressed")
        let other = refused(by: 2, "0ms in state CONNECT")
        for error in [refused(by: 1, "0ms in state CONNECT"), refused(by: 1, "2ms in state CONNECT"), other] {
            log.write(error, level: .warning)
        }
        #expect(recorder.lines.map(\.metadata) == [[:], [:]])
        await clock.waitForSleeper(due: .seconds(10))
        log.write(last, level: .error)
        log.write(last, level: .warning)
        clock.advance(by: .seconds(10))
        await clock.waitForSleeper(due: .seconds(10))
        let levels = recorder.lines.map(\.level)
        #expect(levels == [.warning, .warning, .error, .warning])
        #expect(recorder.lines.last?.metadata == ["lines": "2"])
        #expect(recorder.lines.last?.message == last.description)
        log.write(other, level: .warning)
        log.flush()
        #expect(recorder.lines.last?.message == other.description)
        #expect(recorder.lines.count == 5)
    }

    @Test("lines of the library are summed up by facility, and those for debugging are not")
    func lines() {
        let recorder = LogRecorder()
        let log = ClientLog(recorder.logger, clock: ManualClock())
        for _ in 0..<3 {
            log.write(LogEntry(level: .warning, facility: "GETPID", message: "retrying"))
            log.write(LogEntry(level: .warning, facility: "FAIL", message: "retrying"))
            log.write(LogEntry(level: .debug, facility: "METADATA", message: "3 topics"))
        }
        log.flush()
        let warnings = recorder.lines.filter { $0.level == .warning }
        #expect(
            warnings.map(\.metadata) == [
                ["facility": "GETPID"], ["facility": "FAIL"], ["facility": "GETPID", "lines": "2"],
                ["facility": "FAIL", "lines": "2"],
            ])
        #expect(recorder.lines.count { $0.level == .debug } == 3)
    }

    @Test("a producer id that brokers refuse for a time is one line, and one with a count at the end")
    func refusedProducerID() async throws {
        let cluster = try MockCluster(topic: "notes")
        // The library itself repeats some of the requests without a line.
        cluster.failProducerIDs(with: Array(repeating: RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, count: 8))
        let recorder = LogRecorder()
        let transport = try KafkaTransport(
            KafkaConfigurationForTests.make(cluster.address), startTimeout: .seconds(300), clock: ManualClock(),
            logger: recorder.logger)
        let sink = RecordingSink()
        try await transport.start(TransportSession(sink: sink))
        #expect(transport.enqueue([keptRecord(1, Record(topic: "notes", key: [1], value: [2]))]) == 1)
        await sink.waitForOutcomes(1)
        await transport.shutdown()
        let lines = recorder.lines.filter { $0.metadata["facility"] == "GETPID" && $0.level > .debug }
        try #require(lines.count == 2, "\(recorder.lines)")
        #expect(lines[0].metadata["lines"] == nil)
        #expect(lines[1].metadata["lines"].flatMap { Int($0) } ?? 0 >= 2)
    }
}
