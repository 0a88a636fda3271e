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
        let reader = RecordReader(of: self, for: type)
        return records.compactMap { entry in
            guard let value = entry.record.value, reader.content(of: entry.record).isMessage(of: type, event: event)
            else { return nil }
            return try? M(validating: value)
        }
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
        let reader = RecordReader(of: self, for: type)
        var found: [M] = []
        for record in records.map(\.record) where reader.content(of: record).isMessage(of: type, event: event) {
            guard let value = record.value,
                let message = try? await M(validating: value, decryptedBy: cipher, from: reader.topic(of: record))
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

    /// Throws where a message of a type has been delivered, also one that is invalid or encrypted. It does not wait: shut
    /// the producer down before, or wait for a later message.
    ///
    /// - Throws: ``ExpectationFailure`` with the records that were delivered.
    public func expectNoMessages<M: Message>(
        of type: M.Type, event: M.MessageType? = nil
    ) throws(ExpectationFailure) {
        let reader = RecordReader(of: self, for: type)
        let found = records.map { (entry: $0, content: reader.content(of: $0.record)) }
        guard found.contains(where: { $0.content.isMessage(of: type, event: event) }) else { return }
        throw ExpectationFailure(
            "expected no \(Self.name(type, event))", found: found.map { "\($0.entry.place): \($0.content)" })
    }

    /// Throws where a message has encrypted values and there are no keys: its records would all be ignored.
    private static func checkCipher<M: Message>(
        _ cipher: (any ValueCipher)?, of type: M.Type
    ) throws(ExpectationFailure) {
        guard cipher == nil, type.protection?.encrypts == true else { return }
        throw .noCipher(for: type)
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

    /// Returns a failure with the message of each record, and the reason why one of the expected type can't be read.
    private func failure<M: Message>(
        _ message: String, _ type: M.Type, _ cipher: (any ValueCipher)?
    ) async -> ExpectationFailure {
        let reader = RecordReader(of: self, for: type)
        var found: [String] = []
        for entry in records {
            let content = reader.content(of: entry.record)
            var error: MessageError?
            if let value = entry.record.value, content.isMessage(of: type, event: nil) {
                error = await M.error(reading: value, decryptedBy: cipher, from: reader.topic(of: entry.record))
            }
            found.append("\(entry.place): \(content)" + (error.map { ": \($0)" } ?? ""))
        }
        return ExpectationFailure(message, found: found)
    }
}

extension InMemoryTransport.Entry {
    var place: String { "\(delivery.topic)[\(delivery.partition)]@\(delivery.offset)" }
}

extension Message {
    /// Returns the reason why a value can't be read.
    fileprivate static func error(
        reading value: [UInt8], decryptedBy cipher: (any ValueCipher)?, from topic: Topic?
    ) async -> MessageError? {
        do throws(MessageError) {
            if let cipher {
                _ = try await Self(validating: value, decryptedBy: cipher, from: topic)
            } else {
                _ = try Self(validating: value)
            }
            return nil
        } catch {
            return error
        }
    }
}
