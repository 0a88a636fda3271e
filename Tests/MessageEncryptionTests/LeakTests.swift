import EventContractsTesting
import Foundation
import JSONTape
import TestSupport
import Testing

@testable import EventContracts
@testable import MessageEncryption

/// Sends and reads messages with marker values in every sensitive place, over every path on which they can fail, and
/// searches all that is written for the markers. The contract is in Tests/Fixtures/Contracts/Sensitive.
@Suite("Leaks")
struct LeakTests {
    /// Collects what a program may show, and fails where it has a marker.
    private struct Witness {
        var texts = 0

        mutating func see(_ text: String, _ origin: String, location: Testing.SourceLocation = #_sourceLocation) {
            texts += 1
            for marker in Markers.all where text.contains(marker) {
                Issue.record("\(origin) has the marker \(marker): \(text)", sourceLocation: location)
            }
        }

        mutating func see(_ error: any Error, location: Testing.SourceLocation = #_sourceLocation) {
            var dumped = ""
            dump(error, to: &dumped)
            see("\(error) \(String(reflecting: error)) \(error.localizedDescription)", "an error", location: location)
            see(dumped, "an error's dump", location: location)
            let failures: [ValidationFailure] =
                switch error {
                case ProducerError.invalid(let failures), MessageError.invalid(let failures): failures
                default: []
                }
            for failure in failures { see(failure.detailedDescription, "a failure", location: location) }
        }

        /// Everything of a record, but the values that the contract sends in clear.
        mutating func see(_ record: Record) {
            see(String(decoding: record.value ?? [], as: UTF8.self), "a record's value")
            see(String(decoding: record.key ?? [], as: UTF8.self), "a record's key")
            for header in record.headers { see("\(header)", "a header") }
        }
    }

    private func keys() throws -> ConfiguredKeys {
        ConfiguredKeys([
            "personal-data": [try EncryptionKey.random(id: "p", scheme: .aes256GCM)],
            "medical-data": [try EncryptionKey.random(id: "m", scheme: .fernet)],
        ])
    }

    /// Runs a body with a producer on a transport, and sees its log, statistics and metrics afterwards.
    private func producing(
        on transport: any Transport, cipher: (any ValueCipher)?, configuration: ProducerConfiguration = .init(),
        _ witness: inout Witness, starts: Bool = true, _ body: (Producer, inout Witness) async throws -> Void
    ) async throws {
        let log = LogRecorder()
        let metrics = Hospital.Metrics()
        let producer = Producer(
            transport: transport, contracts: [Hospital.self], configuration: configuration,
            context: MessageContext(service: "hospital"), cipher: cipher, metrics: [metrics], logger: log.logger)
        if starts {
            do { try await producer.start() } catch { witness.see(error) }
        }
        try await body(producer, &witness)
        await producer.shutdown(deadline: .seconds(5))
        for line in log.lines { witness.see("\(line)", "the log") }
        witness.see("\(producer.statistics)", "statistics")
        witness.see(metrics.exposition().text, "metrics")
    }

    @Test("10,000 messages: no marker on the wire, in logs, in metrics or in descriptions; each is read as it was sent")
    func delivered() async throws {
        var random = SeededGenerator(seed: 15)
        var witness = Witness()
        let cipher = try await MessageCipher(keys: try keys(), for: [Hospital.self])
        let transport = InMemoryTransport()
        var sent: [Hospital.ReceivedMessage] = []
        try await producing(on: transport, cipher: cipher, &witness) { producer, witness in
            for _ in 0..<5000 {
                let patient = Markers.patient(&random).stamped(in: producer.context)
                let letter = Markers.letter(&random).stamped(in: producer.context)
                for content in [patient as any Hashable & Sendable, letter, Markers.patient(&random)] {
                    var dumped = ""
                    dump(content, to: &dumped)
                    witness.see("\(content) \(String(reflecting: content)) \(dumped)", "a message")
                }
                sent += [.patientMessage(patient), .letterMessage(letter)]
                try await producer.send(patient)
                try await producer.send(letter)
            }
        }
        #expect(transport.records.count == 10_000)
        for entry in transport.records { witness.see(entry.record) }
        for (entry, message) in zip(transport.records, sent) {
            let topic = entry.record.topic == "patients" ? Hospital.Topics.patients : Hospital.Topics.letters
            let read = try await Hospital.read(entry.record.value ?? [], decryptedBy: cipher, from: topic)
            #expect(read == message.marked)
        }
        #expect(witness.texts > 30_000)
    }

    @Test("messages that break the contract in each of their sensitive places")
    func invalid() async throws {
        var random = SeededGenerator(seed: 16)
        var witness = Witness()
        let cipher = try await MessageCipher(keys: try keys(), for: [Hospital.self])
        let transport = InMemoryTransport()
        var reasons: [ProducerError.Reason: Int] = [:]
        try await producing(on: transport, cipher: cipher, &witness) { producer, witness in
            for _ in 0..<50 {
                for broken in Markers.brokenPatients(&random) {
                    do throws(ProducerError) {
                        try await producer.send(broken)
                        Issue.record("a broken message was sent: \(broken)")
                    } catch {
                        witness.see(error)
                        reasons[error.reason, default: 0] += 1
                    }
                    _ = producer.sendInBackground(broken)
                }
            }
        }
        #expect(transport.records.isEmpty)
        #expect(Set(reasons.keys) == [.invalid, .encoding])
    }

