import EventContracts
import EventContractsTesting
import Locks
import Testing

/// Random failures, cancellations, timeouts and shutdowns. Whatever happens: each message has one outcome, which agrees with
/// what arrived, and each key keeps its order.
@Suite("Producer: chaos", .timeLimit(.minutes(20)))
struct ProducerChaosTests {
    private struct Sent: Sendable {
        let key: String
        let number: Int
        /// `nil` of a message in the background, whose outcome only statistics tell.
        let outcome: Result<Delivery, ProducerError>?
    }

    private final class Log: Sendable {
        let sent = Lock<[Sent]>([])
    }

    private static func chaos(_ record: Record) async throws(TransportError) {
        for _ in 0..<Int.random(in: 0..<4) { await Task.yield() }
        switch Int.random(in: 0..<20) {
        case 0..<3: throw TransportError(.unavailable, "chaos")
        case 3: throw TransportError(.rejected, "chaos")
        case 4: throw TransportError(.queueFull, "chaos")
        case 5: try? await Task.sleep(for: .milliseconds(Int.random(in: 1...5)))
        default: break
        }
    }

    private static func run(_ task: Int, with producer: Producer, into log: Log) async {
        let key = "k-\(task)"
        var number = 0
        func next() -> NoteMessage {
            number += 1
            return NoteMessage(key, text: "\(number)")
        }
        while number < 60 {
            let timeout = Duration.milliseconds([1, 3, 50, 5000].randomElement() ?? 1)
            let first = number + 1
            var outcomes: [Result<Delivery, ProducerError>?]
            switch Int.random(in: 0..<5) {
            case 0:
                outcomes = await producer.send(batch: (0..<5).map { _ in next() }, timeout: timeout)
            case 1, 2:
                let result = producer.sendInBackground(next())
                if case .refused(let error) = result { outcomes = [.failure(error)] } else { outcomes = [nil] }
            case 3:
                let message = next()
                let sending = Task { await Self.send(message, with: producer, timeout: timeout) }
                if Bool.random() { await Task.yield() }
                sending.cancel()
                outcomes = [await sending.value]
            default:
                outcomes = [await Self.send(next(), with: producer, timeout: timeout)]
            }
            let sent = outcomes.enumerated().map { Sent(key: key, number: first + $0.offset, outcome: $0.element) }
            log.sent.withLock { $0 += sent }
        }
    }

    private static func send(
        _ message: NoteMessage, with producer: Producer, timeout: Duration
    ) async -> Result<Delivery, ProducerError> {
        do throws(ProducerError) {
            return .success(try await producer.send(message, timeout: timeout))
        } catch {
            return .failure(error)
        }
    }

    @Test("every message has one outcome that is true, and each key its order", arguments: 0..<10)
    func chaos(round: Int) async throws {
        let sender = ScriptedSender(Self.chaos)
        let producer = Producer(
            transport: SenderTransport(sender, concurrency: 8, capacity: 20), contracts: [Notes.self],
            configuration: ProducerConfiguration(
                maximumRetries: 5, retryBackoff: .milliseconds(1), maximumRetryBackoff: .milliseconds(4),
                backgroundCapacity: 30), context: .testing(),
            logger: LogRecorder().logger)
        let log = Log()
        try await producer.start()
        let report = await withTaskGroup(of: ShutdownReport?.self) { group in
            for task in 0..<10 {
                group.addTask {
                    await Self.run(task, with: producer, into: log)
                    return nil
                }
            }
            group.addTask {
                // Odd rounds shut down while messages are sent.
                if !round.isMultiple(of: 2) {
                    try? await Task.sleep(for: .milliseconds(30))
                    return await producer.shutdown(deadline: .milliseconds(round * 3))
                }
                return nil
            }
            return await group.reduce(nil) { $0 ?? $1 }
        }
        let last = await producer.shutdown()
        #expect(report == nil || report == last)

        let sent = log.sent.withLock { $0 }
        let statistics = producer.statistics
        #expect(statistics.messagesSent + statistics.messagesFailed + statistics.messagesUnknown == sent.count)
        #expect(statistics.inFlight == 0)
        #expect(statistics.backgroundQueued == 0)
        #expect(statistics.messagesSent + statistics.deliveredLate == sender.delivered.count)

        var arrived: [String: [Int]] = [:]
        for record in sender.delivered { arrived[record.keyText, default: []].append(Int(record.noteText) ?? 0) }
        for (key, numbers) in arrived {
            #expect(numbers == Array(Set(numbers)).sorted(), "the order of \(key)")
        }
        for message in sent {
            let hasArrived = arrived[message.key]?.contains(message.number) == true
            switch message.outcome {
            case .success?: #expect(hasArrived)
            case .failure(let error)? where !error.isOutcomeUnknown: #expect(!hasArrived, "\(error)")
            case .failure?, nil: break
            }
        }
    }
}
