public import EventContracts

extension InMemoryTransport {
    /// Reads the delivered records that are messages of a type, in the order of arrival.
    ///
    /// ```swift
    /// #expect(transport.messages(of: JobMessage.self).map(\.messageType) == [.jobSubmitted, .jobCompleted])
    /// ```
    ///
    /// - Parameters:
    ///   - type: The message, whose values are not encrypted. Records of other messages, and invalid records, are ignored.
    ///   - event: One event of the message; `nil` for all.
    public func messages<M: Message>(of type: M.Type = M.self, event: M.MessageType? = nil) -> [M] {
        records.compactMap { try? $0.read(as: type).get() }
            .filter { event == nil || $0.messageType == event }
    }

    /// Reads the delivered records that are messages of a type with encrypted values, in the order of arrival.
    ///
    /// - Parameters:
    ///   - type: The message. Records of other messages, and records that are invalid or can't be decrypted, are ignored.
    ///   - event: One event of the message; `nil` for all.
    ///   - cipher: Has the keys.
    public func messages<M: Message>(
        of type: M.Type = M.self, event: M.MessageType? = nil, decryptedBy cipher: any ValueCipher
    ) async -> [M] {
        var found: [M] = []
        for entry in records {
            guard let message = try? await entry.read(as: type, decryptedBy: cipher).get(),
                event == nil || message.messageType == event
            else { continue }
            found.append(message)
        }
        return found
    }

    /// Waits until a number of messages of a type have been delivered, and returns the first ones.
    ///
    /// ```swift
    /// let jobs = try await transport.expectMessages(2, of: JobMessage.self, event: .jobCompleted)
    /// ```
    ///
    /// - Parameter cipher: Has the keys of a message with encrypted values.
    /// - Throws: ``ExpectationFailure`` with the records that were delivered instead.
    @discardableResult
    public func expectMessages<M: Message>(
        _ count: Int, of type: M.Type = M.self, event: M.MessageType? = nil,
        decryptedBy cipher: (any ValueCipher)? = nil, within timeout: Duration = .seconds(10)
    ) async throws(ExpectationFailure) -> [M] {
        try Self.checkCipher(cipher, of: type)
        _ = await finishes(within: timeout) {
            while true {
                let delivered = self.records.count
                if await self.found(type, event, cipher).count >= count { return true }
                guard await self.waitForDeliveries(delivered + 1) else { return false }
            }
        }
        let found = await found(type, event, cipher)
        guard found.count >= count else {
            throw await failure("expected \(count) of \(Self.name(type, event)) within \(timeout)", type, cipher)
        }
        return Array(found.prefix(count))
    }

    /// Waits for one message of a type, and returns the first.
    ///
    /// - Parameter cipher: Has the keys of a message with encrypted values.
    /// - Throws: ``ExpectationFailure`` with the records that were delivered instead.
    @discardableResult
    public func expectMessage<M: Message>(
        of type: M.Type = M.self, event: M.MessageType? = nil, decryptedBy cipher: (any ValueCipher)? = nil,
        within timeout: Duration = .seconds(10)
    ) async throws(ExpectationFailure) -> M {
        // At least one: the expectation has been met.
        try await expectMessages(1, of: type, event: event, decryptedBy: cipher, within: timeout)[0]
    }

    /// Throws where a message of a type has been delivered. It does not wait: shut the producer down before, or wait for a
    /// later message.
    ///
    /// - Throws: ``ExpectationFailure`` with the records that were delivered.
    public func expectNoMessages<M: Message>(
        of type: M.Type, event: M.MessageType? = nil
    ) throws(ExpectationFailure) {
        try Self.checkCipher(nil, of: type)
        guard !messages(of: type, event: event).isEmpty else { return }
        throw failure("expected no \(Self.name(type, event))", records.map { ($0, $0.read(as: type)) })
    }

    /// Throws where a message of a type with encrypted values has been delivered. It does not wait, as
    /// ``expectNoMessages(of:event:)``.
    ///
    /// - Throws: ``ExpectationFailure`` with the records that were delivered.
    public func expectNoMessages<M: Message>(
        of type: M.Type, event: M.MessageType? = nil, decryptedBy cipher: any ValueCipher
    ) async throws(ExpectationFailure) {
        guard await !messages(of: type, event: event, decryptedBy: cipher).isEmpty else { return }
        throw await failure("expected no \(Self.name(type, event))", type, cipher)
    }

