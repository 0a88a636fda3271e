import EventContracts

/// A reader that finds the message of a record as consumers do: by topic, headers and discriminator. A value that the schema
/// of a message accepts need not be that message.
struct RecordReader {
    /// The topics of the producer's contracts, by their names on the broker.
    private let topics: [String: Topic]
    private let contracts: [ContractMessages]

    /// Creates a reader of the contracts that a transport's producer has.
    ///
    /// - Parameter message: Its contract has priority where several contracts share a topic.
    init(of transport: InMemoryTransport, for message: any Message.Type) {
        let declarations = transport.declarations
        topics = declarations.topics
        let all = declarations.contracts.map(ContractMessages.init(of:))
        let own = all.filter { $0.contains(message) }
        contracts =
            (own.isEmpty ? [ContractMessages(alone: message)] : own) + all.filter { !$0.contains(message) }
    }

    /// Creates a reader of one of the contracts.
    init(of transport: InMemoryTransport, contract: any EventContract.Type) {
        topics = transport.declarations.topics
        contracts = [ContractMessages(of: contract)]
    }

    /// Returns the topic that a record is in; `nil` where no contract declares it.
    func topic(of record: Record) -> Topic? {
        topics[record.topic] ?? contracts.lazy.compactMap { $0.topic(named: record.topic) }.first
    }

    /// Returns the JSON of a record with its values decrypted; `nil` where they are not encrypted.
    func decrypted(_ record: Record, by cipher: any ValueCipher) async throws(MessageError) -> [UInt8]? {
        guard let value = record.value, case .message(let message, _) = content(of: record),
            let protection = message.protection, protection.encrypts
        else { return nil }
        return try await protection.decrypted(
            SchemaID.json(of: value), from: (topic(of: record) ?? message.topic).key, by: cipher)
    }

    /// Identifies the message of a record. Contracts that declare its topic come before the others.
    func content(of record: Record) -> RecordContent {
        guard let value = record.value else { return .tombstone }
        var tape = JSONTape()
        do { try tape.parse(value: value) } catch { return .unknown(reason: "\(MessageError.malformed(error))") }
        let topic = topic(of: record)
        let places = contracts.map { contract in (contract, topic.flatMap { contract.topic(named: $0.name) }) }
        var unknown: RecordContent?
        for (contract, own) in places.filter({ $0.1 != nil }) + places.filter({ $0.1 == nil }) {
            let content = contract.content(of: tape, from: own, headers: record.headers)
            guard case .message(let message, _) = content else {
                unknown = unknown ?? content
                continue
            }
            // A topic of another contract identifies no message of this one.
            if own != nil || topic == nil || message.identification != .topic { return content }
        }
        return unknown ?? .unknown(reason: "a message of another topic")
    }
}