    @Test("failures of the transport, the queue, the size, the time and the life of the producer")
    func failing() async throws {
        var random = SeededGenerator(seed: 17)
        var witness = Witness()
        let cipher = try await MessageCipher(keys: try keys(), for: [Hospital.self])
        struct Failing: RecordSender {
            func send(_ record: Record) async throws(TransportError) -> Delivery {
                throw TransportError(.rejected, "no")
            }
        }
        struct Silent: RecordSender {
            func send(_ record: Record) async throws(TransportError) -> Delivery {
                try? await Task.sleep(for: .seconds(600))
                throw TransportError(.unavailable, "cancelled")
            }
        }
        var reasons: Set<ProducerError.Reason> = []
        func send(_ producer: Producer, _ random: inout SeededGenerator, _ witness: inout Witness) async {
            do throws(ProducerError) {
                try await producer.send(Markers.patient(&random))
                Issue.record("a message was sent")
            } catch {
                witness.see(error)
                reasons.insert(error.reason)
            }
            if case .refused(let error) = producer.sendInBackground(Markers.patient(&random)) {
                witness.see(error)
                reasons.insert(error.reason)
            }
        }
        try await producing(on: SenderTransport(Failing()), cipher: cipher, &witness) { producer, witness in
            for _ in 0..<20 { await send(producer, &random, &witness) }
            await producer.shutdown()
            await send(producer, &random, &witness)
        }
        let impatient = ProducerConfiguration(
            timeout: .milliseconds(20), backgroundCapacity: 0, shutdownDeadline: .milliseconds(20))
        try await producing(
            on: SenderTransport(Silent()), cipher: cipher, configuration: impatient, &witness
        ) { producer, witness in
            for _ in 0..<3 { await send(producer, &random, &witness) }
            await producer.shutdown(deadline: .milliseconds(20))
        }
        try await producing(
            on: InMemoryTransport(), cipher: cipher, configuration: ProducerConfiguration(maximumRecordSize: 100),
            &witness
        ) { producer, witness in await send(producer, &random, &witness) }
        try await producing(on: InMemoryTransport(), cipher: nil, &witness) { producer, witness in
            await send(producer, &random, &witness)
        }
        let keyless = MessageCipher(
            keys: ConfiguredKeys([:]), refreshInterval: .seconds(60), maximumStaleness: .seconds(60),
            now: { ContinuousClock.now })
        try await producing(on: InMemoryTransport(), cipher: keyless, &witness, starts: false) { producer, witness in
            await send(producer, &random, &witness)
        }
        #expect(
            reasons.isSuperset(of: [
                .transportRejected, .notRunning, .outcomeUnknown, .backgroundQueueFull, .tooLarge, .missingKey,
            ]), "\(reasons)")
    }

    @Test("messages that can't be read: with wrong keys, changed, or invalid once decrypted")
    func unreadable() async throws {
        var random = SeededGenerator(seed: 18)
        var witness = Witness()
        let cipher = try await MessageCipher(keys: try keys(), for: [Hospital.self])
        let other = try await MessageCipher(keys: try keys(), for: [Hospital.self])
        let protection = try #require(PatientMessage.protection)
        let context = MessageContext(service: "hospital")
        func see(_ bytes: [UInt8], _ cipher: MessageCipher) async {
            do throws(MessageError) {
                _ = try await Hospital.read(bytes, decryptedBy: cipher)
                Issue.record("a message was read: \(String(decoding: bytes, as: UTF8.self))")
            } catch {
                witness.see(error)
            }
        }
        for _ in 0..<50 {
            let plain = try Markers.patient(&random).stamped(in: context).encoded()
            let sealed = try protection.encrypted(plain, on: JSONTape(parsing: plain), to: "patients", by: cipher)
            await see(sealed, other)
            await see(plain, cipher)
            var changed = sealed
            let position = try #require(String(decoding: sealed, as: UTF8.self).range(of: "\"email\":\""))
            let offset = String(decoding: sealed, as: UTF8.self).utf8.distance(
                from: String(decoding: sealed, as: UTF8.self).startIndex, to: position.upperBound)
            changed[offset + 60] = changed[offset + 60] == 65 ? 66 : 65
            await see(changed, cipher)
            for invalid in Markers.brokenTexts(plain) {
                // Foundation's decoders, over the same generated code.
                do { _ = try JSONDecoder().decode(PatientMessage.self, from: Data(invalid)) } catch {
                    witness.see(error)
                }
                await see(
                    try protection.encrypted(invalid, on: JSONTape(parsing: invalid), to: "patients", by: cipher),
                    cipher)
                witness.see("\(Hospital.validate(invalid))", "a verdict")
            }
        }
    }
}

extension Hospital.ReceivedMessage {
    /// The message as it is read: its marker is false where it was absent.
    fileprivate var marked: Self {
        guard case .letterMessage(var letter) = self else { return self }
        letter.encrypted = false
        return .letterMessage(letter)
    }
}
