import Logging
import Synchronization

extension Producer {
    /// Sends a message and returns when it has been delivered.
    ///
    /// - Parameters:
    ///   - topic: Where to send it, in place of the message's own topic.
    ///   - key: The record's key, in place of the message's own.
    ///   - partition: The partition to go to, in place of the key's.
    ///   - headers: Further headers, after the message's own.
    ///   - timeout: How long it may take, in place of ``ProducerConfiguration/deliveryTimeout``.
    /// - Throws: ``ProducerError``: `encoding`, `invalid` and `tooLarge` before anything is sent; `transport` and
    ///   `timedOut` after.
    @discardableResult
    public func send<M: Message>(
        _ message: M, topic: Topic? = nil, key: String? = nil, partition: Int32? = nil,
        headers: [RecordHeader] = [], timeout: Duration? = nil
    ) async throws(ProducerError) -> Delivery {
        let record = try counted { () throws(ProducerError) in
            try self.record(for: message, topic: topic, key: key, partition: partition, headers: headers)
        }
        let results = await deliver([record], within: timeout ?? configuration.deliveryTimeout)
        return try results[0].get()
    }

    /// Sends messages together, those of one partition in order, and returns when each has been delivered or has failed.
    ///
    /// - Returns: A result for each message, in the messages' order.
    public func send<M: Message>(
        batch messages: [M], timeout: Duration? = nil
    ) async -> [Result<Delivery, ProducerError>] {
        var results: [Result<Delivery, ProducerError>?] = []
        var records: [Record] = []
        for message in messages {
            do throws(ProducerError) {
                records.append(try counted { () throws(ProducerError) in try self.record(for: message) })
                results.append(nil)
            } catch {
                results.append(.failure(error))
            }
        }
        var delivered = await deliver(records, within: timeout ?? configuration.deliveryTimeout).makeIterator()
        return results.map { result in
            result ?? delivered.next() ?? .failure(.notRunning)
        }
    }

    // MARK: Making records

    /// A message's record, its bytes checked.
    func record<M: Message>(
        for message: M, topic: Topic? = nil, key: String? = nil, partition: Int32? = nil, headers: [RecordHeader] = []
    ) throws(ProducerError) -> Record {
        var writer = JSONWriter()
        message.encode(into: &writer)
        let value: [UInt8]
        do { value = try writer.text() } catch { throw .encoding(error) }
        guard value.count <= configuration.maximumValueSize else {
            throw .tooLarge(bytes: value.count, maximum: configuration.maximumValueSize)
        }
        if !M.isValidByConstruction {
            let failures = Self.failures(of: M.self, in: writer)
            guard failures.isEmpty else { throw .invalid(failures) }
        }
        return Record(
            topic: topicNames.name(of: topic ?? M.topic), key: (key ?? message.recordKey).map { Array($0.utf8) },
            value: value, headers: message.recordHeaders + headers, partition: partition)
    }

    private static func failures<M: Message>(of: M.Type, in writer: borrowing JSONWriter) -> [ValidationFailure] {
        var tape = JSONTape()
        do {
            try tape.parse(writer)
        } catch {
            // A message nested deeper than a reader would follow.
            return [
                ValidationFailure(
                    instance: JSONPointer(), schema: M.messageName, message: error.reason.rawValue, offset: error.offset
                )
            ]
        }
        return M.validate(tape)
    }

    private func counted<Value>(
        _ make: () throws(ProducerError) -> Value
    ) throws(ProducerError) -> Value {
        do {
            return try make()
        } catch {
            state.withLock { $0.statistics.fail(error) }
            throw error
        }
    }

    // MARK: Delivering

    /// Delivers records within a time, with retries, and counts what becomes of each.
    func deliver(
        _ records: [Record], within limit: Duration, isBackground: Bool = false
    ) async -> [Result<Delivery, ProducerError>] {
        guard !records.isEmpty else { return [] }
        guard begin(records, isBackground: isBackground) else {
            return records.map { _ in .failure(.notRunning) }
        }
        let elapsed = Stopwatch(clock)
        let progress = DeliveryProgress(count: records.count)
        let results = await withTimeLimit(limit, clock: clock) { [self] in
            await carry(records, progress)
            end(records)
            return progress.results
        } late: { [self] results in
            noteLate(results, of: records, toldBefore: progress.told)
        }
        // What was settled before the time was up is told as it is; only the rest has timed out.
        return note(results ?? progress.tell(), of: records, after: elapsed.duration, limit: limit)
    }

