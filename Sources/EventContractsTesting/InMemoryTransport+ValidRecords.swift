public import EventContracts

extension InMemoryTransport {
    /// Throws where a delivered record is not a valid message of a contract. Ignores tombstones, and the topics that only
    /// other contracts of the producer declare.
    ///
    /// - Throws: ``ExpectationFailure`` with the invalid records and their failures. Also for a contract with encrypted
    ///   values, which ``expectValidRecords(of:decryptedBy:)`` validates.
    public func expectValidRecords<Contract: EventContract>(
        of contract: Contract.Type
    ) throws(ExpectationFailure) {
        if let message = contract.messages.first(where: { $0.protection?.encrypts == true }) {
            throw .noCipher(for: message)
        }
        let invalid = values(of: contract).compactMap { value in
            value.failure(of: contract.validate(value.bytes, from: value.topic, headers: value.entry.record.headers))
        }
        try Self.check(invalid, of: contract)
    }

    /// Throws where a delivered record is not a valid message of a contract once its values are decrypted. Ignores tombstones,
    /// and the topics that only other contracts of the producer declare.
    ///
    /// - Throws: ``ExpectationFailure`` with the invalid records and their failures.
    public func expectValidRecords<Contract: EventContract>(
        of contract: Contract.Type, decryptedBy cipher: any ValueCipher
    ) async throws(ExpectationFailure) {
        let reader = RecordReader(of: self, contract: contract)
        var invalid: [String] = []
        for value in values(of: contract) {
            let record = value.entry.record
            do throws(MessageError) {
                let plain = try await reader.decrypted(record, by: cipher) ?? value.bytes
                let verdict = contract.validate(plain, from: value.topic, headers: record.headers)
                if let failure = value.failure(of: verdict) { invalid.append(failure) }
            } catch {
                invalid.append("\(value.entry.place): \(reader.content(of: record)): \(error)")
            }
        }
        try Self.check(invalid, of: contract)
    }

    private struct Value {
        var entry: Entry
        var bytes: [UInt8]
        /// The contract's topic that the record is in.
        var topic: Topic?

        func failure(of verdict: ContractVerdict) -> String? { verdict.isValid ? nil : "\(entry.place): \(verdict)" }
    }

    /// Returns the values that are to be messages of a contract.
    private func values<Contract: EventContract>(of contract: Contract.Type) -> [Value] {
        let reader = RecordReader(of: self, contract: contract)
        let isDeclared = declarations.contracts.contains { $0 == contract }
        return records.compactMap { entry in
            guard let bytes = entry.record.value else { return nil }
            let topic = reader.topic(of: entry.record)
            let own = contract.topics.first { $0.name == topic?.name }
            if isDeclared, own == nil, topic != nil { return nil }
            return Value(entry: entry, bytes: bytes, topic: own)
        }
    }

    private static func check<Contract: EventContract>(
        _ invalid: [String], of contract: Contract.Type
    ) throws(ExpectationFailure) {
        guard !invalid.isEmpty else { return }
        throw ExpectationFailure("expected valid messages of \(contract.contractName)", found: invalid)
    }
}