    /// Throws where a delivered record is not a valid message of a contract. Values must not be encrypted.
    ///
    /// - Throws: ``ExpectationFailure`` with the invalid records and their failures.
    public func expectValidRecords<Contract: EventContract>(
        of contract: Contract.Type
    ) throws(ExpectationFailure) {
        let invalid = records.compactMap { entry -> String? in
            // A tombstone has nothing to validate.
            guard let verdict = entry.record.value.map({ contract.validate($0) }), !verdict.isValid else { return nil }
            return "\(entry.place): \(verdict)"
        }
        guard !invalid.isEmpty else { return }
        throw ExpectationFailure("expected valid messages of \(contract.contractName)", found: invalid)
    }

    /// Throws where a delivered record is not a valid message of a contract once its values are decrypted.
    ///
    /// - Throws: ``ExpectationFailure`` with the invalid records and their failures.
    public func expectValidRecords<Contract: EventContract>(
        of contract: Contract.Type, decryptedBy cipher: any ValueCipher
    ) async throws(ExpectationFailure) {
        var invalid: [String] = []
        for entry in records {
            guard let value = entry.record.value else { continue }
            do throws(MessageError) {
                _ = try await contract.read(value, decryptedBy: cipher, headers: entry.record.headers)
            } catch {
                invalid.append("\(entry.place): \(error)")
            }
        }
        guard !invalid.isEmpty else { return }
        throw ExpectationFailure("expected valid messages of \(contract.contractName)", found: invalid)
    }

    /// Throws where a message has encrypted values and there are no keys: its records would all be ignored.
    private static func checkCipher<M: Message>(
        _ cipher: (any ValueCipher)?, of type: M.Type
    ) throws(ExpectationFailure) {
        guard cipher == nil, type.protection?.encrypts == true else { return }
        throw ExpectationFailure("\(M.messageName) has encrypted values; pass a cipher as 'decryptedBy'", found: [])
    }

    private func found<M: Message>(
        _ type: M.Type, _ event: M.MessageType?, _ cipher: (any ValueCipher)?
    ) async -> [M] {
        guard let cipher else { return messages(of: type, event: event) }
        return await messages(of: type, event: event, decryptedBy: cipher)
    }

    private static func name<M: Message>(_ type: M.Type, _ event: M.MessageType?) -> String {
        M.messageName + (event.map { " \($0.rawValue)" } ?? "")
    }

    private func failure<M: Message>(
        _ message: String, _ type: M.Type, _ cipher: (any ValueCipher)?
    ) async -> ExpectationFailure {
        var results: [(Entry, Result<M?, MessageError>)] = []
        for entry in records {
            let result = if let cipher { await entry.read(as: type, decryptedBy: cipher) } else { entry.read(as: type) }
            results.append((entry, result))
        }
        return failure(message, results)
    }

    private func failure<M: Message>(
        _ message: String, _ results: [(Entry, Result<M?, MessageError>)]
    ) -> ExpectationFailure {
        ExpectationFailure(
            message,
            found: results.map { entry, result in
                switch result {
                case .success(nil): "\(entry.place): a tombstone"
                case .success(let message?): "\(entry.place): \(M.messageName) \(message.messageType.rawValue)"
                case .failure(let error): "\(entry.place): not a \(M.messageName): \(error)"
                }
            })
    }
}

extension InMemoryTransport.Entry {
    fileprivate var place: String { "\(delivery.topic)[\(delivery.partition)]@\(delivery.offset)" }

    /// Reads the record; `nil` for a tombstone.
    fileprivate func read<M: Message>(as type: M.Type) -> Result<M?, MessageError> {
        do throws(MessageError) {
            guard let value = record.value else { return .success(nil) }
            return .success(try M(validating: value))
        } catch {
            return .failure(error)
        }
    }

    fileprivate func read<M: Message>(
        as type: M.Type, decryptedBy cipher: any ValueCipher
    ) async -> Result<M?, MessageError> {
        do throws(MessageError) {
            guard let value = record.value else { return .success(nil) }
            return .success(try await M(validating: value, decryptedBy: cipher))
        } catch {
            return .failure(error)
        }
    }
}