    private func begin(_ records: [Record], isBackground: Bool) -> Bool {
        state.withLock { state in
            guard state.acceptsMessages || isBackground && state.phase == .draining else {
                state.statistics.fail(.notRunning, count: records.count)
                return false
            }
            state.statistics.inFlight += records.count
            for record in records { state.inFlight[record.topic, default: 0] += 1 }
            return true
        }
    }

    private func end(_ records: [Record]) {
        let waiters = state.withLock { state in
            state.statistics.inFlight -= records.count
            for record in records {
                state.inFlight[record.topic, default: 1] -= 1
                if state.inFlight[record.topic] == 0 { state.inFlight[record.topic] = nil }
            }
            guard state.statistics.inFlight == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.idleWaiters = [] }
            return state.idleWaiters
        }
        waiters.forEach { $0.resume() }
    }

    private func note(
        _ results: [Result<Delivery, TransportError>?], of records: [Record], after duration: Duration, limit: Duration
    ) -> [Result<Delivery, ProducerError>] {
        let now = context.now()
        return state.withLock { state in
            zip(results, records).map { result, record in
                let failure: ProducerError
                switch result {
                case .success(let delivery)?:
                    state.statistics.messagesSent += 1
                    state.statistics.bytesSent += record.value.count
                    state.statistics.sendDurationTotal += duration
                    state.statistics.lastSendTime = now
                    return .success(delivery)
                case .failure(let error)?: failure = .transport(error)
                case nil: failure = .timedOut(after: limit)
                }
                state.statistics.fail(failure)
                return .failure(failure)
            }
        }
    }

    /// The senders have been told that the time was up; what came after goes to the log.
    private func noteLate(
        _ results: [Result<Delivery, TransportError>?], of records: [Record], toldBefore told: Set<Int>
    ) {
        for (index, record) in records.enumerated() where !told.contains(index) {
            switch results[index] {
            case .success(let delivery)?:
                state.withLock { $0.statistics.deliveredLate += 1 }
                logger.warning(
                    "record delivered after its time was up",
                    metadata: [
                        "topic": "\(delivery.topic)", "partition": "\(delivery.partition)",
                        "offset": "\(delivery.offset)",
                    ])
            case .failure(let error)?:
                logger.warning(
                    "record not delivered, and its time was up",
                    metadata: ["topic": "\(record.topic)", "error": "\(error)"])
            case nil:
                logger.warning("record not delivered, and its time was up", metadata: ["topic": "\(record.topic)"])
            }
        }
    }

    /// Hands records to the transport, and those again that failed in a way that may pass. A record that is tried again
    /// may come after others of its key.
    private func carry(_ records: [Record], _ progress: DeliveryProgress) async {
        progress.settle(
            await transport.send(batch: records), at: Array(records.indices), isLast: configuration.retries == 0)
        var attempt = 0
        while attempt < configuration.retries, !Task.isCancelled {
            let failed = progress.open
            guard !failed.isEmpty else { return }
            guard (try? await clock.sleep(for: backoff(attempt))) != nil else { break }
            attempt += 1
            state.withLock { $0.statistics.retries += failed.count }
            let again = await transport.send(batch: failed.map { records[$0] })
            progress.settle(again, at: failed, isLast: attempt == configuration.retries)
        }
        progress.settleAll()
    }

    /// The wait before a retry: doubled each time, up to the longest, then between half of that and all of it, so that
    /// many producers do not come back at once.
    private func backoff(_ attempt: Int) -> Duration {
        let doubled = configuration.retryBackoff * (1 << min(attempt, 20))
        return min(doubled, configuration.maximumRetryBackoff) * Double.random(in: 0.5...1)
    }
}

/// The time since it was made, by a clock whose instants have no name.
struct Stopwatch {
    private let read: () -> Duration

    init(_ clock: any Clock<Duration>) {
        func start<C: Clock<Duration>>(_ clock: C) -> () -> Duration {
            let start = clock.now
            return { start.duration(to: clock.now) }
        }
        read = start(clock)
    }

    var duration: Duration { read() }
}
