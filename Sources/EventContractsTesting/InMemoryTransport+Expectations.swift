public import EventContracts

extension InMemoryTransport {
    /// Reads the delivered records that are messages of a type, in the order of arrival.
    ///
    /// ```swift
    /// #expect(transport.messages(of: JobMessage.self).map(\.messageType) == [.jobSubmitted, .jobCompleted])
    /// ```
    ///
    /// - Parameters:
    ///   - type: The message. Records of other messages, and invalid records, are ignored.
    ///   - event: One event of the message; `nil` for all.
    public func messages<M: Message>(of type: M.Type = M.self, event: M.MessageType? = nil) -> [M] {
        records.compactMap { entry in entry.record.value.flatMap { try? M(validating: $0) } }
            .filter { event == nil || $0.messageType == event }
    }

    /// Waits until so many messages of a type have been delivered, and returns the first ones.
    ///
    /// ```swift
    /// let jobs = try await transport.expectMessages(2, of: JobMessage.self, event: .jobCompleted)
    /// ```
    ///
    /// - Throws: ``ExpectationFailure`` with the records that were delivered instead.
    @discardableResult
    public func expectMessages<M: Message>(
        _ count: Int, of type: M.Type = M.self, event: M.MessageType? = nil, within timeout: Duration = .seconds(10)
    ) async throws(ExpectationFailure) -> [M] {
        _ = await finishes(within: timeout) {
            while true {
                let delivered = self.records.count
                if self.messages(of: type, event: event).count >= count { return true }
                guard await self.waitForDeliveries(delivered + 1) else { return false }
            }
        }
        let found = messages(of: type, event: event)
        guard found.count >= count else {
            throw failure("expected \(count) of \(Self.name(type, event)) within \(timeout)", type)
        }
        return Array(found.prefix(count))
    }

    /// Waits for one message of a type, and returns the first.
    ///
    /// - Throws: ``ExpectationFailure`` with the records that were delivered instead.
    @discardableResult
    public func expectMessage<M: Message>(
        of type: M.Type = M.self, event: M.MessageType? = nil, within timeout: Duration = .seconds(10)
    ) async throws(ExpectationFailure) -> M {
        // At least one: the expectation has been met.
        try await expectMessages(1, of: type, event: event, within: timeout)[0]
    }

    /// Throws where a message of a type has been delivered. It does not wait: shut the producer down before, or wait for a
    /// later message.
    ///
    /// - Throws: ``ExpectationFailure`` with the records that were delivered.
    public func expectNoMessages<M: Message>(
        of type: M.Type, event: M.MessageType? = nil
    ) throws(ExpectationFailure) {
        guard !messages(of: type, event: event).isEmpty else { return }
        throw failure("expected no \(Self.name(type, event))", type)
    }

    /// Throws where a delivered record is not a valid message of a contract.
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

    private static func name<M: Message>(_ type: M.Type, _ event: M.MessageType?) -> String {
        M.messageName + (event.map { " \($0.rawValue)" } ?? "")
    }

    private func failure<M: Message>(_ message: String, _ type: M.Type) -> ExpectationFailure {
        let found = records.map { entry in
            guard let value = entry.record.value else { return "\(entry.place): a tombstone" }
            do throws(MessageError) {
                return "\(entry.place): \(M.messageName) \(try M(validating: value).messageType.rawValue)"
            } catch {
                return "\(entry.place): not a \(M.messageName): \(error)"
            }
        }
        return ExpectationFailure(message, found: found)
    }
}

extension InMemoryTransport.Entry {
    fileprivate var place: String { "\(delivery.topic)[\(delivery.partition)]@\(delivery.offset)" }
}
